import { expect, it } from "vitest";
import { taxClasses } from "../../../../worker/settings/choices/tax-classes.ts";
import { ready } from "../../../harness/api.ts";

const chosen = (classId: number, className: string) => ({ classId, className, withTax: "GST on Income", withoutTax: "Tax Exempt" });
const setUp = ready((s) => {
  s.tax.classes = [chosen(0, "Default Tax Class"), chosen(1, "Food"), chosen(2, "Books")];
});
const all = [
  { id: 0, name: "Default Tax Class" },
  { id: 1, name: "Food" },
  { id: 2, name: "Books" },
];

it("classes that are as they were tell nothing", () => {
  expect(taxClasses(setUp, all)).toEqual({ told: [], renamed: [], settings: setUp });
});

it("F41: a new class is told before an order needs it, one that is gone too; the default one cannot go", () => {
  const { told } = taxClasses(setUp, [
    { id: 1, name: "Food" },
    { id: 9, name: "Toys" },
  ]);
  expect(told).toEqual([
    { kind: "tax-class-new", classId: 9, className: "Toys" },
    { kind: "tax-class-gone", classId: 2, className: "Books" },
  ]);
});

it("a class that is renamed keeps its rules under the new name, and that is said of the shop's side", () => {
  const { renamed, settings } = taxClasses(setUp, [...all.slice(0, 1), { id: 1, name: "Groceries" }, ...all.slice(2)]);
  expect(renamed).toEqual([{ field: "tax.classes.1.className", before: "Food", after: "Groceries", side: "BigCommerce" }]);
  expect(settings.tax.classes[1]).toEqual(chosen(1, "Groceries"));
});

it("where nothing was chosen, or the answer is no list of classes, nothing is compared", () => {
  expect(taxClasses(setUp, [])).toEqual({ told: [], renamed: [], settings: setUp });
  const none = ready((s) => {
    s.tax.classes = [];
  });
  expect(taxClasses(none, all).told).toEqual([]);
});
