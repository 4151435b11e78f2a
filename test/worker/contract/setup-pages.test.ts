import { expect, it } from "vitest";
import { pageOf, SETUP_PAGES, setupAt } from "../../../worker/contract/setup-pages.ts";
import { wordsOf } from "../../../worker/problems/registry.ts";
import "../../../worker/app/compose/problems.ts";

it.each([
  ["tax.classes.3.withTax", "tax"],
  ["payments.methods.0.account", "payments"],
  ["payments.methods.0.currencies.1.account", "currencies"],
  ["customers.perCurrency.0.customer", "currencies"],
  ["location.pickups.2.location", "sale"],
  ["location.stock.10", "orders"],
  ["invoice.lockedBooks", "sale"],
  ["charges.items.gift-certificate.productId", "charges"],
])("what the server says of %s is shown on the page that holds its field: %s", (path, page) => expect(pageOf(path)).toBe(page));

it.each([
  ["location", "orders"],
  ["sale", "sale"],
  ["rounding", "charges"],
  ["currency", "currencies"],
  ["seen", "sale"],
  ["a-later-part.field", "orders"],
  ["", "orders"],
])("a part that did not arrive is told on the page of its first field, what nobody knows on the first page: %s", (path, page) =>
  expect(pageOf(path)).toBe(page),
);

it("a problem leads to the page that holds the very field, as Setup itself does", () => {
  const to = (field: string) => wordsOf({ kind: "setting-gone", field, text: "It is gone." }, { orders: [], orderCount: 0 }).remedies;
  expect(to("payments.methods.0.currencies.1.account")).toEqual([{ label: "Open Setup", to: "/setup/currencies" }]);
  expect(to("location.pickups.0.location")).toEqual([{ label: "Open Setup", to: "/setup/sale" }]);
  expect(setupAt("customers.companyInAddress")).toBe("/setup/sale");
  expect(SETUP_PAGES.map(([page]) => page)).toContain(pageOf("nothing"));
});
