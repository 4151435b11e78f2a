import Big from "big.js";
import { type Decimal, plain, round, sum, ZERO } from "../../../lib/money.ts";
import { type Row, sideOf } from "./order-row.ts";

/** A row as Cin7 takes it: quantity × price × (1 − discount/100) = total. */
export type Money = { quantity: string; price: string; discount: string; total: string };

type How = {
  inclusive: boolean;
  /** What the rows shall make together, before discounts that are charges. */
  target: Decimal;
  cap: Decimal;
  places: number;
  /** Discounts lower the prices. */
  spread: boolean;
  negativeChargesRefused: boolean;
  zeroPriceRefused: boolean;
};

/**
 * Unit prices of at most 4 decimals (M4, J7). The shop's own price, which the shopper knows, where BigCommerce's total is its
 * rounding, the rounding charge stays in its cap and the document ends at the same total however Cin7 rounds; else the total ÷ quantity, so that least is left over. Where discounts lower
 * the prices of very many units and the cap would be passed, a row becomes two whose prices differ by 0.0001: nothing is left.
 */
export function unitPrices(rows: readonly Row[], how: How): Money[][] {
  const { target, cap, negativeChargesRefused } = how;
  const leftOf = (all: Money[][]) => target.minus(sum(all.flat().map((money) => new Big(money.total))));
  const fits = (all: Money[][]) => {
    const left = leftOf(all);
    return left.abs().lte(cap) && !(negativeChargesRefused && left.lt(0));
  };
  const shops = rows.map((row) => [shopPrice(row, how) ?? evenly(row, how)]);
  const even = rows.map((row) => [evenly(row, how)]);
  // Cin7 may round each row to two decimals: the shop's prices must not take the document further from its total by that.
  const roundedOff = (all: Money[][]) =>
    sum([...all.flat().map((money) => new Big(money.total)), leftOf(all)].map((each) => round(each, 2)))
      .minus(target)
      .abs();
  if (fits(shops) && roundedOff(shops).lte(roundedOff(even))) return shops;
  return fits(even) || !how.spread ? even : rows.map((row) => exactly(row, how));
}

/** Free rows: discount 100 (cin7-core.md 2.4, M18). */
const free = (row: Row, { zeroPriceRefused }: How): Money => ({
  quantity: String(row.quantity),
  price: zeroPriceRefused ? "1" : "0",
  discount: "100",
  total: "0",
});

const times = (price: Decimal, quantity: number): Money => ({
  quantity: String(quantity),
  price: plain(price),
  discount: "0",
  total: plain(price.times(quantity)),
});

/** Null: the shop's price does not make BigCommerce's total to half of the currency's smallest unit. */
function shopPrice(row: Row, { inclusive, places }: How): Money | null {
  const side = sideOf(row, inclusive);
  if (!row.shopPrice || side.lte(0) || !round(row.shopPrice, 4).eq(row.shopPrice)) return null;
  const half = new Big("0.5").div(10 ** places);
  return row.shopPrice.times(row.quantity).minus(side).abs().lte(half) ? times(row.shopPrice, row.quantity) : null;
}

function evenly(row: Row, how: How): Money {
  const side = sideOf(row, how.inclusive);
  if (side.eq(0)) return free(row, how);
  // Rounded down where a negative rounding charge could not be posted.
  return times(side.div(row.quantity).round(4, how.negativeChargesRefused ? Big.roundDown : Big.roundHalfUp), row.quantity);
}

/** As two rows where one price does not make the total: the odd ten-thousandths on as many units. */
function exactly(row: Row, how: How): Money[] {
  const side = sideOf(row, how.inclusive);
  if (side.lte(0)) return [evenly(row, how)];
  const step = new Big("0.0001");
  const low = side.div(row.quantity).round(4, Big.roundDown);
  const odd = Number(side.minus(low.times(row.quantity)).div(step).toFixed());
  const rest = row.quantity - odd;
  if (odd === 0 || !Number.isInteger(odd)) return [evenly(row, how)];
  return [...(low.eq(ZERO) ? [{ ...free(row, how), quantity: String(rest) }] : [times(low, rest)]), times(low.plus(step), odd)];
}
