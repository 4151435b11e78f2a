import Big from "big.js";

/**
 * Exact decimal amounts. Vendors send decimal strings or JSON numbers; both become `Big`, never a float calculation.
 * A missing or malformed amount is null, so that the caller names the field (design 9).
 */
export type Decimal = Big;
export const ZERO: Decimal = new Big(0);

const FORM = /^-?\d{1,15}(\.\d{1,30})?$/;
/** What a double carries of a decimal for certain: 37.400000000000006 is 37.4 that a vendor has added up as a float. */
const DIGITS = 15;
const PLACES_KEPT = 12;

export function decimal(value: unknown): Decimal | null {
  const text =
    typeof value === "number"
      ? Number.isFinite(value)
        ? new Big(value.toPrecision(DIGITS)).toFixed()
        : ""
      : typeof value === "string"
        ? value.trim()
        : "";
  return FORM.test(text) ? round(new Big(text), PLACES_KEPT) : null;
}

export const sum = (items: readonly Decimal[]): Decimal => items.reduce((total, item) => total.plus(item), ZERO);

/** Half away from zero, as invoices are rounded. */
export const round = (amount: Decimal, places: number): Decimal => amount.round(places, Big.roundHalfUp);

const PLACES: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
}; // prettier: ISO 4217 minor units other than 2

/** Decimals of a currency (ISO 4217): JPY 0, KWD 3, most 2. */
export const placesOf = (currency: string): number => PLACES[currency.toUpperCase()] ?? 2;

/** Text of an amount without needless zeros, for payloads and comparison: "12.5", "-0.76". */
export const plain = (amount: Decimal): string => amount.toFixed();

/** Text of an amount with the currency's own decimals, for people and for totals: "12.50". */
export const inCurrency = (amount: Decimal, currency: string): string => amount.toFixed(placesOf(currency), Big.roundHalfUp);

/** A JSON number with exactly this value: at most 15 digits, checked, so that nothing is lost on the way to Cin7. */
export function jsonNumber(amount: Decimal): number {
  const number = Number(amount.toFixed());
  if (!new Big(number).eq(amount)) throw new Error(`amount ${amount.toFixed()} does not fit a JSON number`);
  return number;
}

/**
 * Splits `total` over `weights` in steps of 1/10^places: floor of each exact share, then the largest remainders get the
 * rest, a tie going to the lower index (M3). All weights zero: the first takes everything.
 */
export function largestRemainder(total: Decimal, weights: readonly Decimal[], places: number): Decimal[] {
  if (weights.length === 0) return [];
  const step = new Big(10).pow(-places);
  const all = sum(weights.map((w) => w.abs()));
  if (all.eq(0)) return weights.map((_, i) => (i === 0 ? total : ZERO));
  const sign = total.lt(0) ? -1 : 1;
  const exact = weights.map((w) => total.abs().times(w.abs()).div(all));
  const floors = exact.map((x) => x.round(places, Big.roundDown));
  const left = Number(total.abs().minus(sum(floors)).div(step).round(0, Big.roundHalfUp).toFixed());
  const order = exact.map((x, i) => ({ i, rest: x.minus(floors[i] as Decimal) })).sort((a, b) => b.rest.cmp(a.rest) || a.i - b.i);
  const shares = [...floors];
  for (const { i } of order.slice(0, left)) shares[i] = (shares[i] as Decimal).plus(step);
  return shares.map((s) => s.times(sign));
}

/**
 * Rounds figures so that they add up to `total`: each down to 1/10^places, the odd steps to the largest remainders, a tie to
 * the lower index (M3); too much is taken from the smallest remainder, then the larger figure, then the later one. A figure
 * of 0 stays 0. Too far apart for one step each: shares in proportion.
 */
export function settle(exact: readonly Decimal[], total: Decimal, places: number): Decimal[] {
  const step = new Big(10).pow(-places);
  const floors = exact.map((x) => floor(x, places));
  const rests = exact.map((x, i) => ({ i, x, rest: x.minus(floors[i] as Decimal) })).filter(({ x }) => !x.eq(0));
  const left = Number(total.minus(sum(floors)).div(step).round(0, Big.roundHalfUp).toFixed());
  const givers = rests.filter(({ i }) => !(floors[i] as Decimal).eq(0));
  if (left > rests.length || -left > givers.length) return largestRemainder(total, exact, places);
  const order =
    left >= 0
      ? rests.sort((a, b) => b.rest.cmp(a.rest) || a.i - b.i)
      : givers.sort((a, b) => a.rest.cmp(b.rest) || b.x.abs().cmp(a.x.abs()) || b.i - a.i);
  for (const { i } of order.slice(0, Math.abs(left))) floors[i] = (floors[i] as Decimal).plus(left > 0 ? step : step.times(-1));
  return floors;
}

/** The next step at or below it, also of a figure below zero. */
function floor(amount: Decimal, places: number): Decimal {
  const cut = amount.round(places, Big.roundDown);
  return cut.gt(amount) ? cut.minus(new Big(10).pow(-places)) : cut;
}
