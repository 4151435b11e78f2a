import Big from "big.js";
import { describe, expect, it } from "vitest";
import { jsonNumber } from "../../../../worker/lib/money.ts";
import type { MappingInput } from "../../../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { invoiceBody, totalOf } from "../../../../worker/orders/sending/bodies.ts";
import { anInput, aSettings, aSnapshot, type Cost, type LineSpec, type OrderSpec } from "../../../harness/builders.ts";
import { entriesOf } from "./ledger.ts";

/** A small generator: the same seed, the same orders (mulberry32). */
function randomFrom(seed: number) {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T;
  return { next, int, pick };
}

const cents = (x: Big) => x.round(2, Big.roundHalfUp);
const RATES = ["0", "5", "7.25", "8.25", "10", "19", "20", "27"];

/**
 * A shop of its own kind: prices of up to four decimals, tax rounded once over the order, discounts taken from the side that
 * the shop keeps prices on; half of the orders tell rates and discounts per line, half do not. `perClass`: exact tax charged.
 */
type AnyOrder = OrderSpec & { perClass: [Big, Big] };
function anyOrder(seed: number): AnyOrder {
  const { next, int, pick } = randomFrom(seed);
  const inclusive = next() < 0.5;
  const rates = [pick(RATES), pick(RATES)];
  const sides = (amount: Big, rate: string) => {
    const tax = cents(inclusive ? amount.times(rate).div(new Big(rate).plus(100)) : amount.times(rate).div(100));
    return inclusive ? { ex: amount.minus(tax), inc: amount } : { ex: amount, inc: amount.plus(tax) };
  };
  const lines = Array.from({ length: int(1, 7) }, (_, i): LineSpec & { rate: string } => {
    const quantity = int(1, 12);
    const price = new Big(int(0, 9) === 0 ? 0 : int(1, 200_000)).div(pick([100, 100, 10_000]));
    const rate = rates[i % 2] as string;
    const { ex, inc } = sides(cents(price.times(quantity)), rate);
    return { sku: `S${i}`, quantity, ex: ex.toFixed(), inc: inc.toFixed(), rate, classId: i % 2 };
  });
  const costs = (how: number): Cost[] =>
    Array.from({ length: how }, () => ({
      classId: 0,
      rate: rates[0],
      ...asText(sides(new Big(int(0, 3000)).div(100), rates[0] as string)),
    }));
  const [shipping, handling, wrapping] = costs(3) as [Cost, Cost, Cost];
  const fees = costs(int(0, 2));

  const side = inclusive ? "inc" : "ex";
  const goods = lines.reduce((sum, line) => sum.plus(line[side]), new Big(0));
  const kinds = pick([0, 0, 1, 2]);
  const wanted = Array.from({ length: kinds }, () => cents(goods.times(int(1, 45)).div(100)));
  const off = wanted.reduce((sum, d) => sum.plus(d), new Big(0));
  // Each discount over the lines by what they cost, to the cent; the last one takes the rest.
  const perLine = lines.map(() => wanted.map(() => new Big(0)));
  wanted.forEach((discount, d) => {
    let left = discount;
    lines.forEach((line, i) => {
      const share = i === lines.length - 1 ? left : cents(discount.times(line[side]).div(goods.eq(0) ? 1 : goods));
      (perLine[i] as Big[])[d] = share.gt(left) ? left : share;
      left = left.minus((perLine[i] as Big[])[d] as Big);
    });
  });
  // The tax that is charged: once over everything, on what is left to pay.
  let exactTax = new Big(0);
  let keep = new Big(0);
  const perClass: [Big, Big] = [new Big(0), new Big(0)];
  lines.forEach((line, i) => {
    const paid = new Big(line[side]).minus((perLine[i] as Big[]).reduce((sum, d) => sum.plus(d), new Big(0)));
    keep = keep.plus(paid);
    const tax = paid.times(line.rate).div(inclusive ? new Big(line.rate).plus(100) : 100);
    perClass[i % 2] = (perClass[i % 2] as Big).plus(tax);
    exactTax = exactTax.plus(tax);
  });
  for (const cost of [shipping, handling, wrapping, ...fees]) {
    keep = keep.plus(cost[side]);
    exactTax = exactTax.plus(new Big(cost.inc).minus(cost.ex));
    perClass[0] = perClass[0].plus(new Big(cost.inc).minus(cost.ex));
  }
  const tax = cents(exactTax);
  const totals = inclusive ? { inc: keep, tax, ex: keep.minus(tax) } : { ex: keep, tax, inc: keep.plus(tax) };
  const told = next() < 0.5;
  return {
    perClass,
    lines: lines.map((line, i) => ({
      ...line,
      discounts: told ? (perLine[i] as Big[]).map((amount, d) => ({ amount: amount.toFixed(), code: d === 0 ? "SAVE" : undefined })) : [],
      rate: told ? line.rate : undefined,
    })) as LineSpec[],
    shipping,
    handling,
    wrapping,
    fees,
    coupons: kinds > 0 ? [{ code: "SAVE", discount: (wanted[0] as Big).toFixed() }] : [],
    couponDiscount: (wanted[0] ?? new Big(0)).toFixed(),
    discount: off.minus(wanted[0] ?? 0).toFixed(),
    inclusive,
    totals: { ex: totals.ex.toFixed(4), tax: totals.tax.toFixed(4), inc: totals.inc.toFixed(4) },
  };
}
const asText = ({ ex, inc }: { ex: Big; inc: Big }) => ({ ex: ex.toFixed(), inc: inc.toFixed() });

