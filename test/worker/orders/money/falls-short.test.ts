import { describe, expect, it } from "vitest";
import { fallsShort, type SaleSoFar } from "../../../../worker/orders/money/falls-short.ts";
import { factsOf } from "../../../../worker/orders/order-facts.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";

const order = aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }] }).order;
const paid = factsOf({ ...order, payment_status: "captured", payment_method: "Visa" });
const open = factsOf({ ...order, payment_status: "authorized", payment_method: "Visa" });
const sale = (more: Partial<SaleSoFar>): SaleSoFar => ({
  stages: "sale,ordered,invoiced",
  waitsFor: "",
  statusId: 11,
  payments: [],
  facts: [paid],
  ...more,
});
const settings = (status: "none" | "draft" | "authorised") => aSettings({ invoice: { ...aSettings().invoice, status } } as never);

describe("whether a sale's documents fall short of what Setup wants of it (M54, M55)", () => {
  it.each([
    ["ordered and never invoiced", { stages: "sale,ordered" }, true],
    ["a draft of its invoice, of which nobody was told that it waits", { stages: "sale,ordered,invoice-draft" }, true],
    ["invoiced, and the money that was taken was never looked at", {}, true],
    ["invoiced, and a payment is on its way", { payments: ["posted", "waits"] }, true],
    ["invoiced long ago, by a release that kept no facts", { facts: [null] }, true],
    ["a daily sale: the money of one of its orders was taken", { facts: [open, paid] }, true],
    ["its books are locked: whether they still are is known without a call", { stages: "sale,ordered", waitsFor: "books" }, true],
    ["paid by a certificate", { facts: [{ ...open, gift_certificate_amount: "5.00" }] }, true],
    ["paid in full", { stages: "sale,ordered,invoiced,paid" }, false],
    ["part paid, the rest by a method without an account", { stages: "sale,ordered,part-paid", payments: ["posted", "left-out"] }, false],
    ["invoiced, the money is not taken yet", { facts: [open] }, false],
    ["nothing to pay", { facts: [{ ...paid, total_inc_tax: "0.00" }] }, false],
    ["void", { stages: "sale,ordered,voided" }, false],
    ["cancelled in BigCommerce", { stages: "sale,ordered", statusId: 5 }, false],
    ["waits for the shipment in Cin7", { stages: "sale,ordered", waitsFor: "shipment" }, false],
  ] satisfies [string, Partial<SaleSoFar>, boolean][])("%s: %s is %s", (_, more, short) => {
    expect(fallsShort(sale(more), settings("authorised"), true)).toBe(short);
  });

  it("where payments are off and no invoice is wanted, nothing is missing", () => {
    expect(fallsShort(sale({ stages: "sale,ordered" }), settings("none"), false)).toBe(false);
    expect(fallsShort(sale({ payments: ["waits"] }), settings("none"), false)).toBe(false);
    expect(fallsShort(sale({ stages: "sale,ordered" }), settings("none"), true)).toBe(true);
  });

  it("on account by Setup: an open invoice is what is wanted (M9)", () => {
    const s = settings("authorised");
    s.payments.methods = [{ key: "visa", name: "Visa", account: "610", countsAsPaid: "never" }] as never;
    expect(fallsShort(sale({}), s, true)).toBe(false);
  });
});
