import { isOnItsWay } from "../../../bigcommerce/order-status.ts";
import type { Settings } from "../../../contract/index.ts";
import { type Decimal, decimal, ZERO } from "../../../lib/money.ts";
import type { Facts } from "../../order-facts.ts";

/** Payment methods of the settings, and when an order counts as paid (M9; facts/bigcommerce.md 4.3, 5.2). */
export type Method = Settings["payments"]["methods"][number];

const fold = (text: string): string => text.trim().toLowerCase();

/** By gateway code, else by name, both without case (M9). Null: a name that nobody has mapped yet. */
export function methodFor(settings: Settings, codes: readonly string[], names: readonly string[]): Method | null {
  const { methods } = settings.payments;
  for (const wanted of [...codes, ...names].map(fold).filter(Boolean)) {
    const found = methods.find((method) => fold(method.key) === wanted) ?? methods.find((method) => fold(method.name) === wanted);
    if (found) return found;
  }
  return null;
}

/** `payment_status` values that say that money was taken; what was refunded had been taken. */
const CAPTURED = new Set(["captured", "paid", "partially refunded", "refunded"]);
const AUTHORISED = new Set(["authorized", "capture pending"]);
/** Not taken, or no longer; "": an offline method. */
const NOT_TAKEN = new Set([...AUTHORISED, "pending", "held for review", "declined", "void", "void pending", ""]);

export const isCaptured = (order: Facts): boolean => CAPTURED.has(fold(order.payment_status));
export const isAuthorised = (order: Facts): boolean => isCaptured(order) || AUTHORISED.has(fold(order.payment_status));
export const isKnownStatus = (order: Facts): boolean => isCaptured(order) || NOT_TAKEN.has(fold(order.payment_status));

/** What is left for the order's own payment method after gift certificates and store credit (bigcommerce.md 11, trap 10). */
export function ownTender(order: Facts): Decimal {
  const part = (value: unknown) => decimal(value) ?? ZERO;
  return part(order.total_inc_tax).minus(part(order.gift_certificate_amount)).minus(part(order.store_credit_amount));
}

/**
 * Whether the order counts as paid (M9): money captured; or nothing left to pay; or, for a method set so, Awaiting
 * Fulfillment or later. An unmapped method without a payment status (offline) goes by the status, like the shop does.
 */
export function countsAsPaid(order: Facts, settings: Settings): boolean {
  if (isCaptured(order) || ownTender(order).lte(0)) return true;
  const method = methodFor(settings, [], [order.payment_method]);
  const how = method ? method.countsAsPaid : order.payment_status === "" ? "awaiting-fulfillment" : "captured";
  return how === "awaiting-fulfillment" && isOnItsWay(order.status_id);
}