describe("exact documents (M1 to M4)", () => {
  const settings = aSettings({
    tax: {
      classes: [0, 1, 2].map((classId) => ({ classId, className: `Class ${classId}`, withTax: `Tax ${classId}`, withoutTax: "Tax free" })),
    },
  });

  /** Everything that is wrong with the sale of one random order, in words; nothing when it is exact. */
  function wrongWith(seed: number, over: Partial<MappingInput> = {}): string[] {
    const spec = anyOrder(seed);
    const result = toSale(anInput(aSnapshot(spec), { settings, ...over }));
    if (!result.ok) return [`seed ${seed}: ${JSON.stringify(result.error)}`];
    const draft = result.value;
    const rows = [...draft.lines, ...draft.charges];
    const taxUnder = (under: { tax: string }[]) => under.reduce((sum, row) => sum.plus(row.tax), new Big(0));
    const found: string[] = [];
    const must = (holds: boolean, what: string) => holds || found.push(`seed ${seed}: ${what}`);

    must(totalOf(draft).eq(spec.totals?.inc ?? 0), `total ${totalOf(draft)} is not ${spec.totals?.inc}`);
    must(taxUnder(rows).eq(spec.totals?.tax ?? 0), `tax ${taxUnder(rows)} is not ${spec.totals?.tax}`);
    for (const [classId, exact] of spec.perClass.entries()) {
      const under = rows.filter((row) => row.taxRule === `Tax ${classId}`);
      const off = taxUnder(under).minus(exact).abs();
      // Per rule too: at most the cents that rounding each row and each discount may move.
      must(off.lte(new Big("0.01").times(under.length + 1)), `tax of class ${classId} is ${taxUnder(under)}, exactly ${exact}`);
    }
    for (const row of rows) {
      must(new Big(row.tax).round(2).eq(row.tax), `tax ${row.tax} is not to the cent`);
      must(new Big(row.price).round(4).eq(row.price), `price ${row.price} has more than four decimals`);
      must(new Big(row.total).eq(new Big(row.price).times(row.quantity).times(row.discount === "100" ? 0 : 1)), `total ${row.total}`);
    }
    const rounding = draft.charges.filter((c) => c.description === "Rounding");
    must(rounding.length <= 1, "two rounding charges");
    must(
      rounding.every((c) => c.tax === "0" && c.taxRule === "Tax free" && new Big(c.price).abs().lte("0.05")),
      "rounding charge",
    );
    if (over.negativeChargesRefused)
      must(
        rows.every((row) => !row.price.startsWith("-")),
        "a negative price",
      );
    // Debits equal credits, and numbers survive JSON.
    const invoice = JSON.parse(JSON.stringify(invoiceBody(draft, "s", "t")));
    const receivable = entriesOf(invoice, draft.taxInclusive)["610"] ?? "Dr 0.00";
    must(receivable === `Dr ${new Big(spec.totals?.inc ?? 0).toFixed(2)}`, `receivable ${receivable}`);
    return found;
  }
  const seeds = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it("300 random orders, inclusive and exclusive: the document is the order to the cent, tax and all", () => {
    expect(seeds(1, 300).flatMap((seed) => wrongWith(seed))).toEqual([]);
  });

  it("where negative charges are refused, no price is negative and the document still ties", () => {
    expect(seeds(301, 400).flatMap((seed) => wrongWith(seed, { negativeChargesRefused: true }))).toEqual([]);
  });

  it("the same input gives the same bytes (N4)", () => {
    const input = anInput(aSnapshot(anyOrder(7)), { settings });
    expect(JSON.stringify(toSale(input))).toBe(JSON.stringify(toSale(input)));
  });

  it("an amount that JSON could not carry exactly would be noticed", () => {
    expect(jsonNumber(new Big("123456789.0833"))).toBe(123456789.0833);
    expect(() => jsonNumber(new Big("12345678901234.5678"))).toThrow();
  });
});
