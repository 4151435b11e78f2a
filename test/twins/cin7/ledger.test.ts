import { describe, expect, it } from "vitest";
import {
  charge,
  chargeProducts,
  creditNoteBody,
  type Goods,
  invoice,
  journal,
  line,
  order,
  pay,
  paymentBody,
  type Shop,
  sale,
  start,
} from "./harness.ts";
import type { Json } from "./types.ts";

const SKU = "CUP-ENAM";
const FREE = { TaxRule: "GST Free Income" };

async function invoiced(goods: Goods, head: Json = {}, switches = {}) {
  const shop = start(switches);
  await chargeProducts(shop);
  await shop.control("/stock", { sku: SKU, location: "Main Warehouse", onHand: 90, cost: 6 });
  const made = await sale(shop, head);
  const ordered = await order(shop, made.ID, goods);
  return { shop, id: made.ID as string, ordered, bill: await invoice(shop, made.ID, goods) };
}
const J1: Goods = { Lines: [line(SKU, 2, 12.5, 2.5, 25)], AdditionalCharges: [charge("Shipping", 9, 0.9)] };

describe("the ledger that Cin7 keeps by itself (J1 to J20)", () => {
  it("J1: an exclusive sale posts invoice, payment and, on shipment, cost of goods", async () => {
    const { shop, id, bill, ordered } = await invoiced(J1);
    expect([ordered.TotalBeforeTax, ordered.Tax, ordered.Total]).toEqual([34, 3.4, 37.4]);
    expect(journal(shop, "invoice")).toEqual(["Dr 610 37.40  Cr 200 25.00  Cr 260 9.00  Cr 820 3.40"]);
    await pay(shop, bill.TaskID, 37.4);
    expect(journal(shop, "payment")).toEqual(["Dr 713 37.40  Cr 610 37.40"]);
    expect(journal(shop, "cost of goods")).toEqual([]);
    await shop.control(`/sales/${id}/ship`, { date: "2026-07-03" });
    expect(journal(shop, "cost of goods")).toEqual(["Dr 310 12.00  Cr 630 12.00"]);
    expect((await shop.ok("GET", `/sale?ID=${id}`)).Status).toBe("COMPLETED");
  });

  it("J2: with tax inside the prices the journals are the same", async () => {
    const goods = { Lines: [line(SKU, 2, 13.75, 2.5, 27.5)], AdditionalCharges: [charge("Shipping", 9.9, 0.9)] };
    const { shop, ordered } = await invoiced(goods, { TaxInclusive: true });
    expect([ordered.TotalBeforeTax, ordered.Tax, ordered.Total]).toEqual([34, 3.4, 37.4]);
    expect(journal(shop, "invoice")).toEqual(["Dr 610 37.40  Cr 200 25.00  Cr 260 9.00  Cr 820 3.40"]);
  });

  const coupons = [charge("Coupon", -10, -1, { Comment: "SAVE10" }), charge("Coupon", -5, 0, { ...FREE, Comment: "SAVE10" })];
  const J3: Goods = { Lines: [line(SKU, 1, 100, 10, 100), line("CUP-TITN", 1, 50, 0, 50, FREE)], AdditionalCharges: coupons };

  it("J3: a coupon over two tax rules is debited to its own account", async () => {
    const { shop, bill } = await invoiced(J3);
    expect(bill.Status).toBe("AUTHORISED");
    expect(journal(shop, "invoice")).toEqual(["Dr 205 15.00  Dr 610 144.00  Cr 200 150.00  Cr 820 9.00"]);
  });

  it("J4: an inclusive coupon at 20 %", async () => {
    const rule = { TaxRule: "VAT 20%" };
    const goods = { Lines: [line(SKU, 1, 120, 20, 120, rule)], AdditionalCharges: [charge("Coupon", -12, -2, rule)] };
    const { shop } = await invoiced(goods, { TaxInclusive: true });
    expect(journal(shop, "invoice")).toEqual(["Dr 205 10.00  Dr 610 108.00  Cr 200 100.00  Cr 820 18.00"]);
  });

  const J6: Goods = {
    Lines: [0.83, 0.82].map((tax) => line(SKU, 1, 9.99, tax, 9.99, { TaxRule: "Sales Tax 8.25%" })),
  };
  it("J6: the odd cent of tax stays where the caller put it", async () => {
    const { ordered, shop } = await invoiced(J6);
    expect([ordered.Tax, ordered.Total]).toEqual([1.65, 21.63]);
    expect(journal(shop, "invoice")).toEqual(["Dr 610 21.63  Cr 200 19.98  Cr 820 1.65"]);
  });

  it("TaxCalculationMethod Total computes tax once per rule on the document (facts 2.5)", async () => {
    const lines = [0.14, 0.14, 0.14].map((tax) => line(SKU, 1, 1.35, tax, 1.35));
    const { ordered, shop } = await invoiced({ Lines: lines }, {}, { taxCalculationMethod: "Total" });
    expect([ordered.Tax, ordered.Total]).toEqual([0.41, 4.46]);
    expect(journal(shop, "invoice")).toEqual(["Dr 610 4.46  Cr 200 4.05  Cr 820 0.41"]);
    expect((await shop.ok("GET", "/me")).TaxCalculationMethod).toBe("Total");
  });

  it.each([["keep"], ["round"]])(
    "J7: four-decimal line totals, lineDecimals %s, end at 1.10 with a rounding charge (facts 11.31)",
    async (lineDecimals) => {
      const goods = {
        Lines: [line(SKU, 12, 0.0833, 0.1, 1)],
        AdditionalCharges: [charge("Rounding", 0.0004, 0, { Total: 0.0004, TaxRule: "Tax Exempt" })],
      };
      const { ordered } = await invoiced(goods, {}, { lineDecimals });
      expect(ordered.Total).toBe(1.1);
    },
  );

  it("J11: a credit note with restock turns the sale round and puts the goods back at cost", async () => {
    const { shop, id, bill } = await invoiced(J3);
    await pay(shop, bill.TaskID, 144);
    const back = { Lines: [line(SKU, 1, 100, 10, 100)], AdditionalCharges: [charge("Coupon", -10, -1)] };
    const body = creditNoteBody(id, bill.InvoiceNumber, { ...back, Restock: [{ SKU, Location: "Main Warehouse", Quantity: 1 }] });
    expect(await shop.refused("POST", "/sale/creditnote", body)).toContain("greater than shipped");
    await shop.control(`/sales/${id}/ship`);
    const [note] = (await shop.ok("POST", "/sale/creditnote", body)).CreditNotes;
    expect(journal(shop, "credit note")).toEqual(["Dr 200 100.00  Dr 820 9.00  Cr 205 10.00  Cr 610 99.00"]);
    expect(journal(shop, "restock")).toEqual(["Dr 630 6.00  Cr 310 6.00"]);
    expect((await shop.ok("GET", `/sale?ID=${id}`)).Status).toBe("CREDITED");
    await shop.ok("POST", "/sale/payment", paymentBody(note.TaskID, 99, { Type: "REFUND" }));
    expect(journal(shop, "refund")).toEqual(["Dr 610 99.00  Cr 713 99.00"]);
    expect((await shop.ok("GET", `/sale?ID=${id}`)).Status).toBe("COMPLETED");
  });

  it("J13: payment deleted and sale voided, the ledger is as if never sold", async () => {
    const { shop, id, bill } = await invoiced(J1);
    const paid = await pay(shop, bill.TaskID, 37.4);
    expect(await shop.refused("DELETE", `/sale?ID=${id}&Void=true`)).toContain("Payments exist");
    expect(await shop.ok("DELETE", `/sale/payment?ID=${paid.ID}`)).toEqual({ Success: true });
    expect((await shop.ok("DELETE", `/sale?ID=${id}&Void=true`)).Status).toBe("VOIDED");
    expect((await shop.ok("GET", "/transactions")).Total).toBe(0);
  });

  it("J14: a foreign sale is posted in base currency at its rate, a payment at another rate shows the difference on 497", async () => {
    const goods = { Lines: [line(SKU, 1, 100, 0, 100, { TaxRule: "Tax Exempt" })] };
    const shop = start();
    const made = await sale(shop, { Customer: "Web customer USD", CurrencyRate: 1.5 });
    await order(shop, made.ID, goods);
    const bill = await invoice(shop, made.ID, goods, { CurrencyConversionRate: 1.5 });
    expect(journal(shop, "invoice")).toEqual(["Dr 610 150.00  Cr 200 150.00"]);
    expect(await shop.refused("POST", "/sale/payment", paymentBody(bill.TaskID, 60, { CurrencyRate: 1.5 }))).toContain("currency AUD");
    await pay(shop, bill.TaskID, 60, { Account: "715", CurrencyRate: 1.5 });
    await pay(shop, bill.TaskID, 40, { Account: "715", CurrencyRate: 1.55 });
    expect(journal(shop, "payment")).toEqual(["Dr 715 90.00  Cr 610 90.00", "Dr 715 62.00  Cr 497 2.00  Cr 610 60.00"]);
  });

  it("a lock date refuses postings dated on or before it (facts 9.30)", async () => {
    const shop: Shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, { Lines: [line(SKU, 1, 10, 1, 10)] });
    await shop.control("/lock-date", { date: "2026-07-02" });
    const bill = { Lines: [line(SKU, 1, 10, 1, 10)] };
    await expect(invoice(shop, made.ID, bill)).rejects.toThrow("lock date 2026-07-02");
    expect((await invoice(shop, made.ID, bill, { InvoiceDate: "2026-07-03" })).Status).toBe("AUTHORISED");
  });
});
