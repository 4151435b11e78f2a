import { expect, it } from "vitest";
import { invoice } from "../../../../worker/settings/parts/invoice.ts";
import type { LiveAccount } from "../../../../worker/settings/parts/live.ts";
import { told } from "./part.ts";

const asset: LiveAccount = { code: "610", name: "Stock", class: "ASSET", active: true, forPayments: false, currency: null, system: "" };
const said = (more: Partial<typeof invoice.begins>, accounts?: LiveAccount[]) =>
  Object.fromEntries((invoice.wrong?.({ ...invoice.begins, ...more }, accounts ? { accounts } : {}) ?? []).filter(([, text]) => text));

it("M12: an invoice carries the day of the shipment only when it is made then", () => {
  expect(said({ date: "shipped" })).toEqual({
    date: "An invoice can carry the day of the shipment only when it is made then. Choose another day, or invoice when shipped.",
  });
  expect(said({ date: "shipped", when: "when-shipped" })).toEqual({});
});

it("its account is one of revenue, where the accounts were read", () => {
  expect(said({ revenueAccount: "610" }, [asset])).toEqual({ revenueAccount: "Account 610 Stock is not a revenue account." });
  expect(said({ revenueAccount: "610" })).toEqual({});
  expect(said({}, [asset]), "none is chosen").toEqual({});
});

it("choices are told as the page says them", () => {
  expect(told("invoice.status", "draft", "none")).toEqual(["Invoice: draft → no invoice"]);
  expect(told("invoice.when", "with-order", "when-shipped")).toEqual(["When to invoice: with the order → when it is shipped"]);
});
