import { expect, it } from "vitest";
import { renamed, renamedWords, withLiveNames } from "../../../worker/settings/renamed.ts";
import { ready } from "../../harness/api.ts";

const before = ready((s) => {
  s.location.salesShipFrom = { id: "loc-1", name: "Main Warehouse" };
  s.location.pickups = [{ id: 7, name: "Counter", location: { id: "LOC-2", name: "Shop" } }];
  s.customers.defaultCustomer = { id: "cus-1", name: "Web customer" };
  s.charges.items.shipping = { productId: "P-1", name: "Shipping", account: "260" };
});
const live = {
  locations: [
    { id: "LOC-1", name: "Melbourne DC", deprecated: false },
    { id: "loc-2", name: "Shop", deprecated: false },
  ],
  customer: { id: "cus-1", name: "Web shop", currency: "AUD", active: true },
  products: new Map([["p-1", { name: "Freight", service: true, active: true }]]),
};

it("what Cin7 Core calls otherwise today is followed by its ID, in any case, and said by its path in Setup", () => {
  const now = withLiveNames(before, live);
  expect(renamed(before, now)).toEqual([
    { field: "customers.defaultCustomer", before: "Web customer", after: "Web shop" },
    { field: "location.salesShipFrom", before: "Main Warehouse", after: "Melbourne DC" },
    { field: "charges.items.shipping.productId", before: "Shipping", after: "Freight" },
  ]);
  expect(now.charges.items.shipping).toEqual({ productId: "P-1", name: "Freight", account: "260" });
});

it("what was not read keeps its name, and what was taken away or chosen anew is not renamed", () => {
  expect(withLiveNames(before, {})).toEqual(before);
  expect(
    renamed(
      before,
      ready((s) => {
        s.location.salesShipFrom = null;
        s.location.pickups = before.location.pickups;
        s.customers.defaultCustomer = before.customers.defaultCustomer;
        s.charges.items = {};
      }),
    ),
  ).toEqual([]);
});

it("the history says each new name once, and on which side", () => {
  const names = [
    { field: "location.salesShipFrom", before: "Main", after: "DC" },
    { field: "location.stock.0", before: "Main", after: "DC" },
    { field: "tax.classes.0", before: "Food", after: "Groceries", side: "BigCommerce" as const },
  ];
  expect(renamedWords(names)).toEqual(["Renamed in Cin7 Core: Main → DC", "Renamed in BigCommerce: Food → Groceries"]);
});
