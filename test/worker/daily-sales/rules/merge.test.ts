import { describe, expect, it } from "vitest";
import { mergeRows } from "../../../../worker/daily-sales/rules/merge.ts";
import { totalOf } from "../../../../worker/orders/sending/bodies.ts";
import type { OrderSpec } from "../../../harness/builders.ts";
import { drafted } from "../../../harness/sale.ts";
import { JOURNALS } from "../../orders/mapping/journals.ts";

/** Rows of a day's orders as one sale (F15): exact to the last decimal, tax per rule the sum of the orders'. */
const cents = (rows: readonly { tax: string; taxRule: string }[]) => {
  const sums: Record<string, number> = {};
  for (const { tax, taxRule } of rows) sums[taxRule] = (sums[taxRule] ?? 0) + Math.round(Number(tax) * 100);
  return sums;
};
const rowsOf = ({ lines, charges }: ReturnType<typeof mergeRows>) => [
  ...lines.map((l) => [l.sku, l.quantity, l.price, l.tax, l.taxRule].join(" · ")),
  ...charges.map((c) => [c.description, c.quantity, c.price, c.tax, c.taxRule].join(" · ")),
];
const MUG: OrderSpec = {
  lines: [{ sku: "MUG", quantity: 2, ex: "25.00", inc: "27.50", rate: "10", charged: "2.50" }],
  shipping: { ex: "9.00", inc: "9.90" },
};

describe("what becomes one row", () => {
  it("the same product, price and rule; charges of one item and rule", () => {
    const day = mergeRows([drafted(MUG), drafted(MUG), drafted(MUG)]);
    expect(rowsOf(day)).toEqual(["MUG · 6 · 12.5 · 7.5 · GST", "Shipping · 1 · 27 · 2.7 · GST"]);
  });
  it("another price, rule or comment stays apart", () => {
    const other: OrderSpec = { lines: [{ sku: "MUG", ex: "11.00", inc: "12.10", rate: "10", charged: "1.10" }] };
    const free: OrderSpec = { lines: [{ sku: "MUG", ex: "12.50", inc: "12.50" }] };
    expect(rowsOf(mergeRows([drafted(MUG), drafted(other), drafted(free)]))).toHaveLength(4);
  });
  it("a tax that Cin7 would not make of the joined amount keeps rows apart (8.25 %: 0.83 and 0.82)", () => {
    const line = (sku: string) => ({ sku, ex: "9.99", inc: "10.81", rate: "8.2500", charged: "0.82" });
    const J6: OrderSpec = { lines: [line("A"), line("B")], totals: { ex: "19.98", tax: "1.65", inc: "21.63" } };
    const day = mergeRows([drafted(J6), drafted(J6), drafted(J6), drafted(J6)]);
    expect(cents(day.lines)).toEqual({ GST: 4 * 165 });
    for (const line of day.lines) expect(Math.round(Number(line.total) * 8.25) / 100 - Number(line.tax)).toBeCloseTo(0, 1);
    // Two of 0.83 are 1.66, and 8.25 % of 19.98 are 1.65.
    for (const line of day.lines.filter((each) => each.quantity !== "1"))
      expect(Math.round(Number(line.total) * 8.25)).toBe(Math.round(Number(line.tax) * 100));
  });
  it("a discount stays a charge of its own, with every code", () => {
    const J3 = JOURNALS.find((journal) => journal.name.startsWith("J3 coupon"))?.spec as OrderSpec;
    const charges = mergeRows([drafted(J3), drafted(J3)]).charges.map((c) => [c.description, c.price, c.tax, c.comment]);
    expect(charges).toEqual([
      ["Coupon", "-20", "-2", "SAVE10"],
      ["Coupon", "-10", "0", "SAVE10"],
    ]);
  });
});

it("any orders together: total and tax per rule are the sums of the orders', in whichever sequence they come", () => {
  for (const inclusive of [false, true]) {
    const drafts = JOURNALS.filter((j) => (j.spec.inclusive ?? false) === inclusive).map(({ spec, over }) => drafted(spec, over));
    for (const sales of [drafts, [...drafts].reverse(), [...drafts, ...drafts, ...drafts]]) {
      const day = { ...mergeRows(sales), taxInclusive: inclusive };
      const all = sales.flatMap((sale) => [...sale.lines, ...sale.charges]);
      expect(totalOf(day).toFixed(4)).toBe(
        sales.reduce((sum, sale) => sum.plus(totalOf(sale)), totalOf({ lines: [], charges: [], taxInclusive: inclusive })).toFixed(4),
      );
      const expected = Object.entries(cents(all)).filter(([, tax]) => tax !== 0);
      expect(
        Object.entries(cents([...day.lines, ...day.charges]))
          .filter(([, tax]) => tax !== 0)
          .sort(),
      ).toEqual(expected.sort());
      expect(day.lines.length).toBeLessThanOrEqual(all.length);
    }
  }
});
