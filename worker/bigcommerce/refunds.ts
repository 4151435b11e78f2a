import * as z from "zod";
import type { BigCommerce } from "./client.ts";
import { isRefunded, STATUS } from "./order-status.ts";
import { get, inData, mapped, type ShopRead } from "./reading.ts";
import { money, type Order, type Transaction, text } from "./schemas.ts";

/** Money that a shop gives back (facts/bigcommerce.md 5.4, 5.5). Unknown fields are ignored. */
const payment = z.object({
  provider_id: text,
  amount: money,
  offline: z.boolean().nullish(),
  is_declined: z.boolean().nullish(),
  /** The transaction that moved the money; absent while the provider is at it. */
  transaction_id: text,
});
const refund = z.object({
  id: text,
  order_id: z.coerce.number().int(),
  created: text,
  total_amount: money,
  total_tax: money.nullish(),
  payments: z
    .array(payment)
    .nullish()
    .transform((v) => v ?? []),
});
export type Refund = z.output<typeof refund>;

const EMPTY = { empty: { data: [] } };

/** The refunds of one order. */
export async function refundsOf(client: BigCommerce, orderId: number): Promise<ShopRead<Refund[]>> {
  const read = await get(client, `/v3/orders/${orderId}/payment_actions/refunds`, undefined, inData(z.array(refund)), EMPTY);
  return mapped(read, ({ data }) => data.filter((each) => each.order_id === orderId));
}

const PAGE = 250;
const PAGES = 40;

/** The orders of a store that have a refund since an instant (ISO 8601), whatever was told of them. */
export async function refundedSince(client: BigCommerce, since: string): Promise<ShopRead<number[]>> {
  const found = new Set<number>();
  for (let page = 1; page <= PAGES; page++) {
    const query = { "created:min": since, page, limit: PAGE };
    const read = await get(client, "/v3/orders/payment_actions/refunds", query, inData(z.array(refund)), EMPTY);
    if (read.is !== "read") return read;
    for (const { order_id } of read.value.data) found.add(order_id);
    if (read.value.data.length < PAGE) break;
  }
  return { is: "read", value: [...found] };
}

/** A daily sale, kept like an order, has neither. */
type Status = Partial<Pick<Order, "status_id" | "payment_status">>;
/** How much went back as far as the order's own status says: all of it, all that the payment provider had taken, a part; null: nothing. */
export function refundedBy({ status_id = 0, payment_status = "" }: Status): "whole" | "tender" | "part" | null {
  const paid = payment_status.trim().toLowerCase();
  if (status_id === STATUS.refunded) return "whole";
  if (paid === "refunded") return "tender";
  return isRefunded(status_id) || paid === "partially refunded" ? "part" : null;
}

/** Whether anything that is known of an order says that money of it went back, so that its refunds are to be read. */
export const speaksOfRefund = (order: Status, transactions: readonly Transaction[]): boolean =>
  refundedBy(order) !== null || transactions.some(({ event }) => event === "refund" || event === "void");
