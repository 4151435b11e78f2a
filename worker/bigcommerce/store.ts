import type { Answer } from "../lib/http.ts";
import type { BigCommerce } from "./client.ts";
import { get, type ShopRead } from "./reading.ts";
import { priceBasis, type StoreInfo, store } from "./schemas.ts";

/** The store itself: name, currency, zone and tax setting (facts/bigcommerce.md 2). */
const STORE = "/v2/store";

export const readStore = (client: BigCommerce): Promise<ShopRead<StoreInfo>> => get(client, STORE, {}, store);
/** Whether its prices are entered with tax; undefined: it does not say. */
export const readPriceBasis = (client: BigCommerce) => get(client, STORE, {}, priceBasis);
/** The cheapest question that a token answers. */
export const askStore = (client: BigCommerce): Promise<Answer> => client.get(STORE);
