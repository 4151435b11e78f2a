import * as z from "zod";
import type { BigCommerce } from "./client.ts";
import { get, inData, type ShopRead } from "./reading.ts";
import { catalogueProduct } from "./schemas.ts";

const AT_ONCE = 250;

/** The tax class of each of these products that the catalogue still has. */
export async function taxClassOf(client: BigCommerce, ids: readonly number[]): Promise<ShopRead<Record<number, number>>> {
  const classes: Record<number, number> = {};
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const query = { "id:in": ids.slice(at, at + AT_ONCE).join(","), include_fields: "tax_class_id", limit: AT_ONCE };
    const read = await get(client, "/v3/catalog/products", query, inData(z.array(catalogueProduct)));
    if (read.is !== "read") return read;
    for (const product of read.value.data) classes[product.id] = product.tax_class_id ?? 0;
  }
  return { is: "read", value: classes };
}
