import type { ProblemRow, Role } from "../contract/index.ts";
import type { Problem } from "./define-problem.ts";
import { urgencyOf, wordsOf } from "./registry.ts";

/** A problem as stored, with the orders that wait for it. */
export type StoredProblem = {
  key: string;
  facts: unknown;
  holds: boolean;
  raisedAt: string;
  orders: number[];
  orderCount: number;
  readAt?: string | null;
};

/** What a page shows of a problem. Facts were written by us from a `Problem` and keep its kind. */
export function rowOf(stored: StoredProblem): ProblemRow {
  const problem = stored.facts as Problem;
  const { key, holds, raisedAt, orders, orderCount } = stored;
  const words = wordsOf(problem, { orders, orderCount });
  const read = stored.readAt ? { readAt: stored.readAt } : {};
  return { key, kind: problem.kind, ...words, urgency: urgencyOf(problem.kind, holds), orders, orderCount, holds, raisedAt, ...read };
}

/** With the way to both sides, where it is about one order. */
export function withSides(row: ProblemRow, sides: (orderId: number) => ProblemRow["sides"]): ProblemRow {
  const [orderId] = row.orders;
  const found = orderId === undefined || row.orderCount !== 1 ? undefined : sides(orderId);
  return found ? { ...row, sides: found } : row;
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

/** What Cin7 Core said may repeat a name or an address: who may only look reads everything but that, and no mail carries it. */
export const withoutVendorText = (row: ProblemRow): ProblemRow =>
  row.kind === "cin7-refused"
    ? {
        ...row,
        text: "What it says stands in Lockstep. Nothing is lost. Mend what it names in Cin7 Core, then process the order: it goes on where it stopped.",
      }
    : row;
export const problemFor = (role: Role, row: ProblemRow): ProblemRow => (role === "view" ? withoutVendorText(row) : row);
