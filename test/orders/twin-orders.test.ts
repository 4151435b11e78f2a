import Big from "big.js";
import { describe, expect, it } from "vitest";
import { totalOf } from "../../worker/orders/to-cin7.ts";
import { toSale } from "../../worker/orders/to-sale.ts";
import { anInput, aSettings } from "../builders.ts";
import { buildOrder } from "../twins/bigcommerce/build-order.ts";
import type { Store } from "../twins/bigcommerce/state.ts";
import { createRandom } from "../twins/random.ts";
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
  ])("a shop that keeps prices %s: 150 random orders tie to the cent", { timeout: 30_000 }, (_, hash, discountBasis) => {
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
});
