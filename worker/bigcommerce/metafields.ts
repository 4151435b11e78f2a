import * as z from "zod";
import type { Answer } from "../lib/http.ts";
import type { BigCommerce } from "./client.ts";
import { fit, get, inData, mapped, type ShopRead } from "./reading.ts";
import { int } from "./schemas.ts";

/** Fields of ours on an order, which its page in BigCommerce does not show to shoppers (facts/bigcommerce.md 4.1). */
export const metafield = z.object({ id: int, value: z.string() });
export type Metafield = z.output<typeof metafield>;
const at = (orderId: number) => `/v3/orders/${orderId}/metafields`;

export async function metafieldsOf(
  client: BigCommerce,
  orderId: number,
  named: { namespace: string; key: string },
): Promise<ShopRead<Metafield[]>> {
  return mapped(await get(client, at(orderId), named, inData(z.array(metafield))), ({ data }) => data);
}

/** 409: one of this name is there already. */
export const createMetafield = async (client: BigCommerce, orderId: number, body: object): Promise<ShopRead<Metafield>> =>
  written(await client.post(at(orderId), body));
export const changeMetafield = async (client: BigCommerce, orderId: number, id: number, body: object): Promise<ShopRead<Metafield>> =>
  written(await client.put(`${at(orderId)}/${id}`, body));

const written = (answer: Answer): ShopRead<Metafield> =>
  answer.is === "ok" ? mapped(fit(inData(metafield), answer.body, ""), ({ data }) => data) : answer;
