import Big from "big.js";
import { describe, expect, it } from "vitest";
import { isShippingCoupon, sharesOf } from "../../../../../worker/orders/mapping/amounts/discount-shares.ts";
import type { Row } from "../../../../../worker/orders/mapping/amounts/order-row.ts";
import type { Snapshot } from "../../../../../worker/orders/mapping/sale-draft.ts";

const row = (kind: string, lineId: number, ex: string, inc: string) =>
  ({ kind, lineId, ex: new Big(ex), inc: new Big(inc) }) as unknown as Row;
const ROWS = [row("product", 1, "30.00", "33.00"), row("product", 2, "10.00", "11.00"), row("shipping", 0, "8.00", "8.80")];
const applied = (...given: [code: string, amount: string][][]) =>
  given.map((discounts, i) => ({
    id: i + 1,
    applied_discounts: discounts.map(([code, amount]) => ({ code, name: code || "Sale", amount })),
  }));
const coupon = (code: string, discount: string, type = 0) => ({ code, discount, type });

const shares = (given: { lines?: unknown[]; coupons?: unknown[]; amount: string; shippingOff?: string; offGross?: boolean }) =>
  sharesOf(ROWS, { lines: given.lines ?? [], coupons: given.coupons ?? [] } as unknown as Snapshot, {
    amount: new Big(given.amount),
    shippingOff: new Big(given.shippingOff ?? "0"),
    cap: new Big("0.05"),
    offGross: given.offGross ?? false,
  }).map(({ code, row: at, amount }) => [code, at, amount.round(4).toString()]);

describe("M2: how much of which discount falls on which row", () => {
  it("as the lines tell it, where that adds up", () => {
    expect(shares({ lines: applied([["SAVE", "3.00"]], [["", "1.00"]]), amount: "4.00" })).toEqual([
      ["SAVE", 0, "3"],
      [null, 1, "1"],
    ]);
  });

  it("where it does not add up the coupons tell, by what each line costs", () => {
    expect(shares({ lines: applied([["SAVE", "1.00"]]), coupons: [coupon("SAVE", "4.00")], amount: "4.00" })).toEqual([
      ["SAVE", 0, "3"],
      ["SAVE", 1, "1"],
    ]);
  });

  it("what comes off the price with tax is weighed with tax", () => {
    const given = { coupons: [coupon("SAVE", "4.40")], amount: "4.40", offGross: true };
    expect(shares(given)).toEqual([
      ["SAVE", 0, "3.3"],
      ["SAVE", 1, "1.1"],
    ]);
  });

  it("a shipping coupon falls on shipping, beside what the lines tell", () => {
    expect([3, 4, 0, 2].map((type) => isShippingCoupon({ type }))).toEqual([true, true, false, false]);
    const given = { lines: applied([["SAVE", "3.00"]]), coupons: [coupon("SHIP", "8.00", 3)], amount: "11.00", shippingOff: "8.00" };
    expect(shares(given)).toEqual([
      ["SAVE", 0, "3"],
      ["SHIP", 2, "8"],
    ]);
  });

  it("what nobody tells is one discount without a code over the goods, never over shipping", () => {
    expect(shares({ amount: "4.00" })).toEqual([
      [null, 0, "3"],
      [null, 1, "1"],
    ]);
  });

  it("the rest beside known coupons too; coupons that are more than the whole tell nothing", () => {
    expect(shares({ coupons: [coupon("SAVE", "4.00")], amount: "8.00" })).toHaveLength(4);
    expect(shares({ coupons: [coupon("SAVE", "9.00")], amount: "4.00" }).map(([code]) => code)).toEqual([null, null]);
  });
});
