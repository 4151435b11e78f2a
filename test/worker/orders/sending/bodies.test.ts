import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { SaleDraft } from "../../../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { mappedOf, pictureOf } from "../../../../worker/orders/reading/picture.ts";
import {
  customerBody,
  invoiceBody,
  orderBody,
  saleBody,
  serviceProductBody,
  totalDifference,
} from "../../../../worker/orders/sending/bodies.ts";
import { anInput, aSnapshot, type OrderSpec } from "../../../harness/builders.ts";

const SPEC: OrderSpec = { lines: [{ sku: "MUG-BLU", quantity: 2, ex: "25.00", inc: "27.50" }], shipping: { ex: "9.00", inc: "9.90" } };
function drafted(spec: OrderSpec): SaleDraft {
  const result = toSale(anInput(aSnapshot(spec)));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const draft = drafted(SPEC);
const ADDRESS = { Line1: "7 Quarry Rd", Line2: "", City: "Hobart", State: "Tasmania", Postcode: "7000", Country: "Australia" };
const productId = draft.lines[0]?.productId;

describe("request bodies (cin7-core.md 7.5 to 7.12)", () => {
  it("POST /sale: header only, Simple, without quote, shipping to another address than the customer's", () => {
    expect(saleBody(draft, "c1")).toEqual({
      CustomerID: "c1",
      Contact: "Ana Keller",
      Phone: "0491570006",
      Email: "ana.keller@example.org",
      SkipQuote: true,
      SaleType: "Simple",
      BillingAddress: ADDRESS,
      ShippingAddress: { ...ADDRESS, Contact: "Ana Keller", ShipToOther: true },
      ShippingNotes: "Flat Rate",
      TaxRule: "GST",
      TaxInclusive: false,
      Location: "Main Warehouse",
      SaleOrderDate: "2026-07-01T00:00:00",
      CustomerReference: "1042",
      CurrencyRate: 1,
      ExternalID: "ls:ab12cd:1042:g1",
    });
  });
  it("POST /sale/order: authorised, numbers as JSON numbers, totals as Cin7 checks them", () => {
    const line = {
      ProductID: productId,
      SKU: "MUG-BLU",
      Name: "Product MUG-BLU",
      Quantity: 2,
      Price: 12.5,
      Discount: 0,
      Tax: 2.5,
      Total: 25,
      TaxRule: "GST",
      Comment: "",
    };
    const shipping = {
      Description: "Shipping",
      Quantity: 1,
      Price: 9,
      Discount: 0,
      Tax: 0.9,
      Total: 9,
      TaxRule: "GST",
      Comment: "Flat Rate",
    };
    expect(orderBody(draft, "s1")).toEqual({
      SaleID: "s1",
      Memo: "",
      Status: "AUTHORISED",
      AutoPickPackShipMode: "NOPICK",
      CombineAdditionalCharges: false,
      Lines: [line],
      AdditionalCharges: [shipping],
    });
    expect(invoiceBody(draft, "s1", "t0")).toEqual({
      SaleID: "s1",
      TaskID: "t0",
      CombineAdditionalCharges: false,
      Memo: "",
      Status: "AUTHORISED",
      InvoiceDate: "2026-07-01T00:00:00",
      InvoiceDueDate: "2026-07-01T00:00:00",
      CurrencyConversionRate: 1,
      Lines: [{ ...line, Account: "200" }],
      AdditionalCharges: [{ ...shipping, Account: "260" }],
    });
  });
  it("a draft invoice stays a draft (M10)", () => {
    expect(invoiceBody({ ...draft, invoice: { ...draft.invoice, status: "draft" } }, "s1", "t0").Status).toBe("DRAFT");
  });
  it("POST /customer takes terms, accounts and tax rule from the default customer", () => {
    const template = { PaymentTerm: "Prepaid", AccountReceivable: "610", RevenueAccount: "200", TaxRule: "GST", PriceTier: "" };
    if (draft.party.is !== "shopper") throw new Error("not a shopper");
    expect(customerBody(draft.party, "AUD", template)).toEqual({
      Name: "Ana Keller",
      Status: "Active",
      Currency: "AUD",
      PaymentTerm: "Prepaid",
      AccountReceivable: "610",
      RevenueAccount: "200",
      TaxRule: "GST",
      Addresses: [
        { ...ADDRESS, Type: "Billing", DefaultForType: true },
        { ...ADDRESS, Type: "Shipping", DefaultForType: true },
      ],
      Contacts: [{ Name: "Ana Keller", Phone: "0491570006", Email: "ana.keller@example.org", Default: true }],
    });
  });
  it("a charge item on a liability account has no revenue account of its own", () => {
    expect(serviceProductBody("Gift certificate", "GIFT-CERTIFICATE", null, "Tax free")).toEqual({
      SKU: "GIFT-CERTIFICATE",
      Name: "Gift certificate",
      Category: "Other",
      Type: "Service",
      CostingMethod: "FIFO",
      UOM: "Item",
      Status: "Active",
      PriceTier1: 0,
      SaleTaxRule: "Tax free",
      Sellable: true,
    });
  });
  it("Cin7's answer must have our total and our tax, to the last decimal (M1)", () => {
    expect(totalDifference(draft, { Total: 37.4, Tax: 3.4 })).toBeNull();
    expect(totalDifference(draft, { Total: 37.41, Tax: 3.41 })).toEqual({ ours: "37.40", cin7: "37.41" });
    expect(totalDifference(draft, { Total: 37.4, Tax: 3.39 })).toEqual({ ours: "tax 3.40", cin7: "tax 3.39" });
    expect(totalDifference(draft, { Total: 37.4004, Tax: 3.4 })).toEqual({ ours: "37.40", cin7: "37.4004" });
    expect(totalDifference(draft, { Total: null, Tax: null })).toBeNull();
  });
  it("floating point of Cin7's own neither hides a difference nor makes one; a figure that cannot be read is one (M1)", () => {
    expect(totalDifference(draft, { Total: 37.400000000000006, Tax: 3.4000000000000004 })).toBeNull();
    expect(totalDifference(draft, { Total: "37.400000000000006", Tax: "3.40000000000001" })).toBeNull();
    expect(totalDifference(draft, { Total: 37.410000000000004, Tax: 3.4 })).toEqual({ ours: "37.40", cin7: "37.41" });
    expect(totalDifference(draft, { Total: 37.4, Tax: 3.3900000000000001 })).toEqual({ ours: "tax 3.40", cin7: "tax 3.39" });
    expect(totalDifference(draft, { Total: "37,40", Tax: 3.4 })).toEqual({ ours: "37.40", cin7: '"37,40"' });
  });
});

describe("the order's page", () => {
  it("what came, in words and the order's own money", () => {
    const { came, cameLines } = pictureOf(aSnapshot(SPEC), "Australia/Melbourne");
    expect(Object.fromEntries(came.map(({ label, value }) => [label, value]))).toEqual({
      Placed: "2026-07-01",
      Status: "Awaiting Fulfillment",
      Customer: "Ana Keller",
      "E-mail": "ana.keller@example.org",
      Phone: "0491570006",
      "Billing address": "Ana Keller, 7 Quarry Rd, Hobart Tasmania 7000, Australia",
      "Ship to": "Ana Keller, 7 Quarry Rd, Hobart Tasmania 7000, Australia",
      "Shipping method": "Flat Rate",
      Prices: "Without tax",
      "Payment method": "Credit Card",
    });
    const sums = { exTax: "25.00", tax: "2.50", incTax: "27.50" };
    expect(cameLines).toEqual([{ sku: "MUG-BLU", name: "Product MUG-BLU", quantity: "2", price: "12.50", ...sums }]);
  });
  it("from the lines to the total on one basis: every column adds up to BigCommerce's own total, to the last place", () => {
    const totals = (spec: OrderSpec) => pictureOf(aSnapshot(spec)).cameTotals;
    expect(totals(SPEC)).toEqual([
      { label: "Lines", exTax: "25.00", tax: "2.50", incTax: "27.50" },
      { label: "Shipping", exTax: "9.00", tax: "0.90", incTax: "9.90" },
      { label: "Total", exTax: "34.00", tax: "3.40", incTax: "37.40" },
    ]);
    // The documented order 218 (accounting.md, J5): unit prices with four decimals, discounts said with tax only.
    const documented: OrderSpec = {
      lines: [{ sku: "A", ex: "62.6793", inc: "67.84" }],
      shipping: { ex: "11.09", inc: "12.00" },
      discount: "5.00",
      couponDiscount: "5.00",
      totals: { ex: "64.53", tax: "5.31", inc: "69.84" },
    };
    const everything: OrderSpec = {
      ...SPEC,
      inclusive: true,
      handling: { ex: "2.00", inc: "2.00" },
      wrapping: { ex: "3.00", inc: "3.30" },
      fees: [{ ex: "4.00", inc: "4.40", name: "Rural surcharge" }],
    };
    for (const spec of [documented, everything]) {
      const rows = totals(spec);
      for (const side of ["exTax", "tax", "incTax"] as const) {
        const parts = rows.slice(0, -1).reduce((sum, row) => sum.plus(row[side]), new Big(0));
        expect(parts.toFixed(), `${side} of ${JSON.stringify(rows)}`).toBe(new Big(rows.at(-1)?.[side] ?? "x").toFixed());
      }
    }
    expect(totals(documented).map(({ label }) => label)).toEqual(["Lines", "Shipping", "Discounts and coupons", "Total"]);
    expect(totals(everything).map(({ label }) => label)).toEqual([
      ...["Lines", "Shipping", "Handling", "Gift wrapping", "Rural surcharge", "Total"],
    ]);
  });
  it("what was mapped, each line with its reason", () => {
    const mapped = mappedOf(draft);
    expect(mapped.lines).toEqual([
      {
        kind: "line",
        sku: "MUG-BLU",
        name: "Product MUG-BLU",
        quantity: "2",
        price: "12.5",
        tax: "2.5",
        taxRule: "GST",
        total: "25",
        account: "200",
        why: 'GST, because tax class "Default Tax Class" was charged tax',
      },
      {
        kind: "charge",
        sku: "",
        name: "Shipping (Flat Rate)",
        quantity: "1",
        price: "9",
        tax: "0.9",
        taxRule: "GST",
        total: "9",
        account: "260",
        why: 'GST, because tax class "Shipping" was charged tax',
      },
    ]);
    expect([mapped.totals, mapped.settingsVersion, mapped.losses]).toEqual([{ exTax: "34.00", tax: "3.40", incTax: "37.40" }, 3, []]);
    expect(mapped.decisions.map((d) => `${d.label}: ${d.value}`)).toEqual([
      "Customer: Ana Keller",
      "Location: Main Warehouse",
      "Prices: Without tax",
      "Currency: AUD",
      "Invoice date: 2026-07-01",
    ]);
  });
});
