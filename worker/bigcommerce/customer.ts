import * as z from "zod";
import type { BigCommerce } from "./client.ts";
import { get, inData, mapped, type ShopRead } from "./reading.ts";
import { customer } from "./schemas.ts";

type Shopper = z.output<typeof customer>;

/** Null: BigCommerce no longer has this customer. */
export async function customerById(client: BigCommerce, id: number): Promise<ShopRead<Shopper | null>> {
  const read = await get(client, "/v3/customers", { "id:in": id, limit: 1 }, inData(z.array(customer)), { at: "customer" });
  return mapped(read, ({ data }) => data.find((each) => each.id === id) ?? null);
}
