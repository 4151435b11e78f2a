import Big from "big.js";

/**
 * The money of an order, exact: no float ever. One side of every amount is authoritative, the one the store enters
 * prices on; the other follows from tax. Tax is rounded once per rate over the whole order and then shared out by
 * largest remainder, so that the rows always add up to the order (RATE_ROUNDING, facts 9).
 */

export type Row = {
  /** As entered: with tax in a tax-inclusive store, else without. To the cent. */
  amount: Big;
  /** Taken off the same side. */
  discount: Big;
  /** Percent. */
  rate: Big;
};

export type Sides = { ex: Big; inc: Big; tax: Big };
/** `gross` before discounts, `net` after them. */
export type Worked = { gross: Sides; net: Sides };

export const ZERO = new Big(0);
export const sum = (values: readonly Big[]): Big => values.reduce((total, value) => total.plus(value), ZERO);
/** Half up, as shops round. */
export const cents = (value: Big): Big => value.round(2, 1);

/** Splits `total` (cents) by weight; the largest remainders get the odd cents. All weights 0: the first takes it. */
export function share(total: Big, weights: readonly Big[]): Big[] {
  const whole = sum(weights);
  if (weights.length === 0) return [];
  if (whole.eq(0)) return weights.map((_, index) => (index === 0 ? total : ZERO));
  const exact = weights.map((weight) => total.times(weight).div(whole));
  return settle(exact, total);
}

/** Rounds each down to the cent, then hands out what is missing to `total`, largest remainder first. */
function settle(exact: readonly Big[], total: Big): Big[] {
  const floors = exact.map((value) => value.round(2, 0));
  let missing = Number(total.minus(sum(floors)).times(100).toFixed(0));
  const order = exact.map((value, index) => ({ index, rest: value.minus(floors[index] ?? ZERO) }));
  order.sort((a, b) => b.rest.cmp(a.rest) || a.index - b.index);
  for (const { index } of order) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? ZERO).plus("0.01");
    missing -= 1;
  }
  return floors;
}

const taxOn = (amount: Big, rate: Big, inclusive: boolean): Big =>
  inclusive ? amount.times(rate).div(rate.plus(100)) : amount.times(rate).div(100);

const sides = (amount: Big, tax: Big, inclusive: boolean): Sides =>
  inclusive ? { inc: amount, ex: amount.minus(tax), tax } : { ex: amount, inc: amount.plus(tax), tax };

/** Rounded tax of each amount: once per rate, shared over its rows. */
function roundedTaxes(amounts: readonly Big[], rates: readonly Big[], inclusive: boolean): Big[] {
  const taxes: Big[] = amounts.map(() => ZERO);
  const groups = new Map<string, number[]>();
  rates.forEach((rate, index) => {
    const key = rate.toString();
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  for (const indexes of groups.values()) {
    const exact = indexes.map((index) => taxOn(amounts[index] ?? ZERO, rates[index] ?? ZERO, inclusive));
    // Of the sum, not the sum of quotients: those are cut at 20 places, and a tie would round down.
    const first = rates[indexes[0] ?? 0] ?? ZERO;
    const whole = taxOn(sum(indexes.map((index) => amounts[index] ?? ZERO)), first, inclusive);
    const settled = settle(exact, cents(whole));
    indexes.forEach((index, position) => {
      taxes[index] = settled[position] ?? ZERO;
    });
  }
  return taxes;
}

/**
 * `discountsIncludeTax`: the discounts of a tax-exclusive store were given off the tax-inclusive amount (a switch; the
 * specification's own example 218 only ties out that way).
 */
export function work(rows: readonly Row[], inclusive: boolean, discountsIncludeTax = inclusive): Worked[] {
  const rates = rows.map((row) => row.rate);
  if (discountsIncludeTax && !inclusive) {
    const gross = roundedTaxes(
      rows.map((row) => row.amount),
      rates,
      false,
    );
    return rows.map((row, index) => {
      const before = sides(row.amount, gross[index] ?? ZERO, false);
      if (row.discount.eq(0)) return { gross: before, net: before };
      const paid = before.inc.minus(row.discount);
      return { gross: before, net: sides(paid, cents(taxOn(paid, row.rate, true)), true) };
    });
  }
  const paid = rows.map((row) => row.amount.minus(row.discount));
  const taxes = roundedTaxes(paid, rates, inclusive);
  return rows.map((row, index) => {
    const net = sides(paid[index] ?? ZERO, taxes[index] ?? ZERO, inclusive);
    // A row without discount has one tax; with one, the tax before it is only shown, never charged.
    if (row.discount.eq(0)) return { gross: net, net };
    return { gross: sides(row.amount, cents(taxOn(row.amount, row.rate, inclusive)), inclusive), net };
  });
}

/** The unit price on the other side, to four places. */
export function unitPrices(price: Big, rate: Big, inclusive: boolean): Sides {
  const tax = taxOn(price, rate, inclusive).round(4, 1);
  return sides(price, tax, inclusive);
}

export type CouponRule = { type: number; amount: Big };
export type Discountable = { amount: Big; quantity: number };

/** What a coupon takes off each line (types 0, 1, 2 and 5 of facts 4.6; 3 and 4 act on shipping). */
export function couponShares(rule: CouponRule, lines: readonly Discountable[]): Big[] {
  const capped = (value: Big, line: Discountable) => (value.gt(line.amount) ? line.amount : value);
  if (rule.type === 0) return lines.map((line) => capped(rule.amount.times(line.quantity), line));
  if (rule.type === 1) return lines.map((line) => capped(cents(line.amount.times(rule.amount).div(100)), line));
  if (rule.type === 2 || rule.type === 5) return orderShares(rule.amount, lines);
  return lines.map(() => ZERO);
}

/** An order-level discount, split by what each line costs; never more than the lines. */
export function orderShares(discount: Big, lines: readonly Discountable[]): Big[] {
  const whole = sum(lines.map((line) => line.amount));
  const given = discount.gt(whole) ? whole : discount;
  if (whole.eq(0)) return lines.map(() => ZERO);
  return share(
    given,
    lines.map((line) => line.amount),
  );
}
