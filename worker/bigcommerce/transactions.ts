import * as z from "zod";
import type { BigCommerce } from "./client.ts";
import { get, inData, mapped, type ShopRead } from "./reading.ts";
import { type Transaction, transaction } from "./schemas.ts";

/** What was paid for an order, with the gateway's own references. */
export async function transactionsOf(client: BigCommerce, orderId: number): Promise<ShopRead<Transaction[]>> {
  const read = await get(client, `/v3/orders/${orderId}/transactions`, undefined, inData(z.array(transaction)), { empty: { data: [] } });
  return mapped(read, ({ data }) => data);
}
