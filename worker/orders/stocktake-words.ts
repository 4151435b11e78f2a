/**
 * Stocktakes (M36): while one is open, Cin7 Core authorises no order and no invoice of its location (cin7-core.md 12, 2.10).
 * The words of its refusal are not published, so they are read by fallbacks.
 */
export type SaidOfStocktake = "yes" | "perhaps" | "no";

const NAMED = /stock[\s_-]*(take|tak)|stock[\s_-]*count|cycle[\s_-]*count/i;
const LOCATION = /location|warehouse|stock/i;
const SHUT = /lock|in[\s_-]*progress|in use|blocked|frozen|counted|temporar/i;

/** `perhaps`: it speaks of a shut location without saying why; the list of stocktakes tells. */
export function speaksOfStocktake(message: string): SaidOfStocktake {
  if (NAMED.test(message)) return "yes";
  return LOCATION.test(message) && SHUT.test(message) ? "perhaps" : "no";
}

export type StocktakeRow = { Location: string; Status: string };
const OVER = new Set(["COMPLETED", "VOIDED"]);
const sameLocation = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether a stocktake of this location is open: DRAFT in the list, IN PROGRESS on its own page; anything but over. */
export const isOpenAt = (rows: readonly StocktakeRow[], location: string): boolean =>
  rows.some((row) => sameLocation(row.Location, location) && !OVER.has(row.Status.trim().toUpperCase()));
