import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { SaleDraft } from "../../../worker/orders/mapping/sale-draft.ts";
import { toSale } from "../../../worker/orders/mapping/to-sale.ts";
import { invoiceBody } from "../../../worker/orders/sending/bodies.ts";
import { saleLinesOf } from "../../../worker/sales/sale-rows.ts";
import { anAddress, anInput, aProduct } from "../../harness/builders.ts";
import { drafted, MUG } from "../../harness/sale.ts";
import { drawOrder, shopsOf } from "../orders/mapping/any-shop.ts";
import { JOURNALS } from "../orders/mapping/journals.ts";

/** `sale_lines` is the frozen draft in figures: what refunds and the month's end read (house 3 A3). */
const stores = shopsOf();
const products = new Map(
  stores.flatMap((s) => Object.values(s.products).flatMap((p) => p.variants.map((v) => [v.sku, aProduct(v.sku)] as const))),
);
const drawn = (over = {}): SaleDraft[] =>
  Array.from({ length: 60 }, (_, i) => drawOrder(stores, 61_000 + i).snapshot).flatMap((snapshot) => {
    const mapped = toSale(anInput(snapshot, { products, ...over }));
    return mapped.ok ? [mapped.value] : [];
  });

function perRule(rows: readonly { rule: string; net: Big.BigSource; tax: Big.BigSource }[]): Record<string, string> {
  const sums = new Map<string, [Big, Big]>();
  for (const { rule, net, tax } of rows) {
    const [n, t] = sums.get(rule) ?? [new Big(0), new Big(0)];
    sums.set(rule, [n.plus(net), t.plus(tax)]);
  }
  return Object.fromEntries([...sums].map(([rule, [net, tax]]) => [rule, `${net.toFixed(4)} + ${tax.toFixed(4)}`]));
}

describe("what is kept of a sale adds up to its invoice, in all and under each tax rule", () => {
  it.each<[string, () => SaleDraft[]]>([
    ["the journals", () => JOURNALS.map(({ spec, over }) => drafted(spec, over))],
    ["any orders", () => drawn()],
    ["any orders of an account that takes no negative charges", () => drawn({ negativeChargesRefused: true, zeroPriceRefused: true })],
  ])("%s", (_, draftsOf) => {
    const drafts = draftsOf();
    expect(drafts.length).toBeGreaterThan(10);
    for (const draft of drafts) {
      const kept = saleLinesOf(draft, false);
      const invoice = invoiceBody(draft, "sale", "task");
      const written = [...invoice.Lines, ...invoice.AdditionalCharges].map((row) => ({
        rule: row.TaxRule,
        net: draft.taxInclusive ? new Big(row.Total).minus(row.Tax) : row.Total,
        tax: row.Tax,
      }));
      expect(perRule(kept.lines.map(({ taxRule: rule, net, tax }) => ({ rule, net, tax })))).toEqual(perRule(written));
      const total = kept.lines.reduce((sum, { net, tax }) => sum.plus(net).plus(tax), new Big(0));
      expect(total.toFixed(4)).toBe(new Big(kept.total).toFixed(4));
      expect(kept.lines.map(({ account }) => account)).toEqual([...draft.lines, ...draft.charges].map(({ account }) => account ?? ""));
    }
  });
});

it("nothing personal is in it: no name, address, message or name of a line", () => {
  const person = anAddress({ first_name: "Ottoline", last_name: "Quist", street_1: "99 Larkspur", email: "o.quist@example.org" });
  const spec = {
    lines: [{ ...MUG, raw: { name: "Mug engraved for Ottoline", product_options: [{ display_name: "Text", display_value: "Ottoline" }] } }],
    shipping: { ex: "9.00", inc: "9.90" },
    addresses: [person],
    order: { billing_address: person, customer_message: "Ring Ottoline" },
  };
  const draft = drafted(spec, { products: new Map() });
  expect(JSON.stringify(draft)).toContain("Ottoline");
  expect(JSON.stringify(saleLinesOf(draft, false))).not.toMatch(/Ottoline|Quist|Larkspur|o\.quist/);
});

it("a daily sale's rows have no origins: each of its orders has rows of its own", () => {
  const draft = drafted({ lines: [MUG] });
  expect(saleLinesOf(draft, false).lines[0]?.from).toEqual([{ line: 11, address: 501 }]);
  expect([saleLinesOf(draft, true).lines[0]?.from, saleLinesOf(draft, true).sold]).toEqual([undefined, null]);
});
