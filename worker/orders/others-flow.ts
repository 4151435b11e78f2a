import type { ApiContext } from "../access.ts";
import type { OtherConnection } from "../contract.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { ITS_TURN, later, type Outcome } from "../inbox/outcome.ts";
import { firstRun, note, numbersSince } from "./first-run-store.ts";
import { ordersBy, salesOrSay, sidesOf } from "./open-orders-flow.ts";
import { DAY_MS, due, LOOK_DAYS, OTHERS_KEY, othersIn, problemOf, since, stateOf } from "./other-connection.ts";
import { salesSince } from "./sales-since-flow.ts";

const iso = (ms: number) => new Date(ms).toISOString();

/** Looks for sales of the last 30 days that something else wrote for this store's orders, and remembers what it found (M22). */
export async function lookForOthers(c: ApiContext): Promise<OtherConnection> {
  const { tenant, bigcommerce, cin7 } = await sidesOf(c);
  const { db, now, config } = c.var;
  // The list has no newest-first in its documents: the last month is read in its own sequence, its end is what is wanted.
  const month = await ordersBy(bigcommerce, { min_date_created: iso(now() - LOOK_DAYS * DAY_MS) }, 1000);
  const last = month.slice(-50);
  const rows = await salesOrSay(c, cin7, iso(now() - LOOK_DAYS * DAY_MS));
  const found = othersIn(rows, new Set(last.map((order) => String(order.id))));
  await note(db, tenant, { found, lookedAt: iso(now()) });
  return stateOf(await firstRun(db, tenant), now(), config.timeScale);
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
  const clears = [...(checked.clears ?? []), OTHERS_KEY];
  if (!due(seen, c.now(), c.config.timeScale)) return stateOf(seen, c.now(), c.config.timeScale).off ? { ...checked, clears } : checked;
  const from = since(seen, c.now());
  const sales = await salesSince(c.cin7, from, PAGES);
  // The rest of the day's check is done: it runs once more, soon, and costs little.
  if (sales.is === "wait") return later(sales.at, ITS_TURN);
  if (sales.is === "trouble") return checked;
  const found = othersIn(sales.rows, await numbersSince(c.db, c.tenant, from));
  await note(c.db, c.tenant, { found, lookedAt: iso(c.now()) });
  if (found.length === 0) return { ...checked, clears };
  return { ...checked, notices: [...(checked.notices ?? []), problemOf(found)] };
}
