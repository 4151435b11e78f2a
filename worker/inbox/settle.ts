import { backoff } from "../lib/backoff.ts";
import { never } from "../lib/result.ts";
import type { Problem, ProblemKey } from "../problems/define-problem.ts";
import { keyOf as problemKeyOf } from "../problems/registry.ts";
import type { SettledOrder } from "../problems/store.ts";
import type { Side } from "./breaker.ts";
import type { Again, Outcome, Told } from "./outcome.ts";
import { passes } from "./pass.ts";
import { keyOf, orderOf, settlesOrder, type Work } from "./work.ts";

/**
 * Turns what a flow answered into queue moves, one log line, and problems raised or cleared. Pure (design 2.4).
 * `order`: whose problems are settled: all of the order's that are not raised now clear themselves.
 */
export type Settlement = {
  queue:
    | { move: "remove"; next: Work[] }
    /** The item stays as it says, due then: it schedules itself. */
    | { move: "again"; due: number; work: Work; next: Work[] }
    | { move: "defer"; due: number; attempts: number; strikes: number; why: string; parked: boolean };
  log: { outcome: "done" | "skipped" | "blocked" | "later" | "failed"; note: string };
  raise: Problem[];
  /** The order's own problems that are no longer true are unlinked; null: nothing is said about an order. */
  settledOrder: SettledOrder | null;
  clears: ProblemKey[];
  /** Lines for the timeline of the connections' health. */
  told: Told[];
};

/** Only our own bug parks, after this many runs, with its claims kept (design 2). */
export const STRIKES = 8;

export type Run = { work: Work; attempts: number; strikes: number };

export function settle(run: Run, outcome: Outcome, now: number): Settlement {
  const orderId = orderOf(run.work);
  const settled = (raised: Problem[], next: Work[] = []) =>
    orderId === null || !settlesOrder(run.work)
      ? null
      : { orderId, keep: raised.map(problemKeyOf), goesOn: next.some((work) => orderOf(work) === orderId) };
  switch (outcome.is) {
    case "done":
      return {
        queue: leave(outcome.next ?? [], outcome.again, now),
        log: { outcome: "done", note: outcome.note },
        raise: outcome.notices ?? [],
        settledOrder: settled(outcome.notices ?? [], outcome.next),
        clears: outcome.clears ?? [],
        told: outcome.told ?? [],
      };
    case "skipped":
      return {
        queue: { move: "remove", next: [] },
        log: { outcome: "skipped", note: outcome.why.text },
        raise: [],
        settledOrder: outcome.unseen ? null : settled([]),
        clears: outcome.clears ?? [],
        told: [],
      };
    case "blocked":
      return {
        queue: leave([], outcome.again, now),
        log: { outcome: "blocked", note: outcome.problems.map((p) => p.kind).join(", ") },
        raise: outcome.problems,
        settledOrder: settled(outcome.problems),
        clears: [],
        told: [],
      };
    case "later": {
      const strikes = outcome.strike ? run.strikes + 1 : run.strikes;
      const parked = strikes >= STRIKES;
      const problem: Problem = { kind: "parked", work: keyOf(run.work), orderId };
      return {
        queue: { move: "defer", due: Math.max(outcome.at, now), attempts: run.attempts + 1, strikes, why: outcome.why, parked },
        log: { outcome: parked ? "failed" : "later", note: outcome.why },
        raise: [...(outcome.tells ?? []), ...(parked ? [problem] : [])],
        settledOrder: null,
        clears: [],
        told: [],
      };
    }
    default:
      return never(outcome);
  }
}

/** A side went away for longer than people need not know, or is back. `since`: epoch milliseconds. */
export type SideNews = { is: "down" | "back"; side: Side; since: number };

/** One problem for each side that is away, cleared when it is back, both on the timeline (K10). */
export function withSides(settlement: Settlement, news: readonly SideNews[], now: number): Settlement {
  if (news.length === 0) return settlement;
  const problem = ({ side, since }: SideNews): Problem => ({
    kind: side === "BigCommerce" ? "bigcommerce-down" : "cin7-down",
    since: new Date(since).toISOString(),
  });
  const lines = news.map(({ is, side, since }): Told => {
    const minutes = Math.max(1, Math.round((now - since) / 60_000));
    const text =
      is === "down" ? `${side} does not answer. Orders wait.` : `${side} answers again after ${minutes} min. What waited goes on.`;
    return { side, what: is, text };
  });
  return {
    ...settlement,
    raise: [...settlement.raise, ...news.filter((n) => n.is === "down").map(problem)],
    clears: [...settlement.clears, ...news.filter((n) => n.is === "back").map((n) => problemKeyOf(problem(n)))],
    told: [...settlement.told, ...lines],
  };
}

const leave = (next: Work[], again: Again | undefined, now: number): Settlement["queue"] =>
  again ? { move: "again", due: Math.max(again.at, now), work: again.work, next } : { move: "remove", next };

/** What a caught bug becomes: again, with a strike (design 9: bug → throw, caught once in `drain`). */
export function afterBug(run: Run, error: unknown, now: number, timeScale: number, jitter: number): Outcome {
  if (passes(error)) {
    const why = "Our own database was away for a moment; we look again by ourselves.";
    return { is: "later", at: now + backoff(run.attempts + 1, jitter) / timeScale, why, strike: false };
  }
  return {
    is: "later",
    at: now + backoff(run.strikes + 1, jitter) / timeScale,
    why: "An error of ours; we look again by ourselves.",
    strike: true,
  };
}
