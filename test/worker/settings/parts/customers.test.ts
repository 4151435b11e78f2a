import { describe, expect, it } from "vitest";
import { customers } from "../../../../worker/settings/parts/customers.ts";
import type { LiveCustomer } from "../../../../worker/settings/parts/live.ts";
import { told } from "./part.ts";

const web = { id: "CUS-1", name: "Web customer" };
const inCin7 = (more: Partial<LiveCustomer> = {}): LiveCustomer => ({
  id: "cus-1",
  name: "Web customer",
  currency: "AUD",
  active: true,
  ...more,
});
const chosen = { ...customers.begins, defaultCustomer: web };

it("a customer is told by its name, and by its ID where another one has the same name", () => {
  expect(told("customers.defaultCustomer", web, { ...web, id: "cus-2" })).toEqual([
    "Default customer: Web customer (CUS-1) → Web customer (cus-2)",
  ]);
  expect(told("customers.guests", "per-email", "default-customer")).toEqual([
    "Guests: one customer per e-mail → all on the default customer",
  ]);
});

describe("a customer that sales go on is one that Cin7 Core has, uses, and bills in the currency of the orders (M16)", () => {
  it.each<[string, LiveCustomer | null | undefined, string | null]>([
    ["is as it was", inCin7(), null],
    ["was not read", undefined, null],
    ["is gone", null, 'Cin7 Core no longer has the customer "Web customer". Choose another one.'],
    ["is deprecated", inCin7({ active: false }), '"Web customer" is deprecated in Cin7 Core. Choose another customer.'],
    [
      "buys in another currency",
      inCin7({ currency: "USD" }),
      '"Web customer" buys in USD; the orders are in AUD. Choose a customer with AUD.',
    ],
  ])("%s", (_, customer, sentence) => {
    expect(customers.wrong?.(chosen, { currency: "AUD", customer })).toEqual([["defaultCustomer", sentence]]);
  });

  it("the one of a currency is judged by that currency, and found by its ID in any case", () => {
    const abroad = { ...customers.begins, perCurrency: [{ currency: "USD", customer: web }] };
    const found = new Map([["cus-1", inCin7()]]);
    expect(customers.wrong?.(abroad, { currency: "AUD", customers: found })?.[0]).toEqual([
      "perCurrency.0.customer",
      '"Web customer" buys in AUD; the orders are in USD. Choose a customer with USD.',
    ]);
    expect(customers.wrong?.(abroad, { customers: new Map() })?.[0]?.[1], "one that was not read is not judged").toBeNull();
  });
});
