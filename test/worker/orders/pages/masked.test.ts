import { describe, expect, it } from "vitest";
import type { Attempt } from "../../../../worker/contract/index.ts";
import { attemptFor } from "../../../../worker/orders/pages/masked.ts";

const ORDER = {
  id: 1042,
  status: "Awaiting Fulfillment",
  total_inc_tax: "37.40",
  customer_id: 7,
  ip_address: "203.0.113.7",
  billing_address: {
    first_name: "Ana",
    last_name: "Keller",
    street_1: "7 Quarry Rd",
    zip: "7000",
    phone: "0491570006",
    email: "ana@example.org",
  },
  customer_message: "Ring twice",
  products: [{ sku: "MUG-BLU", name: "Blue mug", total_inc_tax: "37.40" }],
};
const SALE = {
  ID: "0d1",
  Customer: "Ana Keller",
  CustomerID: "c-1",
  Email: "ana@example.org",
  BillingAddress: { Line1: "7 Quarry Rd", City: "Hobart" },
  ExternalID: "ls:abc123:1042:g1",
  Order: { Lines: [{ SKU: "MUG-BLU", Name: "Blue mug", Total: 34, Comment: "for Ana" }], AdditionalCharges: [{ Description: "Shipping" }] },
};
const attempt = (request: string | null, response: string | null) =>
  ({ path: "/customer?ContactFilter=ana%40example.org", note: "No ana@example.org here", request, response }) as Attempt;

describe("messages as somebody sees them who may only look (F140)", () => {
  const seen = attemptFor("view", attempt(JSON.stringify(ORDER), JSON.stringify([SALE])));
  it("no name, address, e-mail, phone or word of the shopper", () => {
    expect(JSON.stringify(seen)).not.toMatch(/Ana|Keller|Quarry|7000|0491|example\.org|Ring|203\.0|Hobart|%40/);
  });
  it("SKUs, product names, amounts, numbers and statuses stay readable", () => {
    for (const word of ["MUG-BLU", "Blue mug", "37.40", "Awaiting Fulfillment", "c-1", "ls:abc123:1042:g1", "Shipping", "34"])
      expect(JSON.stringify(seen)).toContain(word);
  });
  it("what is not whole is covered wholly; nothing stays nothing", () => {
    expect(attemptFor("view", attempt('{"first_name":"Ana', null))).toMatchObject({ request: "•••", response: null });
    expect(attemptFor("view", attempt("", null)).request).toBe("");
  });
  it("who processes orders sees them as they were", () => {
    const whole = attempt(JSON.stringify(ORDER), null);
    expect(attemptFor("operate", whole)).toEqual(whole);
  });
});
