import type { Settings } from "../contract/index.ts";
import type { ProblemKey } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { missingSteps } from "./steps.ts";

/**
 * Keys of what only tells, or waits without an order, and is answered by these settings. What holds an order is not among
 * them: it clears itself when the order passes. `open`: open problems of payment methods without an account, any of which the
 * account of everything else answers, unless Setup lists the method or it is one in another currency; and of tax classes that
 * are gone, in Setup too. `withTax`: the shop's prices are entered so.
 */
export function resolvedBy(
  settings: Settings,
  open: readonly ProblemKey[] = [],
  withTax?: boolean,
): { notices: ProblemKey[]; setup: ProblemKey[] } {
  const mapped = settings.payments.methods.filter((m) => m.account !== null);
  const foreign = settings.payments.methods.flatMap((m) => (m.currencies ?? []).map((c) => `${m.name} in ${c.currency}`));
  const listed = new Set(settings.payments.methods.flatMap((m) => [m.key, m.name].map((name) => name.toLowerCase())));
  const unlisted = (key: ProblemKey) => !listed.has(key.slice("payment-unmapped:".length)) && !/ in [a-z]{3}$/.test(key);
  const classes = new Set(settings.tax.classes.map((row) => row.classId));
  const names = new Set([...mapped.flatMap((m) => [m.key, m.name]), ...foreign].map((name) => name.toLowerCase()));
  return {
    notices: [
      ...[...names].map((method) => keyOf({ kind: "payment-unmapped", method })),
      ...(settings.payments.otherAccount === null ? [] : open.filter((key) => key.startsWith("payment-unmapped:") && unlisted(key))),
      ...open.filter((key) => key.startsWith("tax-class-gone:") && !classes.has(Number(key.split(":")[1]))),
      ...(settings.tax.pricesIncludeTax === withTax ? [keyOf({ kind: "price-basis", withTax })] : []),
      ...settings.tax.classes.map(({ classId, className }) => keyOf({ kind: "tax-class-new", classId, className })),
    ],
    setup: missingSteps(settings).length === 0 ? [keyOf({ kind: "setup-incomplete", missing: [] })] : [],
  };
}
