import Big from "big.js";
import { describe, expect, it } from "vitest";
import { toSale } from "../../../../worker/orders/mapping/to-sale.ts";
import { totalOf } from "../../../../worker/orders/sending/bodies.ts";
import { anInput, aSettings } from "../../../harness/builders.ts";
import { buildOrder } from "../../../twins/bigcommerce/build-order.ts";
import type { Store } from "../../../twins/bigcommerce/state.ts";
import { createRandom } from "../../../twins/random.ts";
import { anyForm, shopsOf, snapshotOf } from "./any-shop.ts";

/** Orders as the twin of BigCommerce works them out, by rules of its own: the mapping must tie to every one of them. */
describe("orders of the BigCommerce twin", () => {
  const classes = [0, 1, 2].map((classId) => ({
    classId,
    className: `Class ${classId}`,
    withTax: `Tax ${classId}`,
    withoutTax: "Tax free",
  }));
  const shops = shopsOf();

  it.each([
    ["without tax, discounts before tax", "demostore1", "entered"],
    ["without tax, discounts with tax (order 218)", "demostore1", "inclusive"],
    ["with tax", "inclstore1", "entered"],
  ])("a shop that keeps prices %s: 150 random orders tie to the cent", (_, hash, discountBasis) => {
    const store = shops.find((shop) => shop.hash === hash) as Store;
    const wrong = Array.from({ length: 150 }, (_, i) => i + 1).flatMap((seed) => {
      const dice = createRandom(seed);
      const record = buildOrder(
        { store, now: Date.UTC(2026, 6, 1), discountBasis, feeTaxRows: dice.next() < 0.5, cartId: "c" },
        anyForm(store, dice),
        11,
      );
      const { currency } = store;
      const result = toSale(
        anInput(snapshotOf(store, record), {
          settings: aSettings({ tax: { classes } }),
          store: { hash, timeZone: store.timezone, currency },
          account: { currency },
        }),
      );
      if (!result.ok) return [`seed ${seed}: ${JSON.stringify(result.error)}`];
      const rows = [...result.value.lines, ...result.value.charges];
      const tax = rows.reduce((sum, row) => sum.plus(row.tax), new Big(0));
      const ties = totalOf(result.value).eq(String(record.order.total_inc_tax)) && tax.eq(String(record.order.total_tax));
      return ties
        ? []
        : [`seed ${seed}: ${totalOf(result.value)} and ${tax}, not ${record.order.total_inc_tax} and ${record.order.total_tax}`];
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    [
      "two coupons",
      [
        { code: "ONE", type: 1, amount: "10" },
        { code: "TWO", type: 2, amount: "7.77" },
      ],
      "0",
    ],
    [
      "two coupons and a manual discount",
      [
        { code: "ONE", type: 0, amount: "1.25" },
        { code: "TWO", type: 1, amount: "15" },
      ],
      "3.33",
    ],
    [
      "a coupon on goods and one on shipping",
      [
        { code: "ONE", type: 2, amount: "5" },
        { code: "SHIP", type: 3, amount: "4" },
      ],
      "0",
    ],
    [
      "100 % and nothing left for the second",
      [
        { code: "ALL", type: 1, amount: "100" },
        { code: "TWO", type: 2, amount: "5" },
      ],
      "0",
    ],
  ])(
    "F39, %s: each coupon's charges are what BigCommerce gave for it, the total ties, and the codes stand in the comments",
    (_, coupons, discount) => {
      for (const hash of ["demostore1", "inclstore1"]) {
        const store = shops.find((shop) => shop.hash === hash) as Store;
        const skus = Object.values(store.products).flatMap((p) => p.variants.map((v) => v.sku));
        const form = {
          lines: [
            { sku: skus[0] as string, quantity: 3, price: "33.33" },
            { sku: skus[1] as string, quantity: 1, price: "18.90", taxClassId: 1 },
          ],
          coupons,
          discount,
          shipping: 12,
        };
        const record = buildOrder({ store, now: Date.UTC(2026, 6, 1), discountBasis: "entered", feeTaxRows: true, cartId: "c" }, form, 11);
        const { currency } = store;
        const result = toSale(
          anInput(snapshotOf(store, record), {
            settings: aSettings({ tax: { classes } }),
            store: { hash, timeZone: store.timezone, currency },
            account: { currency },
          }),
        );
        if (!result.ok) throw new Error(JSON.stringify(result.error));
        const { charges, note } = result.value;
        expect(totalOf(result.value).toFixed(2), hash).toBe(new Big(String(record.order.total_inc_tax)).toFixed(2));
        // What shipping lost to its coupon is in the shipping cost already: no charge of its own.
        for (const coupon of record.coupons.filter(({ type }) => type !== 3)) {
          const sum = charges.filter((c) => c.comment === coupon.code).reduce((all, c) => all.minus(c.price), new Big(0));
          expect(sum.toNumber(), `${hash} ${coupon.code}`).toBe(coupon.discount);
        }
        const manual = charges.filter((c) => c.description === "Discount").reduce((all, c) => all.minus(c.price), new Big(0));
        expect(manual.toNumber()).toBe(Number(discount));
        expect(note).toBe(`Coupons: ${coupons.map((c) => c.code).join(", ")}`);
      }
    },
  );
});
