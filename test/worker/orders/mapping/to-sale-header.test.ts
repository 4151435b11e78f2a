import { describe, expect, it } from "vitest";
import { saleBody } from "../../../../worker/orders/sending/bodies.ts";
import { anAddress, aSettings, ID } from "../../../harness/builders.ts";
import { drafted, MUG } from "../../../harness/sale.ts";
import { J1 } from "./journals.ts";

describe("what every sale carries (F30, F40, M25, M44)", () => {
  it("representative, the store's name in an additional attribute, a prefix before the order number", () => {
    const settings = aSettings({
      sale: { representative: "Robin Sale", channel: { attribute: 3, text: "Mug shop" }, referencePrefix: "WEB-" },
    });
    expect(saleBody(drafted(J1, { settings }), "c")).toMatchObject({
      SalesRepresentative: "Robin Sale",
      AdditionalAttributes: { AdditionalAttribute3: "Mug shop" },
      CustomerReference: "WEB-1042",
      ExternalID: "ls:ab12cd:1042:g1",
    });
    const plain = saleBody(drafted(J1), "c");
    for (const key of ["SalesRepresentative", "AdditionalAttributes", "Carrier"]) expect(plain).not.toHaveProperty(key);
  });
  it("the representative by the customer's group or the order's channel, the first that fits, else the store's own", () => {
    const settings = aSettings({
      sale: {
        representative: "Robin Sale",
        representatives: [
          { by: "group", id: 2, name: "Wholesale", representative: "Wendy Whole" },
          { by: "channel", id: 7, name: "Amazon", representative: "Amy Zon" },
        ],
      },
    });
    const who = (spec: Partial<Parameters<typeof drafted>[0]>) => {
      const draft = drafted({ ...J1, ...spec }, { settings });
      const why = draft.decisions.find((decision) => decision.label === "Sales representative")?.why;
      return [saleBody(draft, "c").SalesRepresentative, why];
    };
    expect(who({})).toEqual(["Robin Sale", "Set for all sales of this store."]);
    expect(who({ order: { channel_id: 7 } })).toEqual(["Amy Zon", "Set in Setup, because the channel is Amazon."]);
    const wholesale = { customer: { groupId: 2, taxExempt: false } };
    expect(who({ ...wholesale, order: { channel_id: 7 } })).toEqual([
      "Wendy Whole",
      "Set in Setup, because the customer is in the group Wholesale.",
    ]);
    expect(who({ customer: { groupId: 3, taxExempt: false } })[0]).toBe("Robin Sale");
  });
  it("a pickup order ships from its pickup location with the carrier Pickup, others from the usual one", () => {
    const settings = aSettings({ location: { pickups: [{ id: 1, name: "City shop", location: { id: ID(8), name: "City" } }] } });
    const picked = saleBody(drafted({ lines: [MUG], pickup: "City shop" }, { settings }), "c");
    expect(picked).toMatchObject({ Location: "City", Carrier: "Pickup" });
    expect(picked).not.toHaveProperty("ShippingAddress");
    expect(saleBody(drafted({ lines: [MUG], pickup: "City shop" }), "c")).toMatchObject({ Location: "Main Warehouse", Carrier: "Pickup" });
    expect(saleBody(drafted(J1, { settings }), "c")).toMatchObject({ Location: "Main Warehouse" });
  });
  it("the company begins the address where Setup says so; nothing is lost", () => {
    const order = { billing_address: anAddress({ company: "Keller Pty", street_2: "Unit 4" }) };
    const address = (companyInAddress: boolean) => {
      const billing = drafted({ ...J1, order }, { settings: aSettings({ customers: { companyInAddress } }) }).billing;
      return [billing?.line1, billing?.line2];
    };
    expect(address(true)).toEqual(["Keller Pty", "7 Quarry Rd, Unit 4"]);
    expect(address(false)).toEqual(["7 Quarry Rd", "Unit 4"]);
  });
});
