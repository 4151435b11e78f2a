import { describe, expect, it } from "vitest";
import { booksOf } from "../../../../worker/orders/pages/books.ts";
import { saleLinesOf } from "../../../../worker/sales/sale-rows.ts";
import type { OrderSpec } from "../../../harness/builders.ts";
import { drafted } from "../../../harness/sale.ts";

/** What a sale means in the books, in plain words (accounting.md). */
const saleOf = (spec: OrderSpec) => saleLinesOf(drafted(spec), false);
const J1: OrderSpec = { lines: [{ sku: "MUG", quantity: 2, ex: "25.00", inc: "27.50" }], shipping: { ex: "9.00", inc: "9.90" } };
const card = { method: "Credit Card", currency: "AUD", account: "713", state: "posted" as const };
const texts = (...of: Parameters<typeof booksOf>) => booksOf(...of)?.entries.map(({ title, text }) => `${title}: ${text}`);

describe("in the books", () => {
  it("J1: who owes what and for what, and what the payment leaves", () => {
    expect(texts(saleOf(J1), [{ ...card, amount: "37.40" }], ["ordered", "invoiced", "paid"])).toEqual([
      "Invoice: The customer owes 37.40 AUD: goods 25.00 AUD (account 200), Shipping 9.00 AUD (account 260), tax 3.40 AUD.",
      "Payment: 37.40 AUD by Credit Card is on account 713: the customer owes 0.00 AUD.",
      "Goods: When they leave, Cin7 Core moves their cost from stock to cost of sales, by its own figures.",
    ]);
  });
  it("J2: the same of prices with tax", () => {
    expect(texts(saleOf({ ...J1, inclusive: true }), [], [])?.[0]).toBe(
      "Invoice: The customer owes 37.40 AUD: goods 25.00 AUD (account 200), Shipping 9.00 AUD (account 260), tax 3.40 AUD.",
    );
  });
  it("J10: each tender leaves less; what waits and what is left out is said to be so", () => {
    const some = [
      { ...card, method: "Gift Certificate", account: "840", amount: "20.00" },
      { ...card, amount: "12.40" },
      { ...card, method: "Store Credit", account: "841", amount: "3.00", state: "waits" as const },
      { ...card, method: "Zip", account: "", amount: "2.00", state: "left-out" as const },
    ];
    expect(texts(saleOf(J1), some, ["invoiced", "shipped"])?.slice(1)).toEqual([
      "Payment: 20.00 AUD by Gift Certificate is on account 840: the customer owes 17.40 AUD.",
      "Payment: 12.40 AUD by Credit Card is on account 713: the customer owes 5.00 AUD.",
      "Payment: 3.00 AUD by Store Credit waits for the invoice; then it goes to account 841.",
      "Payment: 2.00 AUD by Zip is not in Cin7 Core, where the customer still owes it. Payments on this page says why.",
      "Goods: They have left: Cin7 Core has moved their cost from stock to cost of sales, by its own figures.",
    ]);
  });
  it("a discount is a figure below zero of its own", () => {
    const spec: OrderSpec = { ...J1, discount: "5.00", totals: { ex: "29.00", tax: "2.90", inc: "31.90" } };
    expect(texts(saleOf(spec), [], [])?.[0]).toMatch(
      / owes 31\.90 AUD: goods 25\.00 AUD \(account 200\), .*Discount -5\.00 AUD \(account 205\).*, tax 2\.90 AUD\.$/,
    );
  });
  it("says when: not before the invoice is authorised, and not of what is void; nothing where no sale was mapped", () => {
    const when = (...stages: Parameters<typeof booksOf>[2]) => booksOf(saleOf(J1), [], stages)?.when;
    expect(when("sale", "invoice-draft")).toBe("Nothing is in the books yet. When the invoice is authorised, Cin7 Core posts this:");
    expect(when("invoiced")).toBe("The invoice is authorised. As it was written, Cin7 Core has posted this:");
    expect(when("invoiced", "voided")).toBe("The sale is void in Cin7 Core, so nothing of this stands in the books.");
    expect(booksOf(null, [], [])).toBeNull();
  });
  it("of a sale whose lines are not known what they come to", () => {
    expect(texts({ ...saleOf(J1), lines: null }, [], [])?.[0]).toBe(
      "Invoice: The customer owes 37.40 AUD: goods and charges 34.00 AUD, tax 3.40 AUD.",
    );
  });
});
