import type { Order } from "../bigcommerce/schemas.ts";
import type { Settings } from "../contract/index.ts";

/** Whether a setting asks who bought: one more reading of BigCommerce, and none for guests (M5, F30, M48). */
export const asksWho = (settings: Settings): boolean =>
  settings.tax.special.some((rule) => rule.customers !== undefined) || settings.sale.representatives.some((row) => row.by === "group");

export const needsCustomer = (order: Order, settings: Settings): boolean => order.customer_id > 0 && asksWho(settings);
