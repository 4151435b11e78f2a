import Big from "big.js";
import { describe, expect, it } from "vitest";
import { couponShares, type Row, share, sum, work } from "./bigcommerce/order-maths.ts";

const row = (amount: string, rate = "10", discount = "0"): Row => ({
  amount: new Big(amount),
  rate: new Big(rate),
  discount: new Big(discount),
});

describe("order maths", () => {
  it("rounds tax once per rate and gives the odd cents to the largest remainders", () => {
    const worked = work([row("0.33"), row("0.33"), row("0.34")], false);
    expect(worked.map(({ net }) => net.tax.toFixed(2))).toEqual(["0.03", "0.03", "0.04"]);
    expect(sum(worked.map(({ net }) => net.tax)).toFixed(2)).toBe("0.10");
  });

  it("keeps the sum of the rows equal to the tax of the order, whatever the rows", () => {
    for (const inclusive of [true, false]) {
      for (let n = 1; n < 40; n++) {
        const rows = Array.from({ length: n }, (_, index) =>
          row(((index * 37 + n * 13) % 500).toString().concat(".", String((index * 7) % 10), "3"), "20"),
        );
        const tax = sum(work(rows, inclusive).map(({ net }) => net.tax));
        const total = sum(rows.map(({ amount }) => amount));
        const whole = inclusive ? total.times(20).div(120) : total.times(20).div(100);
        expect(tax.toFixed(2)).toBe(whole.round(2, 1).toFixed(2));
      }
    }
  });

  it("takes inclusive amounts as they are and derives the side without tax (bigcommerce.md 4.3)", () => {
    const [worked] = work([row("120", "20", "12")], true);
    expect([worked?.gross.inc, worked?.gross.ex, worked?.net.inc, worked?.net.ex, worked?.net.tax].map(String)).toEqual([
      "120",
      "100",
      "108",
      "90",
      "18",
    ]);
  });

  it("can take a discount off the side with tax in a tax-exclusive store (bigcommerce.md 14, example 218)", () => {
    const [worked] = work([row("100", "10", "11")], false, true);
    expect([worked?.net.inc, worked?.net.ex, worked?.net.tax].map(String)).toEqual(["99", "90", "9"]);
  });

  it("splits an amount by weight to the cent", () => {
    expect(share(new Big("10"), [new Big(1), new Big(1), new Big(1)]).map(String)).toEqual(["3.34", "3.33", "3.33"]);
  });

  it("knows coupons per item, in percent and per order (bigcommerce.md 4.6)", () => {
    const lines = [
      { amount: new Big("30"), quantity: 3 },
      { amount: new Big("10"), quantity: 1 },
    ];
    expect(couponShares({ type: 0, amount: new Big(2) }, lines).map(String)).toEqual(["6", "2"]);
    expect(couponShares({ type: 1, amount: new Big(15) }, lines).map(String)).toEqual(["4.5", "1.5"]);
    expect(couponShares({ type: 2, amount: new Big(5) }, lines).map(String)).toEqual(["3.75", "1.25"]);
  });
});
