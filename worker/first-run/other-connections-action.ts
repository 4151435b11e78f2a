import type { ApiContext, Clients } from "../api/access.ts";
import { sidesOf } from "../api/sides.ts";
import type { Order } from "../bigcommerce/schemas.ts";
import type { Cin7 } from "../cin7/client.ts";
import type { OtherConnection } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { ITS_TURN, later, type Outcome } from "../inbox/outcome.ts";
import { iso } from "../lib/days.ts";
import { numbersSince } from "../orders/figures-store.ts";
import { ordersBy, salesOrSay } from "./open-orders-action.ts";
import { DAY_MS, due, LOOK_DAYS, othersIn, othersKey, problemOf, type SaleSign, since, stateOf } from "./other-connection.ts";
import { salesSince } from "./sales-since-step.ts";
import { firstRun, note } from "./store.ts";

/** Looks for sales of the last 30 days that something else wrote for this store's orders, and remembers what it found (M22). */
export async function lookForOthers(c: ApiContext): Promise<OtherConnection> {
  const { tenant, bigcommerce, cin7 } = await sidesOf(c);
  const { db, now, config } = c.var;
  const last = new Set((await lastOrders(bigcommerce, now())).map((order) => order.id));
  const { rows, cut, days } = await lastSales(c, cin7);
  const found = othersIn(rows, last, { days, cut });
  await note(db, tenant, { found, lookedAt: iso(now()) });
  return stateOf(await firstRun(db, tenant), now(), config.timeScale);
}

const COMPARED = 50;
/** Days that are looked back, one after the other, until there are enough: the list has no newest-first in its documents. */
const ORDER_DAYS = [1 / 24, 1 / 4, 1, 7, 30];

/** The newest orders of the store, however many it has: the end of the shortest stretch of time that holds enough of them. */
async function lastOrders(bigcommerce: Clients["bigcommerce"], now: number): Promise<Order[]> {
  let orders: Order[] = [];
  for (const days of ORDER_DAYS) {
    orders = await ordersBy(bigcommerce, { min_date_created: iso(now - days * DAY_MS) }, 10_000);
    if (orders.length >= COMPARED) break;
  }
  return orders.slice(-COMPARED);
}

/** Sales of the last 30 days, or of fewer where they are too many to be read. */
async function lastSales(c: ApiContext, cin7: Cin7): Promise<{ rows: SaleSign[]; cut: boolean; days: number }> {
  for (const days of [LOOK_DAYS, 7]) {
    const read = await salesOrSay(c, cin7, iso(c.var.now() - days * DAY_MS), false);
    if (!read.cut) return { ...read, days };
  }
  return { ...(await salesOrSay(c, cin7, iso(c.var.now() - DAY_MS))), days: 1 };
}

/** Three thousand sales in a week, our own among them. */
const PAGES = 3;

/**
 * The weekly part of the daily check (M22), after `checked`: while orders are on, does something else write sales for this
 * store's orders again? At most 3 calls to Cin7, none to BigCommerce: our own list knows the order numbers. What is found is
 * one notice that names it; it clears itself when a week passes without, or when a person says that it is off.
 */
export async function withOthers(c: LinkedContext, checked: Outcome): Promise<Outcome> {
  if (checked.is !== "done" || !c.settings.document.orders.on) return checked;
  const seen = await firstRun(c.db, c.tenant);
  const clears = [...(checked.clears ?? []), othersKey()];
  if (!due(seen, c.now(), c.config.timeScale)) return stateOf(seen, c.now(), c.config.timeScale).off ? { ...checked, clears } : checked;
  const from = since(seen, c.now());
  const sales = await salesSince(c.cin7, from, PAGES);
  // The rest of the day's check is done: it runs once more, soon, and costs little.
  if (sales.is === "wait") return later(sales.at, ITS_TURN);
  if (sales.is === "trouble") return checked;
  const found = othersIn(sales.rows, await numbersSince(c.db, c.tenant, from), {
    days: Math.max(1, Math.round((c.now() - Date.parse(from)) / DAY_MS)),
    cut: sales.cut,
  });
  await note(c.db, c.tenant, { found, lookedAt: iso(c.now()) });
  if (found.length === 0) return { ...checked, clears };
  return { ...checked, notices: [...(checked.notices ?? []), problemOf(found)] };
}
