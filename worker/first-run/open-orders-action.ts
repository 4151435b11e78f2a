import * as z from "zod";
import type { ApiContext, Clients } from "../api/access.ts";
import { busy, noAnswer, sidesOf } from "../api/sides.ts";
import { ordersPage } from "../bigcommerce/order.ts";
import { WITH_WAREHOUSE } from "../bigcommerce/order-status.ts";
import * as bc from "../bigcommerce/schemas.ts";
import type { Cin7 } from "../cin7/client.ts";
import type { OpenOrders } from "../contract/index.ts";
import { instant, iso } from "../lib/days.ts";
import { isOurs, markOf } from "../orders/marks.ts";
import { numberIn } from "../orders/order-number.ts";
import { settingsNow } from "../settings/current-store.ts";
import { shownOf } from "./dry-run.ts";
import type { SaleSign } from "./other-connection.ts";
import { salesSince } from "./sales-since-step.ts";

const DAY = 86_400_000;

/** Ten thousand sales: more of a month nobody looks through by a click. */

const PAGES = 10;

/** Sales made since an instant, or a sentence why they could not be read. */
export async function salesOrSay(c: ApiContext, cin7: Cin7, since: string, whole = true): Promise<{ rows: SaleSign[]; cut: boolean }> {
  const sales = await salesSince(cin7, since, PAGES, whole);
  if (sales.is === "wait") return busy(sales.at, c.var.now());
  return sales.is === "read" ? sales : noAnswer("Cin7 Core");
}

export async function ordersBy(
  bigcommerce: Clients["bigcommerce"],
  query: Record<string, string | number>,
  limit: number,
): Promise<bc.Order[]> {
  const orders: bc.Order[] = [];
  for (let page = 1; orders.length < limit; page++) {
    const read = await ordersPage(bigcommerce, query, { page, limit: Math.min(limit, 250) }, z.unknown());
    if (read.is !== "read") return noAnswer("BigCommerce");
    const rows = read.value;
    orders.push(
      ...rows.map((row) => bc.order.safeParse(row)).flatMap((read) => (read.success && !read.data.is_deleted ? [read.data] : [])),
    );
    if (rows.length < Math.min(limit, 250)) break;
  }
  return orders.slice(0, limit);
}

// ---- open orders (M21) -----------------------------------------------------------------------------------------

const LISTED = 250;

/** Orders that still wait for goods and were placed before an instant, at most 250 of each status; `more`: there are others. A call a status. */
export async function openBefore(bigcommerce: Clients["bigcommerce"], startsAt: string): Promise<{ orders: bc.Order[]; more: boolean }> {
  const orders: bc.Order[] = [];
  let more = false;
  for (const status of WITH_WAREHOUSE) {
    const listed = await ordersBy(bigcommerce, { status_id: status, max_date_created: startsAt }, LISTED);
    more ||= listed.length >= LISTED;
    orders.push(...listed);
  }
  return { orders, more };
}

/** Open orders of before the start line, oldest first, those that Cin7 Core has by their number marked (M21). At most 250 of each status. */
export async function openOrders(c: ApiContext): Promise<OpenOrders> {
  const { tenant, bigcommerce, cin7 } = await sidesOf(c);
  const { settings } = await settingsNow(c.var.db, tenant);
  const startsAt = instant(settings.orders.takeFrom) ?? iso(c.var.now());
  const { orders: before, more } = await openBefore(bigcommerce, startsAt);
  const placedOf = (order: bc.Order) => instant(order.date_created) ?? startsAt;
  const older = before.filter((order) => placedOf(order) < startsAt).sort((a, b) => placedOf(a).localeCompare(placedOf(b)) || a.id - b.id);
  const oldest = older[0] ? placedOf(older[0]) : startsAt;
  const { rows, cut } = older.length > 0 ? await salesOrSay(c, cin7, iso(Date.parse(oldest) - DAY)) : { rows: [], cut: false };
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
const orderNumber = ({ ExternalID, CustomerReference }: SaleSign, store: string, prefix: string): number | null => {
  if (!isOurs(ExternalID)) return numberIn(CustomerReference, prefix);
  const mark = markOf(ExternalID);
  return mark?.store === store ? mark.orderId : null;
};
