import { expect, it } from "vitest";
import { charges } from "../../../../worker/settings/parts/charges.ts";
import { refused, told } from "./part.ts";

const item = { productId: "p-1", name: "Freight", account: "260" };

it("a charge is told by its own name: its item, another one of the same name, its account", () => {
  expect(told("charges.items", {}, { shipping: item })).toEqual([
    "Charges: Shipping: none → Freight",
    "Charges: Shipping, account: none → 260",
  ]);
  expect(told("charges.items", { shipping: item }, { shipping: { ...item, productId: "p-2" } })).toEqual([
    "Charges: Shipping: another item of the same name",
  ]);
});

it("a charge that nobody knows is refused from a person, and left out of what a newer release has stored", () => {
  const items = { shipping: item, tips: item };
  expect(refused("charges.items", items)).toEqual({ "charges.items.tips": "This is not a charge that Lockstep knows." });
  expect(charges.known?.({ items, spreadDiscounts: true })).toEqual({ items: { shipping: item }, spreadDiscounts: true });
  expect(charges.known?.({ items: "many" })).toEqual({ items: "many" });
  expect(charges.known?.(undefined)).toEqual({});
});
