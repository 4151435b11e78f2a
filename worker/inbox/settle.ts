import { type Problem, type ProblemKey, keyOf as problemKeyOf } from "../exceptions/problem.ts";
import { backoff } from "../lib/backoff.ts";
import { never } from "../lib/result.ts";
import type { Outcome } from "./outcome.ts";
import { keyOf, orderOf, type Work } from "./work.ts";

/**
 * Turns what a flow answered into queue moves, one log line, and problems raised or cleared. Pure (design 2.4).
 * `order`: whose problems are settled: all of the order's that are not raised now clear themselves.
 */
export type Settlement = {
  queue: { move: "remove"; next: Work[] } | { move: "defer"; due: number; attempts: number; strikes: number; why: string; parked: boolean };
  log: { outcome: "done" | "skipped" | "blocked" | "later" | "failed"; note: string };
  raise: Problem[];
  /** The order's own problems that are no longer true are unlinked; null: nothing is said about an order. */
  settledOrder: { orderId: number; keep: ProblemKey[] } | null;
  clears: ProblemKey[];
};

/** Only our own bug parks, after this many runs, with its claims kept (design 2). */
export const STRIKES = 8;

export type Run = { work: Work; attempts: number; strikes: number };

export function settle(run: Run, outcome: Outcome, now: number): Settlement {
  const orderId = orderOf(run.work);
  const settled = (raised: Problem[]) => (orderId === null ? null : { orderId, keep: raised.map(problemKeyOf) });
  switch (outcome.is) {
    case "done":
      return {
        queue: { move: "remove", next: outcome.next ?? [] },
        log: { outcome: "done", note: outcome.note },
        raise: outcome.notices ?? [],
        settledOrder: settled(outcome.notices ?? []),
        clears: outcome.clears ?? [],
      };
    case "skipped":
      return {
        queue: { move: "remove", next: [] },
        log: { outcome: "skipped", note: outcome.why.text },
        raise: [],
        settledOrder: settled([]),
        clears: outcome.clears ?? [],
      };
    case "blocked":
      return {
        queue: { move: "remove", next: [] },
        log: { outcome: "blocked", note: outcome.problems.map((p) => p.kind).join(", ") },
        raise: outcome.problems,
        settledOrder: settled(outcome.problems),
        clears: [],
      };
    case "later": {
      const strikes = outcome.strike ? run.strikes + 1 : run.strikes;
      const parked = strikes >= STRIKES;
      const problem: Problem = { kind: "parked", work: keyOf(run.work), orderId };
      return {
        queue: { move: "defer", due: Math.max(outcome.at, now), attempts: run.attempts + 1, strikes, why: outcome.why, parked },
        log: { outcome: parked ? "failed" : "later", note: outcome.why },
        raise: parked ? [problem] : [],
        settledOrder: null,
        clears: [],
      };
    }
    default:
      return never(outcome);
  }
}

/** What a caught bug becomes: again, with a strike (design 9: bug → throw, caught once in `drain`). */
export function afterBug(run: Run, now: number, timeScale: number, jitter: number): Outcome {
  return {
    is: "later",
    at: now + backoff(run.strikes + 1, jitter) / timeScale,
    why: "An error of ours; we look again by ourselves.",
    strike: true,
  };
}
