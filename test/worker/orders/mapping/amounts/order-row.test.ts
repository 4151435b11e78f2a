import Big from "big.js";
import { expect, it } from "vitest";
import { four, type Row, sideOf, taxOf } from "../../../../../worker/orders/mapping/amounts/order-row.ts";

const row = { ex: new Big("10.00"), inc: new Big("11.00") } as Row;

it("a row is priced on the side that the shop's prices are on, and its tax is what lies between", () => {
  expect([sideOf(row, true), sideOf(row, false), taxOf(row)].map(String)).toEqual(["11", "10", "1"]);
});
it("amounts have four decimals, as Cin7 Core takes them", () => {
  expect([four(new Big("1.00005")), four(new Big("-1.00005"))].map(String)).toEqual(["1.0001", "-1.0001"]);
});
