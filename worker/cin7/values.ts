import { decimal, jsonNumber, ZERO } from "../lib/money.ts";

/** Decimal text as a JSON number of the same value. */
export const number = (text: string): number => jsonNumber(decimal(text) ?? ZERO);

/** A day as Cin7 writes days: `2026-11-22T00:00:00`. */
export const midnight = (day: string): string => `${day}T00:00:00`;
