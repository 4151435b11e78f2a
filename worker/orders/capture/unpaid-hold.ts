import { inWords } from "../../accounts/lock-date.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { Settings } from "../../contract/index.ts";
import { boundsOf, dayIn, daysAfter, instant } from "../../lib/days.ts";
import { countsAsPaid, methodFor } from "../mapping/amounts/payment-method.ts";

/**
 * Stock of orders that the shop has sold and that are not taken yet (M31, F101): an unpaid one holds it for some days, one
 * that only has to be shipped or completed first holds it until then. Days are calendar days in the store's zone: an order of
 * 1 July held for 7 days is held until 8 July has ended, whatever the clocks do meanwhile.
 */
export type Hold =
  | { is: "none" }
  /** Paid; nothing but the capture rule keeps it. */
  | { is: "until-taken" }
  /** `lastDay`: YYYY-MM-DD; `until`: the first instant after it, ISO 8601 UTC. */
  | { is: "days"; days: number; lastDay: string; until: string };

/** Codes of `accept` that mean: money is awaited. */
const UNPAID = new Set(["unpaid", "not-authorised", "on-account"]);

/** `code`: why `accept` skips the order. */
export function holdOf(order: Order, code: string, settings: Settings, zone: string): Hold {
  const waitsForGoods = code === "not-completed";
  if (!UNPAID.has(code) && !waitsForGoods) return { is: "none" };
  if (waitsForGoods && countsAsPaid(order, settings)) return { is: "until-taken" };
  const placedAt = instant(order.date_created);
  const days = daysFor(order.payment_method, settings);
  if (placedAt === null || days === 0) return { is: "none" };
  const lastDay = lastDayOf(placedAt, days, zone);
  return { is: "days", days, lastDay, until: boundsOf(lastDay, zone).to };
}

/** The same of an order as it is stored: under the settings of now, so that a change of the days counts at once. */
export function heldUntil(row: { placedAt: string; unpaidMethod: string | null }, settings: Settings, zone: string): string {
  return boundsOf(lastDayOf(row.placedAt, daysFor(row.unpaidMethod ?? "", settings), zone), zone).to;
}

/** Days for a payment method, by its code or name without case; 0: unpaid orders hold nothing. */
export const daysFor = (method: string, settings: Settings): number =>
  methodFor(settings, [], [method])?.unpaidDays ?? settings.payments.unpaidDays;

const lastDayOf = (placedAt: string, days: number, zone: string): string => daysAfter(dayIn(placedAt, zone), days);

/** What the order's line adds to why it is not taken. */
export function holdWords(hold: Hold, over: boolean): string {
  if (hold.is === "none") return "";
  if (hold.is === "until-taken") return " Its stock is held until then.";
  const days = hold.days === 1 ? "1 day" : `${hold.days} days`;
  return over ? ` Its stock was held for ${days} and is for sale again.` : ` Its stock is held until the end of ${inWords(hold.lastDay)}.`;
}
