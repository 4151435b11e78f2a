import { describe, expect, it } from "vitest";
import { anAddress, aSettings, type OrderSpec } from "../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../harness/sale.ts";

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
