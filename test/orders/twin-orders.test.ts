import Big from "big.js";
import { describe, expect, it } from "vitest";
import * as schemas from "../../worker/bigcommerce/schemas.ts";
import type { Snapshot } from "../../worker/orders/draft.ts";
import { totalOf } from "../../worker/orders/to-cin7.ts";
import { toSale } from "../../worker/orders/to-sale.ts";
import { anInput, aSettings } from "../builders.ts";
import { buildOrder } from "../twins/bigcommerce/build-order.ts";
import type { LineForm, OrderForm, OrderRecord } from "../twins/bigcommerce/order-types.ts";
import { consignments } from "../twins/bigcommerce/order-views.ts";
import { storesOf } from "../twins/bigcommerce/scenarios.ts";
import type { Store } from "../twins/bigcommerce/state.ts";
import { createRandom } from "../twins/random.ts";
import type { World } from "../twins/world.ts";

/** Orders as the twin of BigCommerce works them out, by rules of its own: the mapping must tie to every one of them. */
type Dice = ReturnType<typeof createRandom>;
const cents = (dice: Dice, upTo: number) => (dice.int(0, upTo) / 100).toFixed(2);

function anyForm(store: Store, dice: Dice): OrderForm {
  const skus = Object.values(store.products).flatMap((p) => p.variants.map((v) => v.sku));
  const line = (): LineForm => ({
    sku: dice.pick(skus),
    quantity: dice.int(1, 15),
    ...(dice.next() < 0.4 ? { price: (dice.int(0, 500_000) / dice.pick([100, 10_000])).toFixed(4) } : {}),
    ...(dice.next() < 0.2 ? { discount: cents(dice, 300) } : {}),
    ...(dice.next() < 0.2 ? { wrapping: cents(dice, 500) } : {}),
    ...(dice.next() < 0.1 ? { children: [{ sku: dice.pick(skus), quantity: 2 }] } : {}),
    taxClassId: dice.int(0, 1),
  });
  const lines = Array.from({ length: dice.int(1, 6) }, line);
  if (dice.next() < 0.15) lines.push({ giftCertificate: true, name: "Gift Certificate", price: "50.00", quantity: dice.int(1, 2) });
  return {
    lines,
    ...(dice.next() < 0.5 ? { coupon: { code: "ANY", type: dice.int(0, 5), amount: String(dice.int(1, 20)) } } : {}),
    ...(dice.next() < 0.4 ? { discount: cents(dice, 900) } : {}),
    shipping: cents(dice, 2000),
    ...(dice.next() < 0.3 ? { handling: cents(dice, 500) } : {}),
    ...(dice.next() < 0.3
      ? {
          fees: [
            { name: "Surcharge", amount: cents(dice, 500) },
            { name: "Eco", amount: cents(dice, 100), taxClassId: 1 },
          ],
        }
      : {}),
    guest: true,
    ...(dice.next() < 0.15 ? { address: { country_iso2: "NZ" } } : {}),
  };
}

function snapshotOf(store: Store, record: OrderRecord): Snapshot {
  const parts = schemas.consignments.parse(consignments(store, record, true));
  return {
    order: schemas.order.parse(record.order),
    lines: record.products.map((line) => schemas.orderLine.parse(line)),
    shipping: parts.shipping,
    pickups: parts.pickups,
    fees: record.fees.map((fee) => schemas.fee.parse(fee)),
    taxes: record.taxes.map((row) => schemas.taxRow.parse(row)),
    coupons: record.coupons.map((coupon) => schemas.coupon.parse(coupon)),
    classOfProduct: Object.fromEntries(Object.values(store.products).map((p) => [p.id, p.tax_class_id])),
  };
}

describe("orders of the BigCommerce twin", () => {
  const classes = [0, 1, 2].map((classId) => ({
    classId,
    className: `Class ${classId}`,
    withTax: `Tax ${classId}`,
    withoutTax: "Tax free",
  }));
  const shops = storesOf("demo", { random: createRandom(1) } as unknown as World);

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
