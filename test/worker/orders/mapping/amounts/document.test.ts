import { describe, expect, it } from "vitest";
import { aSettings, type OrderSpec } from "../../../../harness/builders.ts";
import { problems } from "../../../../harness/sale.ts";

describe("what does not tie is held with both figures", () => {
  const held = (spec: OrderSpec, cap = "0.05") => problems(spec, { settings: aSettings({ rounding: { cap } }) });
  const line = { sku: "A", ex: "100.00", inc: "110.00" };

  it("a discount that is not what is left over (M2)", () => {
    const spec = { lines: [line], discount: "10.00", totals: { ex: "85.00", tax: "8.50", inc: "93.50" } };
    expect(held(spec)).toEqual([
      { kind: "total-differs", orderId: 1042, ours: "90.00", theirs: "85.00", currency: "AUD", what: "5.00 in the discount, without tax" },
    ]);
  });
  it("a total that the lines and charges do not reach", () => {
    const spec = { lines: [line], totals: { ex: "101.00", tax: "10.00", inc: "111.00" } };
    expect(held(spec)).toEqual([
      {
        kind: "total-differs",
        orderId: 1042,
        ours: "100.00",
        theirs: "101.00",
        currency: "AUD",
        what: "1.00 in its lines and charges, without tax",
      },
    ]);
  });
  it("coupons that are not the order's coupon discount, unless discounts go without their codes (F39)", () => {
    const spec: OrderSpec = {
      lines: [{ ...line, discounts: [{ code: "SAVE", amount: "10.00" }] }],
      coupons: [{ code: "SAVE", discount: "12.00" }],
      couponDiscount: "10.00",
      totals: { ex: "90.00", tax: "9.00", inc: "99.00" },
    };
    expect(held(spec)).toEqual([
      { kind: "total-differs", orderId: 1042, ours: "12.00", theirs: "10.00", currency: "AUD", what: "2.00 in its coupons", of: "coupons" },
    ]);
    expect(problems(spec, { settings: aSettings({ charges: { loadCouponCodes: false } }) })).toEqual([]);
  });
  it("a difference below the currency's smallest unit is told with its digits, never as 0.00", () => {
    const spec = { lines: [line], totals: { ex: "100.004", tax: "10.00", inc: "110.004" } };
    expect(held(spec)).toEqual([
      expect.objectContaining({ ours: "110.00", theirs: "110.004", what: "0.004 in decimals that the currency does not have" }),
    ]);
  });
  it("a line below zero, and a charge where the account takes none: held before anything is in Cin7 Core, by its name", () => {
    const minus = { lines: [line, { sku: "BACK", ex: "-5.00", inc: "-5.50" }] };
    expect(held(minus)).toEqual([{ kind: "below-zero", orderId: 1042, what: "line", name: "Product BACK" }]);
    const fee = { lines: [line], fees: [{ ex: "-4.00", inc: "-4.40", name: "Pick it up yourself" }] };
    expect(held(fee)).toEqual([]);
    expect(problems(fee, { negativeChargesRefused: true })).toEqual([
      { kind: "below-zero", orderId: 1042, what: "charge", name: "Pick it up yourself" },
    ]);
  });
  it("tax that no row carries: never a rounding matter (M3)", () => {
    const spec = { lines: [{ sku: "A", ex: "100.00", inc: "100.00" }], totals: { ex: "100.00", tax: "0.03", inc: "100.03" } };
    expect(held(spec)).toEqual([expect.objectContaining({ kind: "total-differs", what: "0.03 in its tax" })]);
  });
  it("totals of BigCommerce that contradict each other", () => {
    const spec = { lines: [line], totals: { ex: "99.00", tax: "10.00", inc: "110.00" } };
    expect(held(spec)).toEqual([
      expect.objectContaining({ kind: "total-differs", what: "1.00 between its total, its tax and its net total" }),
    ]);
  });
  it("rounding above the cap, which is never above 1.00 (M4)", () => {
    const spec = { lines: [{ sku: "A", quantity: 3000, ex: "100.10", inc: "100.10" }], totals: { ex: "100.10", tax: "0", inc: "100.10" } };
    expect(held(spec)).toEqual([expect.objectContaining({ kind: "total-differs", what: "0.10 after rounding" })]);
    expect(held(spec, "0.10")).toEqual([]);
    const far = {
      lines: [{ sku: "A", quantity: 30_000, ex: "1003.40", inc: "1003.40" }],
      totals: { ex: "1003.40", tax: "0", inc: "1003.40" },
    };
    expect(held(far, "5.00")).toEqual([expect.objectContaining({ kind: "total-differs" })]);
  });
  it("amounts that are none are named", () => {
    const spec = { lines: [{ ...line, raw: { total_ex_tax: "n/a" } }], order: { total_tax: "" } };
    expect(held(spec)).toEqual([{ kind: "order-malformed", orderId: 1042, fields: ["total_tax", "products.11.total_ex_tax"] }]);
  });
});
