import { describe, expect, it } from "vitest";
import type { Sale } from "../../../../worker/cin7/schemas/sale.ts";
import { keepsBegun } from "../../../../worker/orders/changes/may-void.ts";
import type { SaleDraft } from "../../../../worker/orders/mapping/sale-draft.ts";

const NOT_YET = {
  CombinedShippingStatus: "NOT SHIPPED",
  CombinedPackingStatus: "NOT PACKED",
  CombinedPickingStatus: "NOT PICKED",
  Invoices: [],
};
type Fulfil = NonNullable<SaleDraft["order"]>["fulfil"];
const kept = (now: Record<string, unknown>, fulfil: Fulfil = "none") => keepsBegun({ ...NOT_YET, ...now } as unknown as Sale, fulfil);

describe("M28: a cancelled order's sale is voided only where nothing of it has happened", () => {
  it("nothing is picked, packed, shipped or invoiced: it may be voided, also where Cin7 says nothing", () => {
    expect(kept({})).toBe("");
    expect(kept({ CombinedShippingStatus: "", CombinedPackingStatus: "", CombinedPickingStatus: "" })).toBe("");
  });

  it.each([
    ["CombinedShippingStatus", "SHIPPED", /shipped/],
    ["CombinedShippingStatus", "Partially Shipped", /on their way out/],
    ["CombinedPackingStatus", "PACKED", /packed/],
    ["CombinedPickingStatus", "PICKED", /picked/],
  ])("%s is %s: it stays, and that is said", (field, status, why) => expect(kept({ [field]: status })).toMatch(why));

  it("what is furthest is said: goods on their way out come before an invoice", () => {
    const invoiced = { Invoices: [{ Status: "AUTHORISED" }] };
    expect(kept({ ...invoiced, CombinedShippingStatus: "SHIPPED" })).toMatch(/shipped/);
    expect(kept({ ...invoiced, CombinedPickingStatus: "PICKED" })).toMatch(/invoice is authorised/);
  });

  it("an invoice that is authorised or paid keeps it; a draft, a void one, or none does not", () => {
    for (const status of ["AUTHORISED", "PAID"]) expect(kept({ Invoices: [{ Status: status }] }), status).toMatch(/invoice/);
    for (const status of ["", "NOT AVAILABLE", "Draft", "VOIDED"]) expect(kept({ Invoices: [{ Status: status }] }), status).toBe("");
  });

  it("picked by our own automatic mode is no reason, packed is one all the same", () => {
    expect(kept({ CombinedPickingStatus: "PICKED" }, "pick")).toBe("");
    expect(kept({ CombinedPackingStatus: "PACKED" }, "pick")).toMatch(/packed/);
  });
});
