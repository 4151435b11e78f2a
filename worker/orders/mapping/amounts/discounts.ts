import Big from "big.js";
import { type Decimal, decimal, largestRemainder, round, sum, ZERO } from "../../../lib/money.ts";
import type { Snapshot } from "../sale-draft.ts";
import { isShippingCoupon, type Share, sharesOf } from "./discount-shares.ts";
import { type Row, sideOf, taxOf } from "./order-row.ts";
import type { Figures } from "./read-amounts.ts";

/**
 * One negative charge: `side` is its net in an exclusive sale, its gross in an inclusive one; a positive figure here. `exactTax`: to
 * the last digit, before the cents are shared out.
 */
export type DiscountPart = {
  code: string | null;
  names: string[];
  taxRule: string;
  taxWhy: string;
  side: Decimal;
  exactTax: Decimal;
  over: Portion[];
};
/** What of a discount falls on one row, by its place among the rows. */
type Portion = { row: number; side: Decimal; exactTax: Decimal };
export type Discounts =
  | { is: "none" }
  /** `perRow`: each row's share of `side`; `taxPerRow`: what the discounts take off its tax, exactly. */
  | { is: "parts"; parts: DiscountPart[]; perRow: Decimal[]; taxPerRow: Decimal[] }
  | { is: "differs"; ours: Decimal; theirs: Decimal; where: string; of?: "coupons" };

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
  if (amount === undefined) {
    // In figures that the order has: what it says, and what its rows less its discounts make on the side that is nearer.
    const gross = withTax.minus(f.discounts).abs().lt(withoutTax.minus(f.discounts).abs());
    const theirs = gross ? f.inc : f.ex;
    const ours = theirs.plus(gross ? withTax : withoutTax).minus(f.discounts);
    const where = f.discounts.eq(0) ? "in its lines and charges" : "in the discount";
    return { is: "differs", ours, theirs, where: gross || f.tax.eq(0) ? where : `${where}, without tax` };
  }
  const coupons = byCoupon ? couponsDiffer(snapshot, f) : null;
  if (coupons) return coupons;
  if (amount.eq(0) || side.lte(0)) return { is: "none" };
  const first = inclusive ? withTax : withoutTax;
  const basisIsInc = near(first, amount) ? inclusive : !inclusive;

  const shares = sharesOf(rows, snapshot, { amount, shippingOff, cap: f.cap, offGross: basisIsInc });
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
  // Each row may be rounded by the currency's smallest unit: a cent, a yen, a fils.
  const tolerance = f.cap.plus(new Big(10).pow(-f.places).times(rows.length + 1));
  if (exactTax.minus(taxLeft).abs().gt(tolerance))
    return { is: "differs", ours: f.tax.plus(taxLeft).minus(exactTax), theirs: f.tax, where: "in the discount's tax" };

  const groups = groupsOf(weighed, byCoupon);
  const places = round(side, f.places).eq(side) ? f.places : 4;
  const sides = largestRemainder(
    side,
    groups.map((g) => sum(g.map((w) => w.onSide))),
    places,
  );
  const parts = groups.map((g, i): DiscountPart => {
    const [one] = g as [(typeof weighed)[number]];
    const names = [...new Set(g.map((w) => w.name).filter(Boolean))];
    return {
      code: byCoupon ? one.code : null,
      names,
      taxRule: one.taxRule,
      taxWhy: one.taxWhy,
      side: sides[i] as Decimal,
      exactTax: sum(g.map((w) => w.tax)),
      over: portionsOf(g, sides[i] as Decimal, places),
    };
  });
  const perRow = sharesPerRow(side, rows, weighed, inclusive, places);
  const taxPerRow = rows.map((_, i) => sum(weighed.filter((w) => w.row === i).map((w) => w.tax)));
  return { is: "parts", parts, perRow, taxPerRow };
}

/** F39: the coupons together are the order's coupon discount, to the cent; those on shipping may be in it or not. */
function couponsDiffer({ coupons }: Snapshot, f: Figures): Discounts | null {
  const total = (some: Snapshot["coupons"]) => round(sum(some.map((coupon) => decimal(coupon.discount) ?? ZERO)), f.places);
  const given = round(f.coupons, f.places);
  const goods = coupons.filter((coupon) => !isShippingCoupon(coupon));
  if (coupons.length === 0 || total(coupons).eq(given) || total(goods).eq(given)) return null;
  return { is: "differs", ours: total(coupons), theirs: given, where: "in its coupons", of: "coupons" };
}

/** A part of the discount row by row: together they are the part exactly. */
function portionsOf(group: readonly Weighed[], side: Decimal, places: number): Portion[] {
  const rows = [...new Set(group.map((w) => w.row))];
  const of = (what: "onSide" | "tax") => rows.map((row) => sum(group.filter((w) => w.row === row).map((w) => w[what])));
  const [sides, taxes] = [largestRemainder(side, of("onSide"), places), of("tax")];
  return rows.map((row, i) => ({ row, side: sides[i] as Decimal, exactTax: taxes[i] as Decimal }));
}

/** Each row's share of the discount, never more than the row is worth; by what the rows cost where the told shares are more. */
function sharesPerRow(side: Decimal, rows: readonly Row[], weighed: readonly Weighed[], inclusive: boolean, places: number): Decimal[] {
  const worth = rows.map((row) => sideOf(row, inclusive));
  const told = rows.map((_, i) => (worth[i]?.gt(0) ? sum(weighed.filter((w) => w.row === i).map((w) => w.onSide)) : ZERO));
  const split = largestRemainder(side, told, places);
  // A fee below zero is worth nothing that a discount could lower.
  const most = worth.map((each) => (each.gt(0) ? each : ZERO));
  return split.every((share, i) => share.lte(most[i] as Decimal)) ? split : largestRemainder(side, most, places);
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
