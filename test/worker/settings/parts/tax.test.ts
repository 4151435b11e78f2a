import { expect, it } from "vitest";
import { refused, told } from "./part.ts";

const row = (classId: number, className: string, withTax: string | null, withoutTax: string | null) => ({
  classId,
  className,
  withTax,
  withoutTax,
});

it("M5: of a class is told that it came or went, its name, and each of its two rules", () => {
  expect(
    told("tax.classes", [row(0, "A", "GST", null), row(1, "B", null, null)], [row(0, "A1", "GST", "Free"), row(2, "C", "GST", null)]),
  ).toEqual([
    "Tax: B removed",
    "Tax: name of the class: A → A1",
    "Tax: A1 when no tax was charged: none → Free",
    "Tax: C added",
    "Tax: C when tax was charged: none → GST",
  ]);
});

it("a special rule is told by the orders that it is for", () => {
  const special = { classId: null, side: "with", taxName: "", country: "", rule: "GST" };
  const narrow = { classId: 2, side: "without", taxName: "VAT", country: "!AU", customers: "exempt", rule: "Free" };
  expect(told("tax.special", [special], [special, narrow])).toEqual([
    "Tax: special rule for class 2 when no tax was charged, tax VAT, country !AU, tax-exempt customers: none → Free",
  ]);
  expect(told("tax.special", [], [special])).toEqual(["Tax: special rule for every class when tax was charged: none → GST"]);
  expect(Object.keys(refused("tax.special", [{ ...narrow, country: "Australia" }]))).toEqual(["tax.special.0.country"]);
});

it("F152: what the first save fills in by itself is not told as a change", () => {
  expect(told("tax.pricesIncludeTax", null, true)).toEqual([]);
  expect(told("tax.pricesIncludeTax", false, true)).toEqual(["Prices in the shop: without tax → with tax"]);
});
