import Big from "big.js";
import { describe, expect, it } from "vitest";
import { mergeRows } from "../../../../worker/daily-sales/rules/merge.ts";
import type { Origin, SaleDraft } from "../../../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { underHeader } from "../../../../worker/orders/sending/progress.ts";
import { anInput, aProduct, type OrderSpec } from "../../../harness/builders.ts";
import { drafted, MUG } from "../../../harness/sale.ts";
import { drawOrder, shopsOf } from "./any-shop.ts";
import { JOURNALS } from "./journals.ts";

/** Each row of a frozen draft says where it came from, by what refunds, returns and shipments name (house 3 A1). */
const said = (rows: readonly { from?: Origin[] }[]) => rows.map((row) => row.from);
const sumOf = (values: readonly string[]) => values.reduce((all, value) => all.plus(value), new Big(0)).toFixed();

describe("where a row comes from", () => {
  it("a line names its order line and address, one for an unknown SKU its charge item too, a certificate its line and item", () => {
    const draft = drafted(
      {
        lines: [MUG, { sku: "GONE", ex: "5.00", inc: "5.50" }, { sku: "", type: "giftcertificate", ex: "50.00", inc: "50.00" }],
      },
      { products: new Map([["MUG", aProduct("MUG")]]) },
    );
    expect(said(draft.lines)).toEqual([[{ line: 11, address: 501 }], [{ line: 12, address: 501, charge: "unlisted" }]]);
    expect(said(draft.charges)).toEqual([[{ line: 13, charge: "gift-certificate" }]]);
  });
  it("shipping and handling name their address, a fee its number, a rounding only what it is", () => {
    const draft = drafted({
      lines: [{ sku: "MUG", quantity: 3, ex: "10.00", inc: "11.00" }],
      shipping: { ex: "9.00", inc: "9.90" },
      handling: { ex: "1.00", inc: "1.10" },
      fees: [{ ex: "2.00", inc: "2.20" }],
    });
    expect(draft.charges.map((charge) => [charge.description, charge.from])).toEqual([
      ["Shipping", [{ address: 501, charge: "shipping" }]],
      ["Handling", [{ address: 501, charge: "handling" }]],
      ["Order fee", [{ fee: 71, charge: "fee" }]],
      ["Rounding", [{ charge: "rounding" }]],
    ]);
  });
  it("one shipping charge for several addresses names them all", () => {
    const spec: OrderSpec = {
      lines: [MUG],
      shipping: [
        { ex: "4.00", inc: "4.40" },
        { ex: "5.00", inc: "5.50" },
      ],
      order: { shipping_cost_ex_tax: "8.00", shipping_cost_inc_tax: "8.80", shipping_cost_tax: "0.80" },
      totals: { ex: "18.00", tax: "1.80", inc: "19.80" },
    };
    expect(said(drafted(spec, { asOneSale: true }).charges)).toEqual([
      [
        { address: 501, charge: "shipping" },
        { address: 502, charge: "shipping" },
      ],
    ]);
  });
  it("wrapping of several lines says how much is whose", () => {
    const wrapped = (ex: string, inc: string) => ({ wrapping_name: "Box", wrapping_cost_ex_tax: ex, wrapping_cost_inc_tax: inc });
    const draft = drafted({
      lines: [
        { ...MUG, raw: wrapped("2.00", "2.20") },
        { ...MUG, raw: wrapped("1.00", "1.10") },
      ],
      wrapping: { ex: "3.00", inc: "3.30" },
    });
    expect(said(draft.charges)).toEqual([
      [
        { line: 11, charge: "wrapping", share: { total: "2", tax: "0.2" } },
        { line: 12, charge: "wrapping", share: { total: "1", tax: "0.1" } },
      ],
    ]);
  });
  it("a discount says how much it takes off which line", () => {
    const draft = drafted({
      lines: [
        { sku: "MUG", ex: "30.00", inc: "33.00", discounts: [{ amount: "3.00", code: "TEN" }] },
        { sku: "TEE", ex: "10.00", inc: "11.00", discounts: [{ amount: "1.00", code: "TEN" }] },
      ],
      couponDiscount: "4.00",
      coupons: [{ code: "TEN", discount: "4.00" }],
      totals: { ex: "36.00", tax: "3.60", inc: "39.60" },
    });
    expect(said(draft.charges)).toEqual([
      [
        { line: 11, address: 501, charge: "coupon", share: { total: "-3", tax: "-0.3" } },
        { line: 12, address: 501, charge: "coupon", share: { total: "-1", tax: "-0.1" } },
      ],
    ]);
  });
});

