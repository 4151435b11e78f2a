import type { ProblemRow } from "../contract/index.ts";
import type { Problem } from "./define-problem.ts";
import { wordsOf } from "./registry.ts";

/** A problem as stored, with the orders that wait for it. */
export type StoredProblem = { key: string; facts: unknown; holds: boolean; raisedAt: string; orders: number[]; orderCount: number };

/** What a page shows of a problem. Facts were written by us from a `Problem` and keep its kind. */
export function rowOf(stored: StoredProblem): ProblemRow {
  const problem = stored.facts as Problem;
  const { key, holds, raisedAt, orders, orderCount } = stored;
  return { key, kind: problem.kind, ...wordsOf(problem, { orders, orderCount }), orders, orderCount, holds, raisedAt };
}

/** Does a problem speak of this? Every word of the search is in its title, text or facts, or is one of its orders. */
export function speaksOf(row: ProblemRow, stored: StoredProblem, search: string, itsOrder: boolean): boolean {
  if (itsOrder) return true;
  const all = `${row.title} ${row.text} ${JSON.stringify(stored.facts)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
