import * as z from "zod";
import type { Answer, Query } from "../lib/http.ts";
import type { PageAt } from "../lib/smaller-page.ts";
import type { BigCommerce } from "./client.ts";
import { get, mapped, readList, type ShopRead } from "./reading.ts";
import { type Coupon, coupon, type Order, type OrderLine, order, orderLine, type TaxRow, taxRow } from "./schemas.ts";

/** Orders (facts/bigcommerce.md 4). */
const ORDERS = "/v2/orders";

/** The order with its lines, addresses and fees in one. Above 50 lines the included list is cut (facts 4.2). */
export async function orderById(client: BigCommerce, orderId: number): Promise<ShopRead<Order>> {
  const include = { include: "consignments.line_items,fees", consignment_structure: "object" };
  const read = await get(client, `${ORDERS}/${orderId}`, include, order);
  // Everything downstream goes by the number in the answer: another order's answer must not become a sale of this one.
  return read.is === "read" && read.value.id !== orderId ? { is: "malformed", fields: ["id"] } : read;
}

export const linesOf = (client: BigCommerce, orderId: number): Promise<ShopRead<OrderLine[]>> =>
  readList(client, `${ORDERS}/${orderId}/products`, orderLine);
export const taxesOf = (client: BigCommerce, orderId: number): Promise<ShopRead<TaxRow[]>> =>
  readList(client, `${ORDERS}/${orderId}/taxes`, taxRow, { details: "true" });
export const couponsOf = (client: BigCommerce, orderId: number): Promise<ShopRead<Coupon[]>> =>
  readList(client, `${ORDERS}/${orderId}/coupons`, coupon);

/** A page of the list, each row as `row` has it. 204 is an empty one. */
export const ordersPage = <T>(client: BigCommerce, query: Query, at: PageAt, row: z.ZodType<T>): Promise<ShopRead<T[]>> =>
  get(client, ORDERS, { ...query, page: at.page, limit: at.limit }, z.array(row), { empty: [] });

const paid = z.object({ payment_method: z.string().nullish(), payment_status: z.string().nullish() });
/** How the newest page of orders since an instant (ISO 8601) was paid. */
export const howPaidSince = (client: BigCommerce, since: string): Promise<ShopRead<z.output<typeof paid>[]>> =>
  get(client, ORDERS, { limit: 250, min_date_created: since }, z.array(paid), { empty: [] });

const noted = z.object({ staff_notes: z.string().nullish() });
export async function staffNotesOf(client: BigCommerce, orderId: number): Promise<ShopRead<string>> {
  return mapped(await get(client, `${ORDERS}/${orderId}`, undefined, noted), (read) => read.staff_notes ?? "");
}
export const writeStaffNotes = (client: BigCommerce, orderId: number, text: string): Promise<Answer> =>
  client.put(`${ORDERS}/${orderId}`, { staff_notes: text });
