import { describe, expect, it } from "vitest";
import { aSettings, type OrderSpec } from "../../../../harness/builders.ts";
import { drafted } from "../../../../harness/sale.ts";

const priced = (spec: OrderSpec, over = {}) => {
  const { lines, charges } = drafted(spec, over);
  const rounding = charges.filter((charge) => charge.rounding).map((charge) => `rounding ${charge.total}`);
  return [...lines.map((line) => `${line.quantity} × ${line.price} = ${line.total}`), ...rounding];
};
const free = (sku: string, quantity: number, total: string, price: string) => ({
  ...{ sku, quantity, ex: total, inc: total },
  raw: { price_ex_tax: price, price_inc_tax: price },
});

describe("the printed unit price (J7, M4)", () => {
  it("is the shop's own, though BigCommerce's total is rounded; the rounding charge takes the rest", () => {
    expect(priced({ lines: [free("A", 3, "37.00", "12.3330")] })).toEqual(["3 × 12.333 = 36.999", "rounding 0.001"]);
  });
  it("is the total ÷ quantity where a Cin7 that rounds each row to two decimals would end at another total by the shop's price", () => {
    expect(priced({ lines: [free("A", 3, "37.04", "12.3450")] })).toEqual(["3 × 12.3467 = 37.0401", "rounding -0.0001"]);
  });
  it("is the total ÷ quantity where the shop's price does not make the total, such as after a discount of the line", () => {
    expect(priced({ lines: [free("A", 3, "30.00", "12.3450")] })).toEqual(["3 × 10 = 30"]);
  });
  it("is the total ÷ quantity where the shop's prices would leave more than the cap", () => {
    const lines = Array.from({ length: 12 }, (_, i) => free(`S${i}`, 3, "37.04", "12.3450"));
    expect(priced({ lines })).toEqual([...lines.map(() => "3 × 12.3467 = 37.0401"), "rounding -0.0012"]);
  });
  it("takes no negative rounding where the account takes no negative charge", () => {
    expect(priced({ lines: [free("A", 3, "37.03", "12.3450")] }, { negativeChargesRefused: true })).toEqual([
      "3 × 12.3433 = 37.0299",
      "rounding 0.0001",
    ]);
  });
});

describe("3,000 units whose price a discount lowers", () => {
  const spec: OrderSpec = {
    lines: [{ sku: "BOLT", quantity: 3000, ex: "3000.00", inc: "3000.00", discounts: [{ amount: "10.01" }] }],
    discount: "10.01",
    totals: { ex: "2989.99", tax: "0.00", inc: "2989.99" },
  };
  it("go as two lines 0.0001 apart, to the cent, each with its part of what was sold", () => {
    for (const over of [{ negativeChargesRefused: true }, { settings: aSettings({ charges: { spreadDiscounts: true } }) }])
      expect(priced(spec, over)).toEqual(["1100 × 0.9966 = 1096.26", "1900 × 0.9967 = 1893.73"]);
    const shares = drafted(spec, { negativeChargesRefused: true }).lines.map((line) => line.from?.[0]?.share?.quantity);
    expect(shares).toEqual(["1100", "1900"]);
  });
});
