import { openStocktakes } from "../cin7/stock-on-hand.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf } from "../inbox/vendor-answer.ts";
import type { Work } from "../inbox/work.ts";
import { isOpenAt } from "../orders/stocktake-words.ts";
import type { ProblemKey } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { openProblems } from "../problems/store.ts";
import { ordersOf } from "./lift-store.ts";

export type Over = { next: Work[]; clears: ProblemKey[] };
const NOTHING: Over = { next: [], clears: [] };

/**
 * Locations whose stocktake is over, with everything that waits for them (M36). One call every 5 minutes while a problem is
 * open, none otherwise. A list that cannot be had stands in nobody's way: the orders try, and the first refusal holds them again.
 */
export async function stocktakesOver(c: LinkedContext): Promise<Over> {
  const open = await openProblems(c.db, c.tenant, ["stocktake-open"]);
  const waiting = open.flatMap(({ problem }) => (problem.kind === "stocktake-open" ? [problem.location] : []));
  if (waiting.length === 0) return NOTHING;
  const read = await openStocktakes(c.cin7);
  if (read.is !== "read" && haltOf(read, c).is !== "refused") return NOTHING;
  const rows = read.is === "read" ? read.value : [];
  const over = waiting.filter((location) => !isOpenAt(rows, location));
  const clears = over.map((location) => keyOf({ kind: "stocktake-open", location }));
  const next = (await ordersOf(c.db, c.tenant, clears)).map(
    ({ orderId, sent }): Work => ({ kind: sent ? "order.money" : "order.changed", orderId }),
  );
  return { next, clears };
}
