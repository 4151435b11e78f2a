import type { Order } from "../bigcommerce/schemas.ts";

const NAMES = [
  "id",
  "status_id",
  "status",
  "custom_status",
  "date_created",
  "date_modified",
  "date_shipped",
  "is_deleted",
  "order_source",
  "external_source",
  "items_total",
  "items_shipped",
  "payment_method",
  "payment_status",
  "total_inc_tax",
  "gift_certificate_amount",
  "store_credit_amount",
] as const satisfies readonly (keyof Order)[];

/** The part of an order that decides whether it is taken; kept with its row, so that a change of the rule is previewed (F13). No names. */
export type Facts = Pick<Order, (typeof NAMES)[number]>;

export const factsOf = (order: Order): Facts => Object.fromEntries(NAMES.map((name) => [name, order[name]])) as Facts;
