import Big from "big.js";
import { type Decimal, decimal, largestRemainder, round, sum, ZERO } from "../../../lib/money.ts";
import type { Snapshot } from "../sale-draft.ts";
import { isShippingCoupon, type Share, sharesOf } from "./discount-shares.ts";
import { type Row, sideOf, taxOf } from "./order-row.ts";
import type { Figures } from "./read-amounts.ts";

/** One negative charge: `side` is its net in an exclusive sale, its gross in an inclusive one; both figures positive here. */
export type DiscountPart = {
  code: string | null;
  names: string[];
  taxRule: string;
  taxWhy: string;
  side: Decimal;
  tax: Decimal;
  over: Portion[];
};
/** What of a discount falls on one row, by its place among the rows. */
export type Portion = { row: number; side: Decimal; tax: Decimal };
export type Discounts =
  | { is: "none" }
  /** `rowTax`: tax of all rows before the discount, so that rows − parts = the order's tax. `perRow`: each row's share of `side`. */
  | { is: "parts"; parts: DiscountPart[]; rowTax: Decimal; perRow: Decimal[] }
  | { is: "differs"; ours: Decimal; theirs: Decimal; where: string };

/**
 * M2: discounts are what is left over, net = rows − order, tax = tax of the rows before discount − order tax; with or without
 * tax that must be discount_amount + coupon_discount within the cap. Split per coupon (else one *Discount*) and per tax rule.
 */
export function discountsOf(rows: readonly Row[], snapshot: Snapshot, f: Figures, inclusive: boolean, byCoupon: boolean): Discounts {
  const exLeft = sum(rows.map((r) => r.ex)).minus(f.ex);
  const incLeft = sum(rows.map((r) => r.inc)).minus(f.inc);
  const taxLeft = round(sum(rows.map(taxOf)), f.places).minus(f.tax);
  const side = inclusive ? incLeft : exLeft;
  const withTax = inclusive ? incLeft : exLeft.plus(taxLeft);
  const withoutTax = inclusive ? incLeft.minus(taxLeft) : exLeft;
  const shippingOff = sum(snapshot.coupons.filter(isShippingCoupon).map((c) => decimal(c.discount) ?? ZERO));

  const expected = [f.discounts, f.discounts.minus(shippingOff), f.discounts.plus(shippingOff)].filter((e) => e.gte(0));
  const near = (a: Decimal, b: Decimal) => a.minus(b).abs().lte(f.cap);
  const amount = expected.find((e) => near(withoutTax, e) || near(withTax, e));
  if (amount === undefined)
    return {
      is: "differs",
      ours: inclusive ? withTax : withoutTax,
      theirs: f.discounts,
      where: f.discounts.eq(0) ? "in its lines and charges" : "in the discount",
    };
  if (amount.eq(0) || side.lte(0)) return { is: "none" };
  const first = inclusive ? withTax : withoutTax;
  const basisIsInc = near(first, amount) ? inclusive : !inclusive;

  const shares = sharesOf(rows, snapshot, amount, shippingOff, f.cap, inclusive);
  const ratio = (row: Row, up: boolean) => (row.ex.eq(0) || row.inc.eq(0) ? ZERO.plus(1) : up ? row.inc.div(row.ex) : row.ex.div(row.inc));
  const weighed = shares.map((share) => {
    const row = rows[share.row] as Row;
    const ex = basisIsInc ? share.amount.times(ratio(row, false)) : share.amount;
    const onSide = inclusive === basisIsInc ? share.amount : share.amount.times(ratio(row, inclusive));
    return { ...share, taxRule: row.taxRule, taxWhy: row.taxWhy, ex, onSide, tax: row.ex.eq(0) ? ZERO : ex.times(taxOf(row)).div(row.ex) };
  });
  const scale = sum(weighed.map((w) => w.onSide));
  const exactTax = scale.eq(0)
    ? ZERO
    : sum(weighed.map((w) => w.tax))
        .times(side)
        .div(scale);
  const tax = exactTax.eq(0) || taxLeft.lt(0) ? ZERO : taxLeft;
  // Each row may be rounded by the currency's smallest unit: a cent, a yen, a fils.
  const tolerance = f.cap.plus(new Big(10).pow(-f.places).times(rows.length + 1));
  if (exactTax.minus(taxLeft).abs().gt(tolerance))
    return { is: "differs", ours: exactTax, theirs: taxLeft, where: "in the discount's tax" };

  const groups = groupsOf(weighed, byCoupon);
  const places = round(side, f.places).eq(side) ? f.places : 4;
  const sides = largestRemainder(
    side,
    groups.map((g) => sum(g.map((w) => w.onSide))),
    places,
  );
  const taxes = splitTax(tax, groups, rows, f.places);
  const parts = groups.map((g, i): DiscountPart => {
    const [one] = g as [(typeof weighed)[number]];
    const names = [...new Set(g.map((w) => w.name).filter(Boolean))];
    return {
      code: byCoupon ? one.code : null,
      names,
      taxRule: one.taxRule,
      taxWhy: one.taxWhy,
      side: sides[i] as Decimal,
      tax: taxes[i] as Decimal,
      over: portionsOf(g, sides[i] as Decimal, taxes[i] as Decimal, places, f.places),
    };
  });
  const perRow = sharesPerRow(side, rows, weighed, inclusive, places);
  return { is: "parts", parts: parts.filter((p) => !p.side.eq(0) || !p.tax.eq(0)), rowTax: f.tax.plus(tax), perRow };
}

