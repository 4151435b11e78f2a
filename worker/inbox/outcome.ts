import type { Problem, ProblemKey } from "../exceptions/problem.ts";
import type { Work } from "./work.ts";

/** Right to do nothing; still logged, in words a merchant reads as *Not taken: …*. */
type SkipReason = { code: string; text: string };

/** What a flow answers. It never schedules, repeats or raises by itself (design 2). */
export type Outcome =
  /** `next`: own inbox only, stored in the transaction that removes the item. `notices`: told, nothing waits for them. */
  | { is: "done"; note: string; next?: Work[]; notices?: Problem[]; clears?: ProblemKey[] }
  | { is: "skipped"; why: SkipReason; clears?: ProblemKey[] }
  /** A person must act: all problems at once, keyed, raised once, self-clearing. */
  | { is: "blocked"; problems: Problem[] }
  /** `strike: false` = waited for quota or for the peer; those never park. `at`: epoch milliseconds. */
  | { is: "later"; at: number; why: string; strike: boolean };

export const done = (note: string, more: { next?: Work[]; notices?: Problem[]; clears?: ProblemKey[] } = {}): Outcome => ({
  is: "done",
  note,
  ...more,
});
export const skipped = (code: string, text: string): Outcome => ({ is: "skipped", why: { code, text } });
export const blocked = (problems: Problem[]): Outcome => ({ is: "blocked", problems });
export const later = (at: number, why: string, strike = false): Outcome => ({ is: "later", at, why, strike });
