import type { BigCommerce } from "../bigcommerce/client.ts";
import { ordersPage } from "../bigcommerce/order.ts";
import { unreadable } from "../bigcommerce/reading.ts";
import { order } from "../bigcommerce/schemas.ts";
import { instant } from "../lib/days.ts";
import type { Unwanted } from "../lib/http.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { type PageAt, smaller } from "../lib/smaller-page.ts";
import type { ListedOrder } from "./changed.ts";

/** The list of orders (facts/bigcommerce.md 4.2), read for what changed and not for the orders themselves. */
const PAGE = 250;
const MAX_PAGES = 10;
const row = order.pick({ id: true, date_modified: true, status_id: true, total_inc_tax: true });

/** A page of the list; one that is too large to be read comes in smaller ones. */
async function page(
  bigcommerce: BigCommerce,
  query: Record<string, string | number>,
  at: PageAt = { page: 1, limit: PAGE },
): Promise<Result<ListedOrder[], Unwanted>> {
  const read = await ordersPage(bigcommerce, query, at, row);
  const less = read.is === "too-large" ? smaller(at) : null;
  if (less) return inParts(bigcommerce, query, less, at.limit / less.limit);
  if (read.is !== "read") return err(unreadable(read));
  return ok(
    read.value.map((each) => ({
      id: each.id,
      modifiedAt: instant(each.date_modified) ?? "",
      statusId: each.status_id,
      total: each.total_inc_tax,
    })),
  );
}

async function inParts(
  bigcommerce: BigCommerce,
  query: Record<string, string | number>,
  first: PageAt,
  parts: number,
): Promise<Result<ListedOrder[], Unwanted>> {
  const rows: ListedOrder[] = [];
  for (let n = 0; n < parts; n++) {
    const read = await page(bigcommerce, query, { ...first, page: first.page + n });
    if (!read.ok) return read;
    rows.push(...read.value);
    if (read.value.length < first.limit) break;
  }
  return ok(rows);
}

/** `last`: the newest change seen; `end`: there are no more behind it. */
export type Changes = { rows: ListedOrder[]; last: string; end: boolean };

/**
 * Everything changed since `from` (ISO 8601), oldest first, at most 10 pages. Edits move rows while they are paged: after a
 * full page it starts anew from the last instant seen; only within one second it turns pages.
 */
export async function readChanges(bigcommerce: BigCommerce, from: string): Promise<Result<Changes, Unwanted>> {
  const rows = new Map<number, ListedOrder>();
  let since = from;
  let number = 1;
  for (let calls = 0; calls < MAX_PAGES; calls++) {
    const query = { min_date_modified: `${since.slice(0, 19)}Z`, sort: "date_modified" };
    const read = await page(bigcommerce, query, { page: number, limit: PAGE });
    if (!read.ok) return read;
    for (const each of read.value) rows.set(each.id, each);
    const last = read.value.reduce((max, each) => (each.modifiedAt > max ? each.modifiedAt : max), since);
    if (read.value.length < PAGE) return ok({ rows: [...rows.values()], last, end: true });
    if (last > since) [since, number] = [last, 1];
    else number++;
  }
  return ok({ rows: [...rows.values()], last: since, end: false });
}

/** Which orders of a range of numbers the list shows: archived ones are not among them. */
export async function readRange(bigcommerce: BigCommerce, range: { from: number; to: number }): Promise<Result<ListedOrder[], Unwanted>> {
  return page(bigcommerce, { min_id: range.from, max_id: range.to, sort: "id" });
}
export const RANGE = PAGE;