/** A part of the discount row by row: together they are the part exactly. */
function portionsOf(group: readonly Weighed[], side: Decimal, tax: Decimal, places: number, taxPlaces: number): Portion[] {
  const rows = [...new Set(group.map((w) => w.row))];
  const weights = (of: "onSide" | "tax") => rows.map((row) => sum(group.filter((w) => w.row === row).map((w) => w[of])));
  const sides = largestRemainder(side, weights("onSide"), places);
  const taxes = largestRemainder(tax, weights("tax"), taxPlaces);
  return rows.map((row, i) => ({ row, side: sides[i] as Decimal, tax: taxes[i] as Decimal }));
}

/** Each row's share of the discount, never more than the row is worth; by what the rows cost where the told shares are more. */
function sharesPerRow(side: Decimal, rows: readonly Row[], weighed: readonly Weighed[], inclusive: boolean, places: number): Decimal[] {
  const worth = rows.map((row) => sideOf(row, inclusive));
  const told = rows.map((_, i) => (worth[i]?.gt(0) ? sum(weighed.filter((w) => w.row === i).map((w) => w.onSide)) : ZERO));
  const split = largestRemainder(side, told, places);
  return split.every((share, i) => share.lte(worth[i] as Decimal)) ? split : largestRemainder(side, worth, places);
}

type Weighed = Share & { taxRule: string; taxWhy: string; ex: Decimal; onSide: Decimal; tax: Decimal };

/** Per coupon and tax rule, in the sequence of coupons, then of lines. */
function groupsOf(weighed: readonly Weighed[], byCoupon: boolean): Weighed[][] {
  const groups = new Map<string, Weighed[]>();
  for (const w of [...weighed].sort((a, b) => a.row - b.row)) {
    const key = JSON.stringify([byCoupon ? w.code : null, w.taxRule]);
    groups.set(key, [...(groups.get(key) ?? []), w]);
  }
  return [...groups.values()];
}

/**
 * Tax of the discount to the cent: first per rule, by what BigCommerce's tax rows say was charged less than before (else by
 * the rows' own tax), then per coupon within the rule. The tax report then ties per rule, not only in sum.
 */
function splitTax(tax: Decimal, groups: readonly Weighed[][], rows: readonly Row[], places: number): Decimal[] {
  const rules = [...new Set(groups.map((g) => g[0]?.taxRule ?? ""))];
  const own = rules.map((rule) => sum(groups.filter((g) => g[0]?.taxRule === rule).flatMap((g) => g.map((w) => w.tax))));
  const told = rules.map((rule, i) => {
    const under = rows.filter((row) => row.taxRule === rule);
    if (own[i]?.eq(0) || under.some((row) => row.told === null && taxOf(row).gt(0))) return null;
    const less = sum(under.map((row) => taxOf(row).minus(row.told ?? ZERO)));
    return less.gt(0) ? less : null;
  });
  const usable = told.every((t, i) => t !== null || own[i]?.eq(0));
  const perRule = largestRemainder(tax, usable ? told.map((t) => t ?? ZERO) : own, places);
  const result = groups.map(() => ZERO);
  rules.forEach((rule, i) => {
    const at = groups.flatMap((g, index) => (g[0]?.taxRule === rule ? [index] : []));
    const split = largestRemainder(
      perRule[i] as Decimal,
      at.map((index) => sum((groups[index] as Weighed[]).map((w) => w.tax))),
      places,
    );
    at.forEach((index, k) => {
      result[index] = split[k] as Decimal;
    });
  });
  return result;
}
