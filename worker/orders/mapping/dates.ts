import { Temporal } from "temporal-polyfill";
import type { InvoiceDate } from "../../contract/index.ts";
import { dayIn, instant } from "../../lib/days.ts";

export type SaleDates = { order: string; invoice: string; due: string };

/**
 * Days of the documents in the store's own zone (M12, J20): order = placed, invoice = capture rule met, or placed where Setup
 * says so, due = invoice (prepaid; what is not paid yet is due by the customer's terms, see `dueOn`). Null: the order has no readable date. An unreadable `metAt` counts as placed.
 */
export function saleDates(placed: string, metAt: string, zone: string, by: InvoiceDate = "met"): SaleDates | null {
  const at = instant(placed);
  if (!at) return null;
  const invoice = dayIn(by === "placed" ? at : (instant(metAt) ?? at), zone);
  return { order: dayIn(at, zone), invoice, due: invoice };
}

/** A payment term of Cin7 (cin7-core.md 5): `method` as Cin7 writes it, `duration` in days, or a day of the month. */
export type Term = { method: string; duration: number };

/** The day on which an invoice of `day` is due by a term (M12). An unknown method, or no day at all, is due at once. */
export function dueOn(day: string, { method, duration }: Term): string {
  const from = Temporal.PlainDate.from(day);
  const days = Math.max(0, Math.min(Math.trunc(duration) || 0, 3650));
  const endOf = (date: Temporal.PlainDate) => date.with({ day: date.daysInMonth });
  const next = from.with({ day: 1 }).add({ months: 1 });
  switch (method.trim().toLowerCase()) {
    case "number of days":
      return from.add({ days }).toString();
    case "day of next month":
      return next.with({ day: Math.max(1, Math.min(days, next.daysInMonth)) }).toString();
    case "last day of next month":
      return endOf(next).toString();
    case "days since the end of the month":
      return endOf(from).add({ days }).toString();
    default:
      return day;
  }
}
