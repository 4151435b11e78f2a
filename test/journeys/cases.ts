import { expect } from "vitest";
import { baseByRule, type Journal, type Judged, taxByRule } from "./judge.ts";

/** Orders of every kind that a shop takes, with its journal where there is one (J1 to J10). */
export type Case = { name: string; form: Record<string, unknown>; journal?: Journal; paid?: Journal; see?: (judged: Judged) => void };
const TEE = { sku: "TEE-MER-NVY-S", quantity: 1 };
const COFFEE = { sku: "COF-SING-250", quantity: 1 };
const SAVE10 = { code: "SAVE10", type: "percentage", amount: 10 };
const comments = ({ sale }: Judged, what: string) =>
  (sale.Order.AdditionalCharges as { Description: string; Comment?: string }[])
    .filter((c) => c.Description === what)
    .map((c) => c.Comment ?? "");

/** Prices without tax: 10 %, a tax-free class and one of 8.25 %. */
export const EXCLUSIVE: Case[] = [
  { name: "one line, no shipping", form: { lines: [TEE], shipping: 0 } },
  {
    name: "J1: two of a line and shipping",
    form: { lines: [{ sku: "CUP-ENAM", quantity: 2, price: "12.50" }], shipping: 9 },
    journal: { 610: 37.4, 200: -25, 260: -9, 820: -3.4 },
    paid: { 713: 37.4, 610: -37.4 },
  },
  {
    name: "J3: a coupon over two tax rules lowers each rule's base",
    form: {
      lines: [
        { ...TEE, price: "100.00" },
        { ...COFFEE, price: "50.00" },
      ],
      shipping: 0,
      coupon: SAVE10,
    },
    journal: { 610: 144, 205: 15, 200: -150, 820: -9 },
    paid: { 713: 144, 610: -144 },
    see: (judged) => {
      expect(baseByRule(judged.sale, false)).toEqual({ "GST on Income": 90, "GST Free Income": 45 });
      expect(comments(judged, "Coupon")).toEqual(["SAVE10", "SAVE10"]);
    },
  },
  {
    name: "J6: the odd cent of tax goes to the lower line, without a rounding charge",
    form: {
      lines: [
        { sku: "CUP-ENAM", price: "9.99", taxClassId: 2 },
        { sku: "CUP-TITN", price: "9.99", taxClassId: 2 },
      ],
      shipping: 0,
    },
    journal: { 610: 21.63, 200: -19.98, 820: -1.65 },
    see: ({ sale }) => {
      expect(sale.Order.Lines.map((line) => [line.SKU, line.Tax])).toEqual([
        ["CUP-ENAM", 0.83],
        ["CUP-TITN", 0.82],
      ]);
      expect(sale.Order.AdditionalCharges).toEqual([]);
    },
  },
  {
    name: "J10: certificate, store credit and card are three payments on three accounts",
    form: { lines: [{ sku: "CUP-ENAM", quantity: 2, price: "12.50" }], shipping: 9, giftCertificate: "20.00", storeCredit: "5.00" },
    journal: { 610: 37.4, 200: -25, 260: -9, 820: -3.4 },
    paid: { 840: 20, 841: 5, 713: 12.4, 610: -37.4 },
    see: ({ sale, order }) => {
      const references = sale.Invoices[0]?.Payments.map((p) => p.Reference) ?? [];
      expect(references.filter((r) => new RegExp(`ls:${order.id}:`).test(r))).toHaveLength(3);
      expect(references.filter((r) => r.startsWith("certificate …"))).toHaveLength(1);
      expect(references.filter((r) => r.startsWith("store credit"))).toHaveLength(1);
    },
  },
  {
    name: "J9: a gift certificate sold beside a mug is a liability, without tax",
    form: {
      lines: [
        { giftCertificate: true, name: "50.00 Gift Certificate", price: "50.00" },
        { sku: "CUP-ENAM", price: "12.50" },
      ],
      shipping: 0,
    },
    journal: { 610: 63.75, 840: -50, 200: -12.5, 820: -1.25 },
  },
  {
    name: "WELCOME10 on uneven prices",
    form: {
      lines: [
        { sku: "SHT-FLN-S", quantity: 3 },
        { sku: "SOX-MER-S", quantity: 2 },
      ],
      coupon: "WELCOME10",
      shipping: "12.95",
    },
  },
  { name: "TAKE5 over three tax rules", form: { lines: [TEE, COFFEE, { sku: "CUP-TITN", taxClassId: 2 }], coupon: "TAKE5" } },
  {
    name: "EACH1 on several items",
    form: {
      lines: [
        { sku: "TOO-CARB", quantity: 7 },
        { sku: "HON-RAW", quantity: 3 },
      ],
      coupon: "EACH1",
    },
  },
  { name: "free shipping by coupon", form: { lines: [TEE], coupon: "FREESHIP", shipping: "9.95" } },
  {
    name: "a manual discount beside a coupon: one charge each",
    form: { lines: [{ sku: "JKT-RAIN-NVY-M" }, { sku: "HON-RAW", quantity: 3 }], coupon: "WELCOME10", discount: "7.77", shipping: 5 },
    see: ({ sale }) =>
      expect(new Set(sale.Order.AdditionalCharges.map((c) => c.Description))).toEqual(new Set(["Shipping", "Coupon", "Discount"])),
  },
  {
    name: "J8: shipping, handling, gift wrapping and a fee, each its own charge and account",
    form: { lines: [{ ...TEE, price: "50.00", wrapping: 3 }], shipping: 10, handling: 2, fees: [{ name: "Rural surcharge", amount: 4 }] },
    journal: { 610: 75.9, 200: -50, 260: -10, 261: -9, 820: -6.9 },
  },
  { name: "a free line beside a priced one", form: { lines: [TEE, { sku: "TOO-CARB", price: 0, quantity: 2 }] } },
  {
    name: "an order that leaves the tax country: the rule for no tax charged (M5)",
    form: { lines: [TEE], address: { country_iso2: "NZ", country: "New Zealand", city: "Auckland", zip: "1010" } },
    see: ({ sale, order }) => {
      expect(Number(order.total_tax)).toBe(0);
      expect(sale.Order.Lines[0]?.TaxRule).toBe("GST Free Exports");
    },
  },
  {
    name: "a line of the tax-free class",
    form: { lines: [COFFEE, { sku: "TEA-BILLY", quantity: 4 }], shipping: 0 },
    see: ({ sale }) => expect(taxByRule(sale)).toEqual({}),
  },
  {
    name: "uneven quantities of three classes",
    form: {
      lines: [
        { sku: "HON-RAW", quantity: 7 },
        { sku: "CUP-ENAM", quantity: 13 },
        { sku: "BAT-AA4", quantity: 11, taxClassId: 2 },
      ],
      shipping: "17.77",
    },
  },
  { name: "a fully discounted order", form: { lines: [TEE], coupon: { code: "ALL", type: "percentage", amount: 100 }, shipping: 0 } },
  { name: "a tiny price in a big quantity (J7)", form: { lines: [{ sku: "TOO-CARB", quantity: 12, price: "0.0833" }], shipping: 0 } },
  {
    name: "a SKU that Cin7 does not know, by default a line without stock and a notice",
    form: { lines: [TEE, { sku: "SIGN-HAND", name: "Hand-made sign", price: "40.00" }] },
    see: ({ page }) => expect(page.problems).toMatchObject([{ kind: "sku-unknown", holds: false }]),
  },
  {
    name: "names and notes in every script, longer than Cin7 takes",
    form: {
      lines: [TEE],
      customerMessage: "“Grüße” 你好 🎁 ".repeat(120),
      staffNotes: "<script>alert(1)</script>",
      billing: { first_name: "Łukasz".repeat(60), last_name: "山田", email: "lukasz@example.org" },
    },
  },
];

