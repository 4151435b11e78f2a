import { expect, it } from "vitest";
import { defaults } from "../../../worker/settings/parts/compose.ts";
import { chargesChosen, missingSteps, taxMapped } from "../../../worker/settings/steps.ts";
import { ready, set } from "../../harness/api.ts";

const missing = (change: Parameters<typeof ready>[0]) => missingSteps(ready(change));

it("F17: a first order needs a location, a default customer, one tax class and three charge items", () => {
  expect(missingSteps(defaults())).toHaveLength(4);
  expect(missingSteps(ready())).toEqual([]);
  expect(missing(set("location.salesShipFrom", null))).toEqual(["Sales ship from"]);
  expect(missing(set("customers.defaultCustomer", null))).toEqual(["Default customer"]);
});

it("one class with one rule is enough to begin: others hold only the orders that need them", () => {
  const one = (withTax: string | null) =>
    set("tax.classes", [
      { classId: 0, className: "a", withTax, withoutTax: null },
      { classId: 1, className: "b", withTax: null, withoutTax: null },
    ]);
  expect(missing(one("GST"))).toEqual([]);
  expect(missing(one(null))).toEqual(["Tax (at least one class)"]);
  expect(taxMapped(ready(one("GST")))).toEqual({ mapped: 0, total: 2 });
});

it("each of shipping, discount and rounding is needed; the others are not", () => {
  for (const key of ["shipping", "discount", "rounding"] as const)
    expect(
      missing((s) => void delete s.charges.items[key]),
      key,
    ).toEqual(["Charge items for shipping, discounts and rounding"]);
  expect(missing((s) => void delete s.charges.items.wrapping)).toEqual([]);
  expect(chargesChosen(ready((s) => void delete s.charges.items.shipping))).toBe(chargesChosen(ready()) - 1);
});

it("F47: payments are nobody's condition", () => {
  expect(missing(set("payments.methods", []))).toEqual([]);
});
