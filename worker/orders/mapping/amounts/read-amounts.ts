import type { Order } from "../../../bigcommerce/schemas.ts";
import { type Decimal, decimal, placesOf, round, ZERO } from "../../../lib/money.ts";

/** Reads amounts and remembers the names of those that are none, so that a person is told which (design 9). */
export type Reader = { read: (value: unknown, field: string) => Decimal; bad: string[] };

export function reader(): Reader {
  const bad: string[] = [];
  return {
    bad,
    read: (value, field) => {
      const amount = decimal(value);
      if (amount === null) bad.push(field);
      return amount ?? ZERO;
    },
  };
}

/**
 * The order's own totals. `inc` and `tax` are what BigCommerce charged, with the currency's decimals; `ex` is their
 * difference, so that the three always agree (M1). `shownEx` is BigCommerce's own net figure, to compare.
 */
export type Figures = {
  inc: Decimal;
  tax: Decimal;
  ex: Decimal;
  shownEx: Decimal;
  shownInc: Decimal;
  discounts: Decimal;
  /** The part of the discounts that coupons gave. */
  coupons: Decimal;
  cap: Decimal;
  places: number;
};

const HIGHEST_CAP = decimal("1.00") as Decimal;

export function figuresOf(order: Order, currency: string, capText: string, { read }: Reader): Figures {
  const places = placesOf(currency);
  const shownInc = read(order.total_inc_tax, "total_inc_tax");
  const inc = round(shownInc, places);
  const tax = round(read(order.total_tax, "total_tax"), places);
  const coupons = read(order.coupon_discount, "coupon_discount");
  const cap = decimal(capText) ?? (decimal("0.05") as Decimal);
  return {
    inc,
    tax,
    ex: inc.minus(tax),
    shownEx: read(order.total_ex_tax, "total_ex_tax"),
    shownInc,
    discounts: read(order.discount_amount, "discount_amount").plus(coupons),
    coupons,
    cap: cap.gt(HIGHEST_CAP) ? HIGHEST_CAP : cap,
    places,
  };
}
