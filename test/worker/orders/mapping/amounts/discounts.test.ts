import { describe, expect, it } from "vitest";
import { aSettings, type LineSpec, type OrderSpec } from "../../../../harness/builders.ts";
import { drafted } from "../../../../harness/sale.ts";
import { J3 } from "../journals.ts";

describe("tax per row (M3) and per rule (M2)", () => {
  const taxes = (spec: OrderSpec) => {
    const classes = [0, 1].map((classId) => ({
      classId,
      className: `Class ${classId}`,
      withTax: `Tax ${classId}`,
      withoutTax: "Tax free",
    }));
    const draft = drafted(spec, { settings: aSettings({ tax: { classes } }) });
    return [...draft.lines, ...draft.charges].map((row) => `${row.taxRule} ${row.tax}`);
  };
  it("the odd cent goes to the largest exact remainder, by the rates that the tax rows tell", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "A", ex: "5.00", inc: "5.41", rate: "8.2500", charged: "0.41" },
        { sku: "B", ex: "9.99", inc: "10.81", rate: "8.2500", charged: "0.82" },
      ],
      totals: { ex: "14.99", tax: "1.24", inc: "16.23" },
    };
    expect(taxes(spec)).toEqual(["Tax 0 0.41", "Tax 0 0.83"]);
  });
  it("tax rows that add up to the order's tax are taken as they are (F42)", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "A", ex: "9.99", inc: "10.81", rate: "8.2500", charged: "0.82" },
        { sku: "B", ex: "9.99", inc: "10.81", rate: "8.2500", charged: "0.83" },
      ],
      totals: { ex: "19.98", tax: "1.65", inc: "21.63" },
    };
    expect(taxes(spec)).toEqual(["Tax 0 0.82", "Tax 0 0.83"]);
  });
  it("a discount over two rates leaves under each rule the tax that BigCommerce charged under it", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "A", ex: "33.33", inc: "36.66", rate: "10", charged: "2.82", discounts: [{ amount: "5.00" }] },
        { sku: "B", ex: "33.33", inc: "35.00", rate: "5", charged: "1.43", classId: 1, discounts: [{ amount: "5.00" }] },
      ],
      discount: "10.00",
      totals: { ex: "56.66", tax: "4.25", inc: "60.91" },
    };
    expect(taxes(spec)).toEqual(["Tax 0 3.33", "Tax 1 1.67", "Tax 0 -0.51", "Tax 1 -0.24"]);
  });
  it("a discount on tax-free goods never carries tax", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "A", ex: "9.99", inc: "10.81" },
        { sku: "B", ex: "9.99", inc: "10.81" },
        { sku: "C", ex: "50.00", inc: "50.00", classId: 1, discounts: [{ amount: "5.00" }] },
      ],
      discount: "5.00",
      totals: { ex: "64.98", tax: "1.65", inc: "66.63" },
    };
    expect(taxes(spec)).toEqual(["Tax 0 0.83", "Tax 0 0.82", "Tax free 0", "Tax free 0"]);
  });
});

describe("discounts on shipping and by two coupons (F39, M2)", () => {
  const line = (sku: string, ex: string, inc: string, discounts: LineSpec["discounts"] = []): LineSpec => ({ sku, ex, inc, discounts });
  const charges = (spec: OrderSpec) => drafted(spec).charges.map((c) => [c.description, c.price, c.tax, c.comment].join(" · "));
  it("two coupons and a manual discount are three charges", () => {
    const spec = {
      lines: [
        line("A", "100.00", "110.00", [
          { code: "ONE", amount: "10.00" },
          { code: "TWO", amount: "5.00" },
          { amount: "5.00", name: "Goodwill" },
        ]),
      ],
      couponDiscount: "15.00",
      discount: "5.00",
      totals: { ex: "80.00", tax: "8.00", inc: "88.00" },
    };
    expect(charges(spec)).toEqual(["Coupon · -10 · -1 · ONE", "Coupon · -5 · -0.5 · TWO", "Discount · -5 · -0.5 · Goodwill"]);
  });
  it("a shipping coupon takes its share from shipping", () => {
    const spec = {
      lines: [line("A", "100.00", "100.00")],
      shipping: { ex: "10.00", inc: "11.00" },
      coupons: [{ code: "SHIP", discount: "10.00", type: 4 }],
      couponDiscount: "10.00",
      totals: { ex: "100.00", tax: "0.00", inc: "100.00" },
    };
    expect(charges(spec)).toEqual(["Shipping · 10 · 1 · Flat Rate", "Coupon · -10 · -1 · SHIP"]);
  });
  it("a free-shipping coupon on an order whose shipping is 0 already is no discount a second time", () => {
    const spec = {
      lines: [line("A", "100.00", "110.00")],
      coupons: [{ code: "SHIP", discount: "10.00", type: 4 }],
      couponDiscount: "10.00",
      totals: { ex: "100.00", tax: "10.00", inc: "110.00" },
    };
    expect(charges(spec)).toEqual([]);
  });
  it("100 % off: everything cancels and the total is 0.00 (M18)", () => {
    const spec = {
      lines: [line("A", "100.00", "110.00", [{ code: "ALL", amount: "100.00" }])],
      couponDiscount: "100.00",
      totals: { ex: "0.00", tax: "0.00", inc: "0.00" },
    };
    expect(charges(spec)).toEqual(["Coupon · -100 · -10 · ALL"]);
  });
});

describe("discounts in the line prices by choice (F114)", () => {
  it("lowers the lines as where negative charges are refused, and says that Setup wants it", () => {
    const draft = drafted(J3, { settings: aSettings({ charges: { spreadDiscounts: true } }) });
    expect(draft.charges).toEqual([]);
    expect(draft.lines.map((l) => [l.price, l.tax])).toEqual([
      ["90", "9"],
      ["45", "0"],
    ]);
    expect(draft.decisions).toContainEqual(expect.objectContaining({ label: "Discount", why: expect.stringMatching(/^Setup says/) }));
  });
});
