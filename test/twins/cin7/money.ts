/** Money and quantities: numbers as the API carries them, computed with big.js only (facts 1.5: four places, payments two). */
import Big from "big.js";

export const big = (value: number | string): Big => new Big(value);
export const zero = new Big(0);

export const round = (value: Big, places = 4): number => Number(value.round(places, Big.roundHalfUp).toString());
export const sum = (values: Iterable<number>): Big => {
  let total = zero;
  for (const value of values) total = total.plus(value);
  return total;
};
export const add = (...values: number[]): number => round(sum(values));
export const sub = (a: number, b: number): number => round(big(a).minus(b));
export const times = (a: number, b: number, places = 4): number => round(big(a).times(b), places);

/** Quantity × Price × (1 − Discount/100), before tax is added (facts 2.5). */
export const lineTotal = (quantity: number, price: number, discount: number): Big =>
  big(quantity).times(price).times(big(100).minus(discount)).div(100);
