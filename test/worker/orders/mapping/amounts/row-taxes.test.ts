import Big from "big.js";
import { describe, expect, it } from "vitest";
import { toSale } from "../../../../../worker/orders/mapping/to-sale.ts";
import { anInput, aSettings, aSnapshot, type LineSpec, type OrderSpec } from "../../../../harness/builders.ts";
import { drafted } from "../../../../harness/sale.ts";
import { diceOf } from "../../../../oracle/dice.ts";

/** M3: first the tax rules share the order's tax, then the rows of each rule share theirs. The tax return is made of the rules. */
const classes = Array.from({ length: 6 }, (_, classId) => ({
  classId,
  className: `Class ${classId}`,
  withTax: `Tax ${classId}`,
  withoutTax: "Tax free",
}));
const settings = aSettings({ tax: { classes } });

function taxesOf(spec: OrderSpec): Record<string, string> {
  const draft = drafted(spec, { settings });
  const rules: Record<string, Big> = {};
  for (const row of [...draft.lines, ...draft.charges]) rules[row.taxRule] = (rules[row.taxRule] ?? new Big(0)).plus(row.tax);
  return Object.fromEntries(Object.entries(rules).map(([rule, tax]) => [rule, tax.toFixed(2)]));
}
const many = (count: number, line: Omit<LineSpec, "sku">): LineSpec[] => Array.from({ length: count }, () => ({ sku: "A", ...line }));
const byRow = (spec: OrderSpec) => {
  const draft = drafted(spec, { settings });
  return [...draft.lines, ...draft.charges].map((row) => `${row.taxRule} ${row.tax}`);
};

describe("tax by rule (M3)", () => {
  it("41 small lines with tax in their prices, at 20 and 5 %: 3.64 and 0.98, as BigCommerce says, not 3.62 and 1.00", () => {
    const lines = [
      ...many(21, { ex: "0.8667", inc: "1.04", rate: "20", charged: "0.1733", classId: 0 }),
      ...many(20, { ex: "0.9810", inc: "1.03", rate: "5", charged: "0.0490", classId: 1 }),
    ];
    const totals = { inc: "42.44", tax: "4.62", ex: "37.82" };
    expect(taxesOf({ lines, inclusive: true, totals })).toEqual({ "Tax 0": "3.64", "Tax 1": "0.98" });
    const untold = lines.map(({ rate: _, charged: __, ...line }) => line);
    expect(taxesOf({ lines: untold, inclusive: true, totals }), "without tax rows").toEqual({ "Tax 0": "3.64", "Tax 1": "0.98" });
  });

  it("41 small lines without tax in their prices, at 20 and 10 %: 4.12 and 2.18, not 4.20 and 2.10", () => {
    const lines = [
      ...many(20, { ex: "1.03", inc: "1.2360", rate: "20", charged: "0.2060", classId: 0 }),
      ...many(21, { ex: "1.04", inc: "1.1440", rate: "10", charged: "0.1040", classId: 1 }),
    ];
    expect(taxesOf({ lines, totals: { ex: "42.44", tax: "6.30", inc: "48.74" } })).toEqual({ "Tax 0": "4.12", "Tax 1": "2.18" });
  });

  it("1 to 500 lines and 1 to 6 rules: no rule is more than half a cent from BigCommerce's own sum, and the rules make the order's tax", {
    timeout: 60_000,
  }, () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const dice = diceOf(seed);
      const rules = dice.int(1, 6);
      const inclusive = dice.chance(0.5);
      const rates = Array.from({ length: rules }, () => dice.pick(["5", "7.25", "8.25", "10", "19", "20"]));
      const lines = Array.from({ length: seed % 4 ? dice.int(1, 60) : dice.int(60, 500) }, (): LineSpec => {
        const classId = dice.int(0, rules - 1);
        const side = new Big(dice.int(1, 300)).div(100);
        const rate = new Big(rates[classId] ?? "0");
        const tax = side
          .times(rate)
          .div(inclusive ? rate.plus(100) : 100)
          .round(4, 1);
        const [ex, inc] = inclusive ? [side.minus(tax), side] : [side, side.plus(tax)];
        return { sku: "A", classId, rate: rate.toFixed(), charged: tax.toFixed(), ex: ex.toFixed(), inc: inc.toFixed() };
      });
      const sum = (some: LineSpec[], of: "charged" | "ex" | "inc") => some.reduce((all, line) => all.plus(line[of] ?? 0), new Big(0));
      // Rounded once for each rate, as shops do it: of several rules with one rate each has its own.
      const own = rates.map((_, id) =>
        sum(
          lines.filter((line) => line.classId === id),
          "charged",
        ),
      );
      const tax = own.reduce((all, each) => all.plus(each.round(2, 1)), new Big(0));
      const [ex, inc] = inclusive ? [sum(lines, "inc").minus(tax), sum(lines, "inc")] : [sum(lines, "ex"), sum(lines, "ex").plus(tax)];
      const spec = { lines, inclusive, totals: { ex: ex.toFixed(4), tax: tax.toFixed(4), inc: inc.toFixed(4) } };
      const ours = taxesOf(spec);
      own.forEach((exact, id) => {
        const off = exact.minus(ours[`Tax ${id}`] ?? 0).abs();
        if (off.gt("0.005")) wrong.push(`seed ${seed}: rule ${id} is ${ours[`Tax ${id}`]}, BigCommerce's sum is ${exact}`);
      });
      const whole = Object.values(ours).reduce((all, each) => all.plus(each), new Big(0));
      if (!whole.eq(tax)) wrong.push(`seed ${seed}: ${whole} in all, the order has ${tax}`);
    }
    expect(wrong).toEqual([]);
  });

  it("a row whose tax BigCommerce tells to the cent keeps it: wrapping 0.39, though 10 % of its price are 0.40", () => {
    const spec: OrderSpec = {
      lines: [
        { sku: "A", ex: "33.33", inc: "36.66", rate: "10", charged: "2.83", discounts: [{ amount: "5.00" }] },
        { sku: "B", ex: "12.50", inc: "13.75", rate: "10", charged: "1.25" },
      ],
      wrapping: { ex: "3.95", inc: "4.35" },
      discount: "5.00",
      totals: { ex: "44.78", tax: "4.47", inc: "49.25" },
    };
    const snapshot = aSnapshot(spec);
    const [row] = snapshot.taxes;
    if (row) snapshot.taxes.push({ ...row, order_product_id: 11, line_amount: "0.39", line_item_type: "gift-wrapping" });
    const mapped = toSale(anInput(snapshot, { settings }));
    if (!mapped.ok) throw new Error(JSON.stringify(mapped.error));
    const draft = mapped.value;
    const rows = [...draft.lines, ...draft.charges].map((row) => `${"sku" in row && row.sku ? row.sku : "charge"} ${row.tax}`);
    expect(rows).toEqual(["A 3.33", "B 1.25", "charge 0.39", "charge -0.5"]);
  });

  it("M5: a fee below zero with tax takes that tax off under the rule of its class, not under the tax-free one", () => {
    const spec: OrderSpec = {
      lines: [{ sku: "A", ex: "50.00", inc: "55.00" }],
      fees: [{ ex: "-4.00", inc: "-4.40", classId: 2, name: "Pick it up yourself" }],
    };
    expect(byRow(spec)).toEqual(["Tax 0 5", "Tax 2 -0.4"]);
  });
});
