import { type Decimal, largestRemainder, round, settle, sum, ZERO } from "../../../lib/money.ts";
import { type Row, sideOf, taxOf } from "./order-row.ts";

/** What discounts take off the tax: of each row, and of each discount, exactly. */
export type TaxOff = { perRow: readonly Decimal[]; parts: readonly { taxRule: string; exactTax: Decimal }[] };
export type Taxes = { rows: Decimal[]; parts: Decimal[] };
type Order = { tax: Decimal; places: number; inclusive: boolean };

/**
 * Tax of each row and discount to the cent (M2, M3, F42). First the tax rules share the order's tax, so that none is more than
 * half a cent from BigCommerce's own sum wherever the cents allow it; then the rows of each rule share theirs: largest remainder,
 * a tie to the lower line ID. Null: the order's tax is more than a cent a row away from what the rows say, so it is not rounding.
 */
export function taxesOf(rows: readonly Row[], order: Order, off: TaxOff | null): Taxes | null {
  const charged = chargedTaxes(rows, order, off);
  const exact = charged.perRow;
  const taxed = exact.filter((tax) => !tax.eq(0)).length;
  if (taxed === 0 && !order.tax.eq(0)) return null;
  if (sum(exact).minus(order.tax).abs().gt(unit(order.places).times(taxed))) return null;
  const rules = [...new Set(rows.map((row) => row.taxRule))];
  const under = (rule: string) => rows.flatMap((row, i) => (row.taxRule === rule ? [i] : []));
  const perRule = settle(
    rules.map((rule) => sum(under(rule).map((i) => exact[i] as Decimal))),
    order.tax,
    order.places,
  );
  const ofDiscounts = off ? discountTaxes(rows, rules, charged, order, off) : null;
  const result = rows.map(() => ZERO);
  rules.forEach((rule, r) => {
    const at = under(rule);
    const target = (perRule[r] as Decimal).plus(ofDiscounts?.perRule[r] ?? ZERO);
    const before = at.map((i) => beforeDiscount(rows[i] as Row, i, charged, off));
    for (const [k, tax] of settledRows(
      before,
      at.map((i) => charged.told && !touched(i, off)),
      target,
      order.places,
    ).entries())
      result[at[k] as number] = tax;
  });
  return { rows: result, parts: ofDiscounts?.parts ?? [] };
}

const unit = (places: number): Decimal => ZERO.plus(1).div(10 ** places);
const touched = (i: number, off: TaxOff | null): boolean => !(off?.perRow[i] ?? ZERO).eq(0);

/** `told`: BigCommerce's tax rows tell the tax of every row. */
type Charged = { perRow: Decimal[]; told: boolean };

/**
 * The most exact tax that was charged for each row: BigCommerce's tax rows where they make the order's tax; else side × rate where
 * that agrees with inc − ex to the cent; else inc − ex; less what discounts take off.
 */
function chargedTaxes(rows: readonly Row[], { tax, places, inclusive }: Order, off: TaxOff | null): Charged {
  // Only products carry order discounts: the other rows' own figures are what was charged.
  const told = rows.map((row) => row.told ?? (row.kind === "product" && !taxOf(row).eq(0) ? null : taxOf(row)));
  const known = told.filter((each): each is Decimal => each !== null);
  // Shops round the tax once for each rate: half a cent for each of them.
  const rates = new Set(rows.filter((row) => !taxOf(row).eq(0)).map((row) => `${row.taxRule} ${row.rate?.toFixed() ?? ""}`)).size;
  const most = unit(places).div(2).times(Math.max(rates, 1));
  if (known.length === rows.length && sum(known).minus(tax).abs().lte(most)) return { perRow: known, told: true };
  const perRow = rows.map((row, i) => {
    const plainTax = taxOf(row);
    const less = off?.perRow[i] ?? ZERO;
    if (!row.rate || row.rate.lte(0)) return plainTax.minus(less);
    const side = sideOf(row, inclusive);
    const byRate = inclusive ? side.times(row.rate).div(row.rate.plus(100)) : side.times(row.rate).div(100);
    return (byRate.minus(plainTax).abs().lte(unit(places)) ? byRate : plainTax).minus(less);
  });
  return { perRow, told: false };
}

/** A row's tax before discounts; rows that no discount touches have what was charged. */
const beforeDiscount = (row: Row, i: number, charged: Charged, off: TaxOff | null): Decimal =>
  touched(i, off) ? taxOf(row) : (charged.perRow[i] as Decimal);

/**
 * Tax of the discounts: what the rows had before less what was charged; for each rule by what its rows were charged less, then for
 * each discount under it.
 */
function discountTaxes(rows: readonly Row[], rules: readonly string[], charged: Charged, { tax, places }: Order, off: TaxOff) {
  const before = rows.map((row, i) => beforeDiscount(row, i, charged, off));
  const left = round(sum(before), places).minus(tax);
  const own = rules.map((rule) => sum(off.parts.filter((part) => part.taxRule === rule).map((part) => part.exactTax)));
  const less = rules.map((rule, r) => {
    const told = sum(
      rows.flatMap((row, i) => (row.taxRule === rule && touched(i, off) ? [taxOf(row).minus(charged.perRow[i] as Decimal)] : [])),
    );
    return charged.told && told.gt(0) ? told : (own[r] as Decimal);
  });
  const whole = own.every((each) => each.eq(0)) || left.lt(0) ? ZERO : left;
  const perRule = largestRemainder(whole, less, places);
  const parts = off.parts.map(() => ZERO);
  rules.forEach((rule, r) => {
    const at = off.parts.flatMap((part, i) => (part.taxRule === rule ? [i] : []));
    const weights = at.map((i) => (off.parts[i] as TaxOff["parts"][number]).exactTax);
    for (const [k, share] of largestRemainder(perRule[r] as Decimal, weights, places).entries()) parts[at[k] as number] = share;
  });
  return { perRule, parts };
}

/** Rows whose tax is told to the cent keep it while another one can take the odd cent. */
function settledRows(exact: readonly Decimal[], told: readonly boolean[], target: Decimal, places: number): Decimal[] {
  const kept = exact.map((tax, i) => told[i] === true && round(tax, places).eq(tax));
  const open = exact.flatMap((tax, i) => (kept[i] || tax.eq(0) ? [] : [i]));
  if (open.length === 0) return settle(exact, target, places);
  const rest = target.minus(sum(exact.filter((_, i) => kept[i])));
  const shares = settle(
    open.map((i) => exact[i] as Decimal),
    rest,
    places,
  );
  const result = [...exact];
  open.forEach((i, k) => {
    result[i] = shares[k] as Decimal;
  });
  return result;
}
