import { expect, it } from "vitest";
import type { Order } from "../../../../../worker/bigcommerce/schemas.ts";
import { figuresOf, reader } from "../../../../../worker/orders/mapping/amounts/read-amounts.ts";

const ORDER = {
  total_inc_tax: "110.0000",
  total_ex_tax: "100.0000",
  total_tax: "10.0000",
  discount_amount: "5.00",
  coupon_discount: "2.50",
} as unknown as Order;
const figures = (more: object = {}, currency = "AUD", cap = "0.05") => {
  const read = reader();
  return { ...figuresOf({ ...ORDER, ...more } as Order, currency, cap, read), bad: read.bad };
};

it("M1: net, tax and total always agree: net is what is left of the total, whatever BigCommerce shows as net", () => {
  const { ex, tax, inc, shownEx } = figures({ total_ex_tax: "100.01" });
  expect([ex, tax, inc, shownEx].map(String)).toEqual(["100", "10", "110", "100.01"]);
});

it("amounts have the decimals of their currency: a yen none, a dinar three", () => {
  expect(String(figures({ total_inc_tax: "110.4", total_tax: "10.4" }, "JPY").inc)).toBe("110");
  expect(String(figures({ total_inc_tax: "110.1234", total_tax: "0" }, "KWD").inc)).toBe("110.123");
});

it("discounts are those of the order and its coupons together", () => {
  expect([figures().discounts, figures().coupons].map(String)).toEqual(["7.5", "2.5"]);
});

it("M4: the cap for rounding is never above 1.00, and 0.05 where Setup's cannot be read", () => {
  expect([figures({}, "AUD", "0.10"), figures({}, "AUD", "25"), figures({}, "AUD", "x")].map(({ cap }) => String(cap))).toEqual([
    "0.1",
    "1",
    "0.05",
  ]);
});

it("what is no amount is named, all of it, and counts as nothing", () => {
  const { bad, inc } = figures({ total_inc_tax: "ten", total_tax: null });
  expect([bad, String(inc)]).toEqual([["total_inc_tax", "total_tax"], "0"]);
});