/** Prices with tax inside: 20 %, zero, 10 %. */
export const INCLUSIVE: Case[] = [
  { name: "one line, no shipping", form: { lines: [TEE], shipping: 0 } },
  {
    name: "J2: the same sale as J1 with tax inside",
    form: { lines: [{ ...TEE, quantity: 2, price: "13.75", taxClassId: 2 }], shipping: { cost: "9.90", taxClassId: 2 } },
    journal: { 610: 37.4, 200: -25, 260: -9, 820: -3.4 },
    paid: { 713: 37.4, 610: -37.4 },
  },
  {
    name: "J4: a coupon of 12.00 with 20 % inside",
    form: { lines: [{ ...TEE, price: "120.00" }], shipping: 0, coupon: SAVE10 },
    journal: { 610: 108, 205: 10, 200: -100, 820: -18 },
    paid: { 713: 108, 610: -108 },
  },
  {
    name: "TAKE5 over two rates",
    form: {
      lines: [
        { ...TEE, price: "19.99" },
        { sku: "TEE-MER-EUC-M", price: "7.77", taxClassId: 1, quantity: 3 },
      ],
      coupon: "TAKE5",
      shipping: "3.95",
    },
  },
  {
    name: "coupon and manual discount",
    form: {
      lines: [
        { ...TEE, quantity: 3, price: "33.33" },
        { sku: "TEE-MER-EUC-M", price: "0.99", quantity: 7 },
      ],
      coupon: "WELCOME10",
      discount: "1.11",
    },
  },
  {
    name: "every kind of charge",
    form: { lines: [{ ...TEE, wrapping: "2.49" }], shipping: "4.99", handling: "1.01", fees: [{ name: "Bag", amount: "0.10" }] },
  },
  {
    name: "three rates, uneven quantities",
    form: {
      lines: [
        { ...TEE, quantity: 7, price: "9.99" },
        { sku: "TEE-MER-NVY-M", quantity: 11, price: "0.37", taxClassId: 2 },
        { sku: "TEE-MER-NVY-L", quantity: 3, price: "5.55", taxClassId: 1 },
      ],
    },
  },
  {
    name: "sent abroad without VAT",
    form: { lines: [TEE], address: { country_iso2: "DE", country: "Germany", city: "Hamburg", zip: "20095" } },
    see: ({ sale }) => expect(sale.Order.Lines[0]?.TaxRule).toBe("Tax Exempt"),
  },
  {
    name: "certificate and card",
    form: { lines: [TEE], giftCertificate: "10.00" },
    see: ({ sale }) => expect(sale.Invoices[0]?.Payments.map((p) => p.Account).sort()).toEqual(["713", "840"]),
  },
];
