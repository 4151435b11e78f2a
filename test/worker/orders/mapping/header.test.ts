import { describe, expect, it } from "vitest";
import { anAddress, aSettings, ID, type OrderSpec } from "../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../harness/sale.ts";

const billing = (over: object, order: object = {}) => ({
  lines: [MUG],
  order: { billing_address: anAddress(over as Record<string, unknown>), ...order },
});

describe("who buys (F17, M27)", () => {
  it("a guest is one customer per e-mail; the e-mail stands in brackets only when the name is taken", () => {
    expect(drafted(billing({ email: " Ana.Keller@Example.org " })).party).toMatchObject({
      is: "shopper",
      email: "ana.keller@example.org",
      name: "Ana Keller",
      nameIfTaken: "Ana Keller (ana.keller@example.org)",
    });
  });
  it("the company's name before the person's, the e-mail where there is neither", () => {
    expect(drafted(billing({ company: "Keller Pty Ltd" })).party).toMatchObject({ name: "Keller Pty Ltd" });
    expect(drafted(billing({ first_name: "", last_name: "" })).party).toMatchObject({ name: "ana.keller@example.org" });
  });
  it.each([
    ["no e-mail", { email: "" }],
    ["a marketplace's relay address", { email: "x1y2@marketplace.amazon.co.uk" }],
    ["no address at all", { email: "not given" }],
  ])("%s: the default customer", (_, over) => {
    expect(drafted(billing(over)).party).toMatchObject({ is: "default", id: ID(1), name: "Web customer" });
  });
  it("guests on the default customer, registered shoppers on their own", () => {
    const settings = aSettings({ customers: { guests: "default-customer" } });
    expect(drafted(billing({}), { settings }).party.is).toBe("default");
    expect(drafted(billing({}, { customer_id: 12 }), { settings }).party.is).toBe("shopper");
  });
  it("addresses are cut to Cin7's lengths and told; names keep whole letters", () => {
    const draft = drafted(billing({ zip: "7".repeat(25), company: "Ł".repeat(200), street_1: "", street_2: "Unit 4" }));
    expect([draft.billing?.postcode.length, draft.billing?.company.length, draft.billing?.line1, draft.billing?.line2]).toEqual([
      20,
      128,
      "Unit 4",
      "",
    ]);
    expect(draft.losses).toEqual([
      expect.stringContaining("Billing address, postcode"),
      expect.stringContaining("Billing address, company"),
    ]);
    expect(drafted(billing({ first_name: "😀".repeat(200), last_name: "" })).party.name).toBe("😀".repeat(128));
  });
  it("an address without a country cannot go to Cin7 and is told", () => {
    const draft = drafted(billing({ country: "", country_iso2: "" }));
    expect([draft.billing, draft.losses]).toEqual([null, ["Billing address: left out, it has no country."]]);
  });
  it("pickup and digital orders have no shipping address (M25)", () => {
    const draft = drafted({ lines: [MUG], pickup: "Hobart store" });
    expect([draft.shipping, draft.shippingNotes]).toEqual([null, "Pickup at Hobart store"]);
    expect(draft.decisions).toContainEqual(expect.objectContaining({ label: "Pickup", value: "Hobart store" }));
  });
});

describe("comments (F39, F103)", () => {
  it("coupons, the shopper's message and a purchase order number; staff notes stay and are listed", () => {
    const spec: OrderSpec = {
      lines: [{ ...MUG, discounts: [{ code: "SAVE1", amount: "1.00" }] }],
      coupons: [{ code: "SAVE1", discount: "1.00" }],
      couponDiscount: "1.00",
      totals: { ex: "9.00", tax: "0.90", inc: "9.90" },
      order: {
        customer_message: "Leave at the door",
        staff_notes: "VIP",
        billing_address: anAddress({ form_fields: [{ name: "PO number", value: "4711" }] }),
      },
    };
    const draft = drafted(spec);
    expect(draft.note).toBe("Coupon: SAVE1\nCustomer: Leave at the door\nPO number: 4711");
    expect(draft.losses).toEqual([expect.stringContaining("Staff notes")]);
    expect(drafted(spec, { settings: aSettings({ charges: { loadCouponCodes: false } }) }).note).not.toContain("SAVE1");
  });
  it("1024 characters and the rest is told", () => {
    const draft = drafted({ lines: [MUG], order: { customer_message: "m".repeat(2000) } });
    expect(draft.note).toHaveLength(1024);
    expect(draft.losses).toEqual([expect.stringMatching(/^Comments: cut to 1024 characters, "m+…" did not fit\.$/)]);
  });
  it("several addresses are held, and as one sale begin the comments (M24)", () => {
    const spec: OrderSpec = {
      lines: [MUG],
      shipping: [
        { ex: "1.00", inc: "1.10" },
        { ex: "1.00", inc: "1.10" },
      ],
      addresses: [{}, { city: "Perth" }],
    };
    expect(problems(spec)).toEqual([{ kind: "several-addresses", orderId: 1042, count: 2 }]);
    const draft = drafted(spec, { asOneSale: true });
    expect(draft.note).toBe("SHIPS TO 2 ADDRESSES, see lines");
    expect(draft.lines[0]?.comment).toBe("Ship to Ana Keller, 7 Quarry Rd, Hobart Tasmania 7000, Australia");
  });
});

