import { describe, expect, it } from "vitest";
import { anAddress, aSettings, ID } from "../../../harness/builders.ts";
import { drafted, MUG } from "../../../harness/sale.ts";

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
