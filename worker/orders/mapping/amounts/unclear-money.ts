import { isOnItsWay } from "../../../bigcommerce/order-status.ts";
import type { Order, Transaction } from "../../../bigcommerce/schemas.ts";
import type { Settings } from "../../../contract/index.ts";
import { instant, isPlausible } from "../../../lib/days.ts";
import { decimal, inCurrency, plain, ZERO } from "../../../lib/money.ts";
import { countsAsPaid, isCaptured, isKnownStatus, type Method, ownTender } from "./payment-method.ts";

/**
 * Money that is not posted because BigCommerce does not tell of it what a payment needs: the shop counts the order as paid and shows
 * no usable transaction; a payment status that nobody knows, such as a chargeback; another currency; a day that has not come.
 * It is listed with its true figures and told, never silent (M9, M16, F46).
 */
export type UnclearMoney = {
  why: "currency" | "day" | "no-transaction" | "status" | "no-status";
  /** In `currency`. */
  amount: string;
  currency: string;
  /** The sale's currency, the day, or the payment's status. */
  detail: string;
};

type Context = { currency: string; now?: string };

export function unclearRow(t: Transaction, { currency, now }: Context): UnclearMoney | null {
  const theirs = t.currency.toUpperCase();
  const amount = decimal(t.amount) ?? ZERO;
  const shown = { amount: theirs ? inCurrency(amount, theirs) : plain(amount), currency: theirs || currency };
  if (theirs && theirs !== currency) return { why: "currency", detail: currency, ...shown };
  const at = instant(t.date_created);
  if (at && now && !isPlausible(at, now)) return { why: "day", detail: at.slice(0, 10), ...shown };
  return null;
}

export const isTestGateway = (order: Pick<Order, "payment_method">): boolean =>
  /^test (payment )?gateway$/i.test(order.payment_method.trim());

/** The shopper's own way of paying, where no transaction of it is left. Null: nothing to tell, or it is paid without one. */
export function unclearOwn(order: Order, settings: Settings, method: Method | null, currency: string): UnclearMoney | null {
  if (method?.countsAsPaid === "never" || method?.countsAsPaid === "awaiting-fulfillment" || isTestGateway(order)) return null;
  const status = order.payment_status.trim().toLowerCase();
  // What went back again is told as a refund.
  if (status === "refunded") return null;
  const shown = { amount: inCurrency(ownTender(order), currency), currency, detail: order.payment_status };
  if (isCaptured(order)) return { why: "no-transaction", ...shown };
  if (!isKnownStatus(order)) return { why: "status", ...shown };
  const paidByStatus = status === "" && method !== null && isOnItsWay(order.status_id) && !countsAsPaid(order, settings);
  return paidByStatus ? { why: "no-status", ...shown } : null;
}

/** Why one payment is not posted, and what to do; on the order's page too. */
export function whyUnclear({ why, detail, currency }: UnclearMoney): string {
  switch (why) {
    case "currency":
      return `Paid in ${currency}, the sale is in ${detail}: enter it by hand in Cin7 Core.`;
    case "day":
      return `BigCommerce dates it ${detail}, which has not come: enter it by hand in Cin7 Core.`;
    case "no-transaction":
      return "BigCommerce says that it was taken, and shows no transaction of it: look at the payment provider, then enter it by hand in Cin7 Core.";
    case "status":
      return `BigCommerce shows it as "${detail}", which is neither paid nor unpaid: look at the payment provider.`;
    case "no-status":
      return "The order counts as paid in BigCommerce, which shows neither a payment status nor a transaction: look whether it was paid, then enter it by hand in Cin7 Core.";
  }
}
