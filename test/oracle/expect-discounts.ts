import type { Raw } from "./books.ts";
import { compare, type Exact, minus, NOTHING, of, over, plus, rounded, size, sum, times } from "./exact.ts";
import type { Row } from "./expect-rows.ts";

/** One negative charge that M2 asks for: what it takes off, exactly, on the side that the sale's prices are on. */
export type Part = { code: string | null; rule: string; side: Exact; tax: Exact };
export type Discounts = { parts: Part[]; side: Exact } | { held: string };

/**
 * M2 and F39: what is left over between the rows and the order is the discount; with tax or without it must be what BigCommerce
 * says was given. One part for each coupon and tax rule; coupons together are the order's coupon discount, to the cent.
 */
export function discountsOf(
  rows: readonly Row[],
  raw: Raw,
  how: { ex: Exact; inc: Exact; tax: Exact; places: number; cap: Exact; byCode: boolean },
): Discounts {
  const { order } = raw;
  const inclusive = order.is_tax_inclusive_pricing;
  const exLeft = minus(sum(rows.map((row) => row.ex)), how.ex);
  const incLeft = minus(sum(rows.map((row) => row.inc)), how.inc);
  const taxLeft = minus(rounded(sum(rows.map((row) => minus(row.inc, row.ex))), how.places), how.tax);
  const side = inclusive ? incLeft : exLeft;
  const withTax = inclusive ? incLeft : plus(exLeft, taxLeft);
  const withoutTax = inclusive ? minus(incLeft, taxLeft) : exLeft;
  const coupons = of(order.coupon_discount);
  const given = plus(of(order.discount_amount), coupons);
  const near = (a: Exact) => compare(size(minus(a, given)), how.cap) <= 0;
  if (!near(withTax) && !near(withoutTax)) return { held: "the discount is not what is left over" };
  if (how.byCode && raw.coupons.length > 0) {
    const rowsSay = sum(raw.coupons.map((coupon) => of(coupon.discount)));
    if (compare(rounded(rowsSay, how.places), rounded(coupons, how.places)) !== 0) return { held: "coupons are not the coupon discount" };
  }
  if (given.n === 0n || side.n <= 0n) return { parts: [], side: NOTHING };

  const offGross = inclusive ? near(withTax) : !near(withoutTax);
  const sideOf = (row: Row) => (inclusive ? row.inc : row.ex);
  const onSide = (row: Row, amount: Exact) => {
    if (offGross === inclusive || row.ex.n === 0n || row.inc.n === 0n) return amount;
    return inclusive ? over(times(amount, row.inc), row.ex) : over(times(amount, row.ex), row.inc);
  };
  const shares = sharesOf(rows, raw, given, (row) => (offGross ? row.inc : row.ex), how.cap).map(({ code, row, amount }) => {
    const taken = onSide(row, amount);
    const base = sideOf(row);
    return {
      code: how.byCode ? code : null,
      rule: row.rule,
      side: taken,
      tax: base.n === 0n ? NOTHING : over(times(taken, minus(row.inc, row.ex)), base),
    };
  });
  const whole = sum(shares.map((share) => share.side));
  const keys = [...new Set(shares.map(({ code, rule }) => JSON.stringify([code, rule])))];
  const parts = keys.map((key): Part => {
    const mine = shares.filter(({ code, rule }) => JSON.stringify([code, rule]) === key);
    const [first] = mine as [Part];
    const taken = over(times(sum(mine.map((share) => share.side)), side), whole);
    return { code: first.code, rule: first.rule, side: taken, tax: sum(mine.map((share) => share.tax)) };
  });
  return { parts, side };
}

type Share = { code: string | null; row: Row; amount: Exact };

/** From the lines' own discounts where they make the whole; else each coupon, then the rest, by what the goods cost. */
function sharesOf(rows: readonly Row[], raw: Raw, given: Exact, sideOf: (row: Row) => Exact, cap: Exact): Share[] {
  const goods = rows.filter((row) => row.goods && sideOf(row).n > 0n);
  const applied = goods.flatMap((row): Share[] =>
    (raw.lines.find((line) => line.id === row.line)?.applied_discounts ?? []).map((each) => ({
      code: each.code,
      row,
      amount: of(each.amount),
    })),
  );
  const told = sum(applied.map((share) => share.amount));
  if (told.n > 0n && compare(size(minus(told, given)), cap) <= 0) return applied;
  const worth = sum(goods.map(sideOf));
  const spread = (code: string | null, amount: Exact): Share[] =>
    amount.n <= 0n || worth.n === 0n ? [] : goods.map((row) => ({ code, row, amount: over(times(amount, sideOf(row)), worth) }));
  const named = raw.coupons.flatMap((coupon) => spread(coupon.code, of(coupon.discount)));
  const rest = minus(given, sum(named.map((share) => share.amount)));
  if (named.length === 0) return spread(null, given);
  return compare(rest, cap) > 0 ? [...named, ...spread(null, rest)] : named;
}
