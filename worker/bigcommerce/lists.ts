import * as z from "zod";
import type { Query } from "../lib/http.ts";
import type { BigCommerce } from "./client.ts";
import { get, inData, mapped, type ShopRead } from "./reading.ts";
import { int, orderStatus, paymentMethod, taxClass } from "./schemas.ts";

/** What a shop has to choose from: one call each, no list of them is longer. */
const bare =
  <T>(path: string, row: z.ZodType<T>, query: Query = {}) =>
  (client: BigCommerce): Promise<ShopRead<T[]>> =>
    get(client, path, query, z.array(row), { empty: [] });
const wrapped =
  <T>(path: string, row: z.ZodType<T>) =>
  async (client: BigCommerce): Promise<ShopRead<T[]>> =>
    mapped(await get(client, path, { limit: 250 }, inData(z.array(row)), { empty: { data: [] } }), ({ data }) => data);

const currency = z.object({ currency_code: z.string(), is_transactional: z.boolean().nullish(), enabled: z.boolean().nullish() });
const location = z.object({ id: int, label: z.string() });
const named = z.object({ id: int, name: z.string() });

export const taxClasses = bare("/v2/tax_classes", taxClass, { limit: 250 });
export const paymentMethods = bare("/v2/payments/methods", paymentMethod);
export const orderStatuses = bare("/v2/order_statuses", orderStatus);
export const currencies = bare("/v2/currencies", currency);
export const customerGroups = bare("/v2/customer_groups", named, { limit: 250 });
export const locations = wrapped("/v3/inventory/locations", location);
export const channels = wrapped("/v3/channels", named);
