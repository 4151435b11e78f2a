import { type Decimal, round, settle, sum, ZERO } from "../../../lib/money.ts";
import { type Row, sideOf, taxOf } from "./order-row.ts";

/** Half a cent: below it a sum of exact figures is the same amount. */
const half = (places: number): Decimal => round(ZERO.plus("0.5").div(10 ** places), places + 1);

/**
 * The most exact tax of each row without discounts: BigCommerce's tax rows where they add up to the order's tax; else side ×
 * rate where that agrees with inc − ex to the cent; else inc − ex (M3, F42).
 */
export function exactTaxes(rows: readonly Row[], orderTax: Decimal, inclusive: boolean, places: number): Decimal[] {
  const told = rows.map((row) => row.told ?? ZERO);
  const silent = rows.some((row) => row.told === null && taxOf(row).gt(0));
  if (!silent && sum(told).minus(orderTax).abs().lt(half(places))) return told;
  return rows.map((row) => {
    const plainTax = taxOf(row);
    if (!row.rate || row.rate.lte(0)) return plainTax;
    const side = sideOf(row, inclusive);
    const byRate = inclusive ? side.times(row.rate).div(row.rate.plus(100)) : side.times(row.rate).div(100);
    return byRate.minus(plainTax).abs().lte(half(places).times(2)) ? byRate : plainTax;
  });
}

/**
 * Tax of each row to the cent so that together they are `total` exactly: largest remainder, a tie to the lower line ID, rows
 * being in that sequence (M3). Null: `total` is more than a cent a row away from what the rows say, so it is not rounding.
 */
export function settledTaxes(exact: readonly Decimal[], total: Decimal, places: number): Decimal[] | null {
  const taxed = exact.filter((tax) => tax.gt(0)).length;
  const off = sum(exact).minus(total).abs();
  if (taxed === 0) return total.eq(0) ? exact.map(() => ZERO) : null;
  if (off.gt(half(places).times(2).times(taxed))) return null;
  return settle(exact, total, places);
}

/**
 * The same, but for each tax rule on its own, so that the tax report ties per rule and not only in sum (F42): where
 * BigCommerce's tax rows tell the whole order's tax, a rule's rows carry what was charged under it plus what its discounts take
 * off. Null: the tax rows do not tell, or it does not fit.
 */
export function settledPerRule(
  rows: readonly Row[],
  exact: readonly Decimal[],
  orderTax: Decimal,
  discountTax: ReadonlyMap<string, Decimal>,
  places: number,
): Decimal[] | null {
  // Only products carry order discounts: the other rows' own figures are what was charged.
  const told = rows.map((row) => row.told ?? (row.kind === "product" && taxOf(row).gt(0) ? null : taxOf(row)));
  if (!told.every((tax): tax is Decimal => tax !== null) || !sum(told).eq(orderTax)) return null;
  const result = rows.map(() => ZERO);
  for (const rule of new Set(rows.map((row) => row.taxRule))) {
    const at = rows.flatMap((row, i) => (row.taxRule === rule ? [i] : []));
    const target = sum(at.map((i) => told[i] as Decimal)).plus(discountTax.get(rule) ?? ZERO);
    const settled = round(target, places).eq(target)
      ? settledTaxes(
          at.map((i) => exact[i] as Decimal),
          target,
          places,
        )
      : null;
    if (!settled) return null;
    at.forEach((i, k) => {
      result[i] = settled[k] as Decimal;
    });
  }
  return result;
}
