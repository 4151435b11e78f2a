import type { Settings } from "../contract/index.ts";
import type { Problem, ProblemKey } from "../problems/define-problem.ts";
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
  open: readonly { key: ProblemKey; problem: Problem }[] = [],
  withTax?: boolean,
): { notices: ProblemKey[]; setup: ProblemKey[] } {
  const { methods, otherAccount } = settings.payments;
  const mapped = methods.filter((m) => m.account !== null).flatMap((m) => [m.key, m.name].map((method) => ({ method })));
  const foreign = methods.flatMap((m) => (m.currencies ?? []).map(({ currency }) => ({ method: m.name, currency })));
  const answered = [...mapped, ...foreign].map((facts) => keyOf({ kind: "payment-unmapped", ...facts }));

  const listed = new Set(methods.flatMap((m) => [m.key, m.name].map((name) => name.toLowerCase())));
  const classes = new Set(settings.tax.classes.map((row) => row.classId));
  const byOther = (problem: Problem) =>
    problem.kind === "payment-unmapped" && problem.currency === undefined && !listed.has(problem.method.toLowerCase());
  const gone = (problem: Problem) => problem.kind === "tax-class-gone" && !classes.has(problem.classId);
  const keys = (wanted: (problem: Problem) => boolean) => open.filter(({ problem }) => wanted(problem)).map(({ key }) => key);
  return {
    notices: [
      ...new Set(answered),
      ...(otherAccount === null ? [] : keys(byOther)),
      ...keys(gone),
      ...(settings.tax.pricesIncludeTax === withTax ? [keyOf({ kind: "price-basis", withTax })] : []),
      ...settings.tax.classes.map(({ classId, className }) => keyOf({ kind: "tax-class-new", classId, className })),
    ],
    setup: missingSteps(settings).length === 0 ? [keyOf({ kind: "setup-incomplete", missing: [] })] : [],
  };
}
