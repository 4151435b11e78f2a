import { stocktakeList } from "../cin7/schemas.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf } from "../inbox/halt.ts";
import type { Work } from "../inbox/work.ts";
import { isOpenAt } from "../orders/stocktake-words.ts";
import type { ProblemKey } from "../problems/define-problem.ts";
import { keyOf } from "../problems/registry.ts";
import { openStocktakes, ordersOf } from "./lift-store.ts";

export type Over = { next: Work[]; clears: ProblemKey[] };
const NOTHING: Over = { next: [], clears: [] };

/**
 * Locations whose stocktake is over, with everything that waits for them (M36). One call every 5 minutes while a problem is
 * open, none otherwise. A list that cannot be had stands in nobody's way: the orders try, and the first refusal holds them again.
 */
export async function stocktakesOver(c: LinkedContext): Promise<Over> {
  const waiting = await openStocktakes(c.db, c.tenant);
  if (waiting.length === 0) return NOTHING;
  const answer = await c.cin7.get("/stockTakeList", { Status: "DRAFT", Page: 1, Limit: 100 });
  const halt = haltOf(answer, c);
  if (halt && halt.is !== "refused") return NOTHING;
  const read = stocktakeList.safeParse(answer.is === "ok" ? answer.body : null);
  const rows = read.success ? read.data.StockAdjustmentList : [];
  const over = waiting.filter((location) => !isOpenAt(rows, location));
  const clears = over.map((location) => keyOf({ kind: "stocktake-open", location }));
  const next = (await ordersOf(c.db, c.tenant, clears)).map(
    ({ orderId, sent }): Work => ({ kind: sent ? "order.money" : "order.changed", orderId }),
  );
  return { next, clears };
}
