import type { Settings } from "../contract.ts";
import { keyOf, type ProblemKey } from "../exceptions/problem.ts";
import { missingSteps } from "./steps.ts";

/**
 * Keys of what only tells, or waits without an order, and is answered by these settings. What holds an order is not among
 * them: it clears itself when the order passes.
 */
export function resolvedBy(settings: Settings): { notices: ProblemKey[]; setup: ProblemKey[] } {
  const mapped = settings.payments.methods.filter((m) => m.account !== null);
  const foreign = settings.payments.methods.flatMap((m) => (m.currencies ?? []).map((c) => `${m.name} in ${c.currency}`));
  const names = new Set([...mapped.flatMap((m) => [m.key, m.name]), ...foreign].map((name) => name.toLowerCase()));
  return {
    notices: [
      ...[...names].map((method) => keyOf({ kind: "payment-unmapped", method })),
      ...settings.tax.classes.map(({ classId, className }) => keyOf({ kind: "tax-class-new", classId, className })),
    ],
    setup: missingSteps(settings).length === 0 ? [keyOf({ kind: "setup-incomplete", missing: [] })] : [],
  };
}