describe("currency (M16, J14)", () => {
  const usd = (rate: string, over: object = {}) => ({
    lines: [MUG],
    order: { default_currency_code: "USD", store_default_to_transactional_exchange_rate: rate, ...over },
  });
  it("base currency: rate 1", () => {
    expect(drafted({ lines: [MUG] })).toMatchObject({ currency: "AUD", rate: "1" });
  });
  it("J14: base AUD, BigCommerce's 0.66667 to USD gives 1.5000 on every document", () => {
    expect(drafted(usd("0.6666700000"))).toMatchObject({
      currency: "USD",
      rate: "1.5",
      losses: [],
      party: { nameIfTaken: "Ana Keller (ana.keller@example.org, USD)" },
    });
  });
  it("the JPY trap: a rate that loses digits is listed, amounts have no decimals", () => {
    const order = { default_currency_code: "JPY", store_default_to_transactional_exchange_rate: "96.9932104753" };
    const draft = drafted({ lines: [{ sku: "MUG", ex: "1000", inc: "1100" }], order });
    expect([draft.rate, draft.totals.incTax, draft.losses]).toEqual([
      "0.0103",
      "1100",
      ["Rate rounded by Cin7 Core: 0.010310 became 0.0103 AUD for one JPY."],
    ]);
  });
  it("another base, or a foreign order on the default customer, is held", () => {
    expect(problems(usd("0.66667", { store_default_currency_code: "EUR" }))).toEqual([
      { kind: "currency-unsupported", currency: "USD", base: "AUD" },
    ]);
    expect(problems(usd("0.66667", { billing_address: anAddress({ email: "" }) }))).toEqual([
      { kind: "currency-customer-missing", currency: "USD" },
    ]);
  });
});

describe("dates (M12, J20)", () => {
  const days = (placed: string, metAt: string) => {
    const draft = drafted({ lines: [MUG], order: { date_created: placed } }, { metAt });
    return [draft.orderDate, draft.invoice.date];
  };
  it("Melbourne, after midnight there and before it in UTC", () => {
    expect(days("Fri, 31 Oct 2025 21:30:00 +0000", "2025-10-31T21:35:00Z")).toEqual(["2025-11-01", "2025-11-01"]);
  });
  it("placed before midnight, paid after it", () => {
    expect(days("Fri, 31 Oct 2025 12:50:00 +0000", "2025-10-31T13:05:00Z")).toEqual(["2025-10-31", "2025-11-01"]);
  });
  it("both days on which the clock changes: 23 hours on 5 October, 25 hours on 5 April", () => {
    expect(days("Sat, 04 Oct 2025 13:59:00 +0000", "2025-10-04T14:00:00Z")).toEqual(["2025-10-04", "2025-10-05"]);
    expect(days("Sun, 05 Oct 2025 12:59:00 +0000", "2025-10-05T13:00:00Z")).toEqual(["2025-10-05", "2025-10-06"]);
    expect(days("Sat, 04 Apr 2026 12:59:00 +0000", "2026-04-04T13:00:00Z")).toEqual(["2026-04-04", "2026-04-05"]);
    expect(days("Sun, 05 Apr 2026 13:59:00 +0000", "2026-04-05T14:00:00Z")).toEqual(["2026-04-05", "2026-04-06"]);
  });
  it("an order without a readable date is malformed", () => {
    expect(problems({ lines: [MUG], order: { date_created: "soon" } })).toEqual([
      { kind: "order-malformed", orderId: 1042, fields: ["date_created"] },
    ]);
  });
});
