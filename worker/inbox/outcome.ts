import type { HealthWhat } from "../contract/index.ts";
import type { Problem, ProblemKey } from "../problems/define-problem.ts";
import type { Work } from "./work-kinds.ts";

/** Right to do nothing; still logged, in words a merchant reads as *Not taken: …*. */
type SkipReason = { code: string; text: string };

/** An item that schedules itself, such as the sweep: it stays as `work`, due at `at` (epoch milliseconds). */
export type Again = { at: number; work: Work };

/** What happened to a connection, for the timeline of its health (N13): a sentence a merchant reads. */
export type Told = { side: "BigCommerce" | "Cin7 Core"; what: HealthWhat; text: string };

/** What a flow answers. It never schedules, repeats or raises by itself (design 2). */
export type Outcome =
  /** `next`: own inbox only, stored in the transaction that removes the item. `notices`: told, nothing waits for them. */
  | ({ is: "done"; note: string } & More)
  /** `unseen`: nothing was looked at, so what is told of its order stays as it is. */
  | { is: "skipped"; why: SkipReason; clears?: ProblemKey[]; unseen?: true }
  /** A person must act: all problems at once, keyed, raised once, self-clearing. */
  | { is: "blocked"; problems: Problem[]; again?: Again }
  /** `strike: false` = waited for quota or for the peer; those never park. `at`: epoch milliseconds. `tells`: raised meanwhile. */
  | { is: "later"; at: number; why: string; strike: boolean; tells?: Problem[] };

type More = { next?: Work[]; notices?: Problem[]; clears?: ProblemKey[]; told?: Told[]; again?: Again };

/** Why a flow waits when the gate gave no permit; the item's place in the queue tells when it goes (N9). */
export const ITS_TURN = "Cin7 Core allows 60 calls a minute; its turn comes next.";

export const done = (note: string, more: More = {}): Outcome => ({
  is: "done",
  note,
  ...more,
});
export const skipped = (code: string, text: string): Outcome => ({ is: "skipped", why: { code, text } });
export const passedOver = (code: string, text: string): Outcome => ({ is: "skipped", why: { code, text }, unseen: true });
export const blocked = (problems: Problem[]): Outcome => ({ is: "blocked", problems });
export const later = (at: number, why: string, strike = false): Outcome => ({ is: "later", at, why, strike });
