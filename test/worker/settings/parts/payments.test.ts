import { expect, it } from "vitest";
import { payments } from "../../../../worker/settings/parts/payments.ts";
import { refused, told } from "./part.ts";

const card = { key: "stripe", name: "Card", account: "713", countsAsPaid: "captured" };

it("of a method is told that it came or went, and what changed of it; its accounts in other currencies first", () => {
  const cash = { key: "cod", name: "Cash", account: null, countsAsPaid: "never" };
  const dollars = { ...card, account: null, unpaidDays: 1, currencies: [{ currency: "USD", account: "714" }] };
  expect(told("payments.methods", [card], [dollars, cash])).toEqual([
    "Payments: Card in USD: none → 714",
    "Payments: Card, account: 713 → none",
    "Payments: Card, unpaid orders hold their stock: as other methods → 1 day",
    "Payments: Cash added, account none, counts as paid never, on account",
  ]);
  expect(told("payments.methods", [card], [])).toEqual(["Payments: Card removed"]);
});

it("M31: days are said as people say them, and are whole, from 0 to 60", () => {
  expect(told("payments.unpaidDays", 7, 0)).toEqual(["Payments: unpaid orders hold their stock: 7 days → not at all"]);
  for (const bad of [-1, 61, 1.5, "7"])
    expect(refused("payments.unpaidDays", bad)).toEqual({ "payments.unpaidDays": "Give whole days from 0 to 60." });
});

it("M9: a choice that no order can ever meet is refused with its reason", () => {
  const said = (method: { key: string; name: string; countsAsPaid: "captured" | "awaiting-fulfillment" | "never" }) =>
    payments.wrong?.({ ...payments.begins, methods: [{ account: null, ...method }] }, {})?.[0];
  const cod = { key: "cod", name: "Cash on Delivery" };
  expect(said({ ...cod, countsAsPaid: "captured" })).toEqual([
    "methods.0.countsAsPaid",
    expect.stringMatching(/^Cash on Delivery is paid outside BigCommerce/),
  ]);
  for (const countsAsPaid of ["awaiting-fulfillment", "never"] as const) expect(said({ ...cod, countsAsPaid })?.[1]).toBeNull();
  expect(said({ key: "stripe", name: "Stripe", countsAsPaid: "captured" })?.[1]).toBeNull();
});