describe("together the origins of a row are the row", () => {
  const stores = shopsOf();
  const products = new Map(
    stores.flatMap((s) => Object.values(s.products).flatMap((p) => p.variants.map((v) => [v.sku, aProduct(v.sku)] as const))),
  );
  const drafts = (from: number, n: number): SaleDraft[] =>
    Array.from({ length: n }, (_, i) => drawOrder(stores, from + i).snapshot).flatMap((snapshot) => {
      const mapped = toSale(anInput(snapshot, { products }));
      return mapped.ok ? [mapped.value] : [];
    });
  const wrongIn = (rows: readonly { total: string; tax: string; from?: Origin[] }[]) =>
    rows.filter(({ total, tax, from = [] }) => {
      const shares = from.flatMap(({ share }) => share ?? []);
      if (from.length === 0) return true;
      if (shares.length === 0) return false;
      const whole = [sumOf(shares.map((s) => s.total)), sumOf(shares.map((s) => s.tax))];
      return shares.length !== from.length || whole.join() !== [new Big(total).toFixed(), new Big(tax).toFixed()].join();
    });

  it("of any order; and every line of it is a row, or part of a bundle that is", () => {
    const drawn = drafts(52_000, 60);
    expect(drawn.length).toBeGreaterThan(10);
    for (const draft of drawn) {
      expect(wrongIn([...draft.lines, ...draft.charges])).toEqual([]);
      const ids = new Set([...draft.lines, ...draft.charges].flatMap(({ from }) => from?.map(({ line }) => line) ?? []));
      expect(draft.sold?.filter(({ line }) => !ids.has(line))).toEqual([]);
    }
  });
  it("of any daily sale, whichever order a row is of", () => {
    const sales = drafts(53_000, 30)
      .filter((draft) => !draft.taxInclusive)
      .map((draft, i) => ({ ...draft, orderId: 1000 + i }));
    const day = mergeRows(sales);
    expect(wrongIn([...day.lines, ...day.charges])).toEqual([]);
    const goods = day.lines.flatMap((row) => row.from ?? []).map(({ order, line }) => `${order}:${line}`);
    expect(goods.sort()).toEqual(sales.flatMap((s) => s.lines.map(({ from }) => `${s.orderId}:${from?.[0]?.line}`)).sort());
  });
  it("of drafts of an older release the order at least is known", () => {
    const sales = [1, 2].map((orderId) => {
      const draft = drafted({ lines: [MUG] });
      return { ...draft, orderId, lines: draft.lines.map(({ from: _, ...line }) => line) };
    });
    const share = { quantity: "1", total: "10", tax: "1" };
    expect(said(mergeRows(sales).lines)).toEqual([
      [
        { order: 1, share },
        { order: 2, share },
      ],
    ]);
  });
  it("of the journals", () => {
    for (const { spec, over } of JOURNALS) {
      const draft = drafted(spec, over);
      expect(wrongIn([...draft.lines, ...draft.charges])).toEqual([]);
    }
  });
});

describe("what BigCommerce had sold is frozen with it", () => {
  it("line by line, on the side of the prices; removed lines are none", () => {
    const lines = [
      { ...MUG, quantity: 2 },
      { sku: "GONE", quantity: 0, ex: "0", inc: "0" },
    ];
    expect(drafted({ lines }).sold).toEqual([{ line: 11, sku: "MUG", quantity: 2, total: "10" }]);
    expect(drafted({ lines, inclusive: true }).sold).toEqual([{ line: 11, sku: "MUG", quantity: 2, total: "11" }]);
  });
  it("a part of an assembled bundle is sold though it is no row", () => {
    const set = aProduct("SET", { bom: true });
    const child = { sku: "CUP", quantity: 4, ex: "0", inc: "0", raw: { parent_order_product_id: 11 } };
    const draft = drafted({ lines: [{ sku: "SET", ex: "20.00", inc: "22.00" }, child] }, { products: new Map([["SET", set]]) });
    expect([draft.lines.length, draft.sold?.map(({ line }) => line)]).toEqual([1, [11, 12]]);
  });
  it("mapped anew under the header of its sale, it is the new lines'", () => {
    const [sent, anew] = [drafted({ lines: [MUG] }), drafted({ lines: [{ ...MUG, quantity: 2 }] })];
    expect(underHeader(sent, anew)?.sold).toEqual(anew.sold);
  });
});
