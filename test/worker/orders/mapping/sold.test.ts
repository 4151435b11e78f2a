import { expect, it } from "vitest";
import { shippedTo, soldOf } from "../../../../worker/orders/mapping/sold.ts";
import { aSnapshot } from "../../../harness/builders.ts";

const LINES = [
  { sku: " MUG ", id: 13, quantity: 2, ex: "20.0000", inc: "22.0000" },
  { sku: "TEE", id: 11, ex: "30.00", inc: "33.00" },
  { sku: "GONE", id: 12, quantity: 0, ex: "0", inc: "0" },
];

it("what was sold is said in BigCommerce's own figures, on the side that its prices are on, by line; removed lines stand for nothing", () => {
  expect(soldOf(aSnapshot({ lines: LINES }))).toEqual([
    { line: 11, sku: "TEE", quantity: 1, total: "30" },
    { line: 13, sku: "MUG", quantity: 2, total: "20" },
  ]);
  expect(soldOf(aSnapshot({ lines: LINES, inclusive: true })).map(({ total }) => total)).toEqual(["33", "22"]);
});

it("where its goods go is the address alone: what its shipping costs, and how, is none of it", () => {
  const { shipping } = aSnapshot({ lines: LINES, shipping: [{ ex: "5.00", inc: "5.50" }] });
  expect(Object.keys(shippedTo(shipping)[0] ?? {}).filter((name) => /cost|method|email/.test(name))).toEqual([]);
  expect(shippedTo(shipping)).toMatchObject([{ id: 501, street_1: "7 Quarry Rd", city: "Hobart" }]);
});
