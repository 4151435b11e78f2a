import type { Placed, Sale, ShopOrder, Tell } from "./judge.ts";
import { PICKUP_AT, SHIP_FROM } from "./shops.ts";

/** One sale a day (F15): which orders a sale is for, and what all of them must share. */
export const isDaily = (sale: Sale): boolean => /^ls:[^:]+:day-/.test(sale.ExternalID ?? "");

/** Of a daily sale: those that its note names for the accountant. Else the order of its mark. */
export function ordersOf(sale: Sale): number[] {
  if (!isDaily(sale)) return [Number(sale.ExternalID?.split(":")[2] || sale.CustomerReference)];
  const named = sale.Note.slice(sale.Note.indexOf(":")).match(/\d+/g) ?? [];
  return named.map(Number);
}

/** Several orders as one: every amount is the sum of theirs. */
export function together(orders: readonly ShopOrder[]): ShopOrder {
  const [first] = orders as [ShopOrder, ...ShopOrder[]];
  const sum = (amount: (order: ShopOrder) => string) =>
    (orders.reduce((all, order) => all + Math.round(Number(amount(order)) * 10_000), 0) / 10_000).toFixed(4);
  return {
    ...first,
    total_inc_tax: sum((order) => order.total_inc_tax),
    total_tax: sum((order) => order.total_tax),
    gift_certificate_amount: sum((order) => order.gift_certificate_amount),
    store_credit_amount: sum((order) => order.store_credit_amount),
    taxes: orders.flatMap((order) => order.taxes),
  };
}

/** A daily sale is of one currency and one location; in its shop no order has a sale of its own, elsewhere none is daily. */
export function judgeDay(sale: Sale, members: readonly Placed[], orders: readonly ShopOrder[], tell: Tell): void {
  const daily = members.some(({ life }) => life.shop === "day");
  if (isDaily(sale) !== daily) tell("unwanted", daily ? `sale ${sale.ID} of its own` : `daily sale ${sale.ID}`);
  if (!daily) return;
  const other = orders.filter((order) => order.default_currency_code !== sale.CustomerCurrency);
  if (other.length > 0) tell("unwanted", `in the daily sale in ${sale.CustomerCurrency}: ${other.map(({ id }) => id).join(", ")}`);
  const away = members.filter(({ life }) => (life.form["pickup"] ? PICKUP_AT : SHIP_FROM) !== sale.Location);
  if (away.length > 0) tell("unwanted", `in the daily sale at ${sale.Location}: ${away.map(({ id }) => id).join(", ")}`);
}
