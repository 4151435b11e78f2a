import { describe, expect, it } from "vitest";
import type { SaleRow } from "../../../worker/cin7/schemas/sale.ts";
import { asksForLook, type InvoiceThere, tooMuch } from "../../../worker/reconcile/too-much.ts";

const asks = (row: object, ours: Partial<Parameters<typeof asksForLook>[1]> = {}) =>
  asksForLook(row as SaleRow, { total: "110.00", paid: ["110.00"], ...ours });

describe("whether a row of the list of sales asks for a look", () => {
  it("invoiced or paid for more than the order has, or paid more than by us", () => {
    expect(asks({ InvoiceAmount: 110, PaidAmount: 110 })).toBe(false);
    expect(asks({ InvoiceAmount: 220, PaidAmount: 110 })).toBe(true);
    expect(asks({ InvoiceAmount: 110, PaidAmount: 220 })).toBe(true);
    expect(asks({ InvoiceAmount: 110, PaidAmount: 110 }, { paid: ["50.00"] })).toBe(true);
  });
  it("a rounding of half a cent is nobody's second payment, and nothing of ours tells nothing", () => {
    expect(asks({ InvoiceAmount: 110.005, PaidAmount: 110 })).toBe(false);
    expect(asks({ InvoiceAmount: 110, PaidAmount: 50 }, { paid: [] })).toBe(false);
  });
});

describe("what is there twice, as an accountant finds it", () => {
  const pays = (Reference: string, Amount: number) => ({ Reference, Amount });
  const invoice = (n: number, more: Partial<InvoiceThere> = {}): InvoiceThere => ({
    TaskID: `t-${n}`,
    InvoiceNumber: `INV-${n}`,
    Status: "AUTHORISED",
    Total: 110,
    Payments: [],
    ...more,
  });
  const found = (...invoices: InvoiceThere[]) => tooMuch(invoices, { total: "110.00", paid: [], currency: "AUD", invoiceTaskId: "T-2" });

  it("a second invoice: ours is kept, the other is named; a void one is none", () => {
    expect(found(invoice(1), invoice(2))).toEqual({ invoices: ["INV-1"], payments: [] });
    expect(found(invoice(1, { Status: "VOIDED" }), invoice(2))).toBeNull();
    expect(found(invoice(1, { Total: 55 }), invoice(2, { Total: 55 }))).toBeNull();
  });
  it("a payment under a mark of ours that is there already", () => {
    const twice = [pays("ch_1 | ls:7:1", 60), pays("ch_1 | ls:7:1", 60)];
    expect(found(invoice(2, { Payments: twice }))).toEqual({ invoices: [], payments: [{ reference: "ch_1 | ls:7:1", amount: "60.00" }] });
  });
  it("no mark is there twice and yet it is more than the order: what carries none was typed in beside it", () => {
    const typed = [pays("ch_1 | ls:7:1", 110), pays("Bank", 110)];
    expect(found(invoice(2, { Payments: typed }))?.payments).toEqual([{ reference: "Bank", amount: "110.00" }]);
    expect(found(invoice(2, { Payments: typed.slice(0, 1) }))).toBeNull();
  });
});
