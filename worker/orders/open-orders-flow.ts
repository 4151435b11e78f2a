import * as z from "zod";
import type { ApiContext, Clients } from "../access.ts";
import { fail } from "../access.ts";
import * as bc from "../bigcommerce/schemas.ts";
import type { Cin7 } from "../cin7/client.ts";
import { saleRow } from "../cin7/schemas.ts";
import type { OpenOrders, OtherConnection } from "../contract.ts";
import { instant } from "../lib/days.ts";
import { isLinked, type Linked } from "../lib/ids.ts";
import { firstRun, note, settingsNow } from "./first-run-store.ts";
import { numberIn } from "./order-number.ts";
import { LOOK_DAYS, othersIn, type SaleSign, stateOf } from "./other-connection.ts";
import { shownOf } from "./trial.ts";

const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const text = z
  .string()
  .nullish()
  .transform((v) => v ?? "");
const sales = z.object({ Total: z.coerce.number(), SaleList: z.array(saleRow.extend({ SourceChannel: text, Updated: text })).nullish() });

/** Both clients of a linked store, or a sentence why not. */
export async function sidesOf(c: ApiContext): Promise<{ tenant: Linked; bigcommerce: Clients["bigcommerce"]; cin7: Cin7 }> {
  const { tenant } = c.var;
  const { bigcommerce, cin7 } = await c.var.clients();
  if (!isLinked(tenant) || !cin7) return fail(409, "not-linked", "Connect Cin7 Core first.");
  return { tenant, bigcommerce, cin7 };
}

export const noAnswer = (side: string): never =>
  fail(503, "no-answer", `${side} did not answer. Nothing was changed; try again in a minute.`);
export const busy = (at: number, now: number): never =>
  fail(
    503,
    "busy",
    `Cin7 Core allows 60 calls a minute and orders use them just now. Try again in ${Math.max(1, Math.ceil((at - now) / 1000))} seconds.`,
  );

const PAGE = 1000;
const PAGES = 10;

/** Sales made since an instant, newest first. `cut`: there are more than the 10,000 read; unless `whole`, none of them is. */
async function salesSince(c: ApiContext, cin7: Cin7, since: string, whole = true): Promise<{ rows: SaleSign[]; cut: boolean }> {
  const rows: SaleSign[] = [];
  let total = 0;
  for (let page = 1; page <= PAGES; page++) {
    const answer = await cin7.get("/saleList", { CreatedSince: since, Page: page, Limit: PAGE });
    if (answer.is === "wait") return busy(answer.at, c.var.now());
    const list = answer.is === "ok" ? sales.safeParse(answer.body) : null;
    if (!list?.success) return noAnswer("Cin7 Core");
    const found = list.data.SaleList ?? [];
    rows.push(...found);
    total = list.data.Total;
    if (found.length < PAGE || (!whole && total > PAGES * PAGE)) break;
  }
  return { rows, cut: total > PAGES * PAGE };
}

async function ordersBy(bigcommerce: Clients["bigcommerce"], query: Record<string, string | number>, limit: number): Promise<bc.Order[]> {
  const orders: bc.Order[] = [];
  for (let page = 1; orders.length < limit; page++) {
    const answer = await bigcommerce.get("/v2/orders", { ...query, page, limit: Math.min(limit, 250) });
    if (answer.is !== "ok") return noAnswer("BigCommerce");
    const rows = Array.isArray(answer.body) ? answer.body : [];
    orders.push(
      ...rows.map((row) => bc.order.safeParse(row)).flatMap((read) => (read.success && !read.data.is_deleted ? [read.data] : [])),
    );
    if (rows.length < Math.min(limit, 250)) break;
  }
  return orders.slice(0, limit);
}

// ---- another connection (M22) ----------------------------------------------------------------------------------

/** Looks for sales of the last 30 days that something else wrote for this store's orders, and remembers what it found. */
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
async function lastOrders(bigcommerce: Clients["bigcommerce"], now: number): Promise<bc.Order[]> {
  let orders: bc.Order[] = [];
  for (const days of ORDER_DAYS) {
    orders = await ordersBy(bigcommerce, { min_date_created: iso(now - days * DAY) }, 10_000);
    if (orders.length >= COMPARED) break;
  }
  return orders.slice(-COMPARED);
}

/** Sales of the last 30 days, or of fewer where they are too many to be read. */
async function lastSales(c: ApiContext, cin7: Cin7): Promise<{ rows: SaleSign[]; cut: boolean; days: number }> {
  for (const days of [LOOK_DAYS, 7]) {
    const read = await salesSince(c, cin7, iso(c.var.now() - days * DAY), false);
    if (!read.cut) return { ...read, days };
  }
  return { ...(await salesSince(c, cin7, iso(c.var.now() - DAY))), days: 1 };
}

// ---- open orders (M21) -----------------------------------------------------------------------------------------

/** Orders that a warehouse still works on: not shipped, not cancelled, not refunded. */
const OPEN = [11, 9, 8, 7, 3, 12];
const LISTED = 250;

/** Open orders of before the start line, those that Cin7 Core has by their number marked (M21). At most 250 of each status. */
export async function openOrders(c: ApiContext): Promise<OpenOrders> {
  const { tenant, bigcommerce, cin7 } = await sidesOf(c);
  const { settings } = await settingsNow(c.var.db, tenant);
  const startsAt = instant(settings.orders.takeFrom) ?? iso(c.var.now());
  const before: bc.Order[] = [];
  let more = false;
  for (const status of OPEN) {
    const listed = await ordersBy(bigcommerce, { status_id: status, max_date_created: startsAt }, LISTED);
    more ||= listed.length >= LISTED;
    before.push(...listed);
  }
  const older = before.filter((order) => (instant(order.date_created) ?? startsAt) < startsAt).sort((a, b) => b.id - a.id);
  const oldest = older.reduce((at, order) => {
    const placed = instant(order.date_created) ?? at;
    return placed < at ? placed : at;
  }, startsAt);
  const { rows, cut } = older.length > 0 ? await salesSince(c, cin7, iso(Date.parse(oldest) - DAY)) : { rows: [], cut: false };
  const { referencePrefix } = settings.sale;
  const living = rows.filter((row) => row.Status !== "VOIDED");
  const sale = new Map(living.map((row) => [orderNumber(row, tenant.store, referencePrefix), row.OrderNumber]));
  return {
    startsAt,
    more,
    cut,
    orders: older.map((order) => ({
      ...shownOf(order),
      customer: order.billing_address.company || `${order.billing_address.first_name} ${order.billing_address.last_name}`.trim(),
      status: order.custom_status || order.status,
      saleNumber: sale.get(order.id) ?? null,
    })),
  };
}

/** Which of our orders a sale is of: by our mark, else by the number in its reference; null: none that we can tell. */
const orderNumber = (row: SaleSign, store: string, prefix: string): number | null => {
  const [mark, hash, id] = row.ExternalID.split(":");
  return mark === "ls" ? (hash === store ? Number(id) : null) : numberIn(row.CustomerReference, prefix);
};
