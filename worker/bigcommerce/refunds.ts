import * as z from "zod";
import type { BigCommerce } from "./client.ts";
import { isRefunded, STATUS } from "./order-status.ts";
import { get, inData, mapped, readListV3, type ShopRead } from "./reading.ts";
import { int, money, type Order, type Transaction, text } from "./schemas.ts";

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
  order_id: int,
  created: text,
  total_amount: money,
  total_tax: money.nullish(),
  payments: z
    .array(payment)
    .nullish()
    .transform((v) => v ?? []),
});
export type Refund = z.output<typeof refund>;

/** The refunds of one order. */
export async function refundsOf(client: BigCommerce, orderId: number): Promise<ShopRead<Refund[]>> {
  const read = await get(client, `/v3/orders/${orderId}/payment_actions/refunds`, undefined, inData(z.array(refund)), {
    empty: { data: [] },
  });
  return mapped(read, ({ data }) => data.filter((each) => each.order_id === orderId));
}

const ofOrder = refund.pick({ order_id: true });

/** The orders of a store that have a refund since an instant (ISO 8601), whatever was told of them. */
export async function refundedSince(client: BigCommerce, since: string): Promise<ShopRead<number[]>> {
  const read = await readListV3(client, "/v3/orders/payment_actions/refunds", ofOrder, { "created:min": since });
  return mapped(read, (rows) => [...new Set(rows.map(({ order_id }) => order_id))]);
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
