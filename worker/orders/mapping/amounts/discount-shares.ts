import { type Decimal, decimal, sum, ZERO } from "../../../lib/money.ts";
import type { Snapshot } from "../sale-draft.ts";
import { type Row, sideOf } from "./order-row.ts";

/** How much of which discount falls on which row, in BigCommerce's own figures: weights, not amounts to post. */
export type Share = { code: string | null; name: string; row: number; amount: Decimal };

/** Coupon types 3 and 4 of facts/bigcommerce.md 4.6. */
export const isShippingCoupon = (coupon: { type: number }): boolean => coupon.type === 3 || coupon.type === 4;

/**
 * From the lines' `applied_discounts` where they add up; else from the coupons, by what each line costs; shipping coupons on
 * shipping. Whatever is not told is one discount without a code over all lines. `offGross`: they come off the price with tax.
 */
export function sharesOf(
  rows: readonly Row[],
  { lines, coupons }: Snapshot,
  { amount, shippingOff, cap, offGross }: { amount: Decimal; shippingOff: Decimal; cap: Decimal; offGross: boolean },
): Share[] {
  const applied = rows
    .flatMap((row, index): Share[] => {
      const line = row.lineId ? lines.find((l) => l.id === row.lineId) : undefined;
      return (line?.applied_discounts ?? []).map((d) => ({
        code: d.code || null,
        name: d.name,
        row: index,
        amount: decimal(d.amount) ?? ZERO,
      }));
    })
    .filter((share) => share.amount.gt(0));
  const near = (a: Decimal, b: Decimal) => a.minus(b).abs().lte(cap);
  const goods = rows.flatMap((row, index) => (row.kind === "product" && sideOf(row, offGross).gt(0) ? [index] : []));
  const freight = rows.flatMap((row, index) => (row.kind === "shipping" ? [index] : []));
  const over = (at: readonly number[], code: string | null, name: string, total: Decimal): Share[] => {
    const whole = sum(at.map((i) => sideOf(rows[i] as Row, offGross)));
    return whole.eq(0) || total.lte(0)
      ? []
      : at.map((i) => ({ code, name, row: i, amount: total.times(sideOf(rows[i] as Row, offGross)).div(whole) }));
  };
  const onFreight = coupons.filter(isShippingCoupon).flatMap((c) => over(freight, c.code || null, c.code, decimal(c.discount) ?? ZERO));
  const told = sum(applied.map((s) => s.amount));
  if (told.gt(0) && near(told, amount)) return applied;
  if (told.gt(0) && onFreight.length > 0 && near(told.plus(shippingOff), amount)) return [...applied, ...onFreight];

  const known = coupons
    .filter((c) => !isShippingCoupon(c))
    .flatMap((c) => over(goods, c.code || null, c.code, decimal(c.discount) ?? ZERO));
  const freightToo = sum(known.map((s) => s.amount))
    .plus(cap)
    .lt(amount)
    ? onFreight
    : [];
  const named = [...known, ...freightToo];
  const rest = amount.minus(sum(named.map((s) => s.amount)));
  if (rest.lt(cap.times(-1)) || named.length === 0) return over(goods.length ? goods : rows.map((_, i) => i), null, "", amount);
  return rest.gt(cap) ? [...named, ...over(goods, null, "", rest)] : named;
}
