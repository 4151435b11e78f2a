import Big from "big.js";
import type { OrderRecord } from "./order-types.ts";

/** Filters and sorting of `GET /v2/orders` (facts 4.2). An unknown name is refused, not ignored. */

type Query = Record<string, string>;
type Test = (record: OrderRecord, value: string) => boolean;

const time = (value: string) => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value));
/** Orders show whole seconds, and are compared so. */
const second = (ms: number) => Math.floor(ms / 1000) * 1000;
const same = (a: unknown, b: string) => String(a ?? "").toLowerCase() === b.toLowerCase();

const FILTERS: Record<string, Test> = {
  min_id: ({ order }, value) => order.id >= Number(value),
  max_id: ({ order }, value) => order.id <= Number(value),
  min_total: ({ order }, value) => new Big(order.total_inc_tax).gte(value),
  max_total: ({ order }, value) => new Big(order.total_inc_tax).lte(value),
  customer_id: ({ order }, value) => order.customer_id === Number(value),
  email: ({ order }, value) => same(order.billing_address.email, value),
  status_id: ({ order }, value) => order.status_id === Number(value),
  cart_id: ({ order }, value) => same(order.cart_id, value),
  payment_method: ({ order }, value) => same(order.payment_method, value),
  channel_id: ({ order }, value) => order.channel_id === Number(value),
  external_order_id: ({ order }, value) => same(order.external_order_id, value),
  is_deleted: ({ order }, value) => order.is_deleted === (value === "true" || value === "1"),
  min_date_created: ({ order }, value) => Date.parse(order.date_created) >= time(value),
  max_date_created: ({ order }, value) => Date.parse(order.date_created) <= time(value),
  min_date_modified: ({ modifiedAt }, value) => second(modifiedAt) >= time(value),
  max_date_modified: ({ modifiedAt }, value) => second(modifiedAt) <= time(value),
};

const OTHERS = ["page", "limit", "sort", "include", "consignment_structure"];

const KEYS: Record<string, (record: OrderRecord) => number | string> = {
  id: ({ order }) => order.id,
  customer_id: ({ order }) => order.customer_id,
  date_created: ({ order }) => Date.parse(order.date_created),
  date_modified: ({ modifiedAt }) => modifiedAt,
  status_id: ({ order }) => order.status_id,
  channel_id: ({ order }) => order.channel_id,
  external_id: ({ order }) => String(order["external_id"] ?? ""),
};

/** Answers the rows, or what is wrong with the query. */
export function listOrders(records: readonly OrderRecord[], query: Query, archivedInList: boolean): OrderRecord[] | { mistake: string } {
  const unknown = Object.keys(query).find((name) => !(name in FILTERS) && !OTHERS.includes(name));
  if (unknown) return { mistake: `The field '${unknown}' is not supported by this resource.` };
  const badDate = Object.entries(query).find(([name, value]) => name.includes("_date_") && Number.isNaN(time(value)));
  if (badDate) return { mistake: `The field '${badDate[0]}' is invalid.` };
  const [sortBy = "id", direction = "asc"] = (query["sort"] ?? "id:asc").split(":");
  const key = KEYS[sortBy];
  if (!key || !["asc", "desc"].includes(direction)) return { mistake: "The field 'sort' is invalid." };

  const shown = records.filter(({ order }) => archivedInList || "is_deleted" in query || !order.is_deleted);
  const rows = shown.filter((record) => Object.entries(query).every(([name, value]) => FILTERS[name]?.(record, value) ?? true));
  const sign = direction === "desc" ? -1 : 1;
  return rows.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x === y ? sign * (a.order.id - b.order.id) : x < y ? -sign : sign;
  });
}
