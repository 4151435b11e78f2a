import type { InvoiceDate } from "../contract.ts";
import { dayIn, instant } from "../lib/days.ts";

export type SaleDates = { order: string; invoice: string; due: string };

/**
 * Days of the documents in the store's own zone (M12, J20): order = placed, invoice = capture rule met, or placed where Setup
 * says so, due = invoice (prepaid). Null: the order has no readable date. An unreadable `metAt` counts as placed.
 */
export function saleDates(placed: string, metAt: string, zone: string, by: InvoiceDate = "met"): SaleDates | null {
  const at = instant(placed);
  if (!at) return null;
  const invoice = dayIn(by === "placed" ? at : (instant(metAt) ?? at), zone);
  return { order: dayIn(at, zone), invoice, due: invoice };
}
