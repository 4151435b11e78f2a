import Big from "big.js";
import * as schemas from "../../../../worker/bigcommerce/schemas.ts";
import type { Snapshot } from "../../../../worker/orders/mapping/sale-draft.ts";
import { buildOrder } from "../../../twins/bigcommerce/build-order.ts";
import type { LineForm, OrderForm, OrderRecord } from "../../../twins/bigcommerce/order-types.ts";
import { consignments } from "../../../twins/bigcommerce/order-views.ts";
import { storesOf } from "../../../twins/bigcommerce/scenarios.ts";
import type { Store } from "../../../twins/bigcommerce/state.ts";
import { createRandom } from "../../../twins/random.ts";
import type { World } from "../../../twins/world.ts";

/**
 * Random orders as the twin of BigCommerce works them out, by rules of its own: any prices of up to 4 decimals, taxes of
 * 0 to 27 %, coupons of every kind, discounts, wrapping, fees, bundles, certificates, several ways of paying. The same seed
 * gives the same order.
 */
export type Dice = ReturnType<typeof createRandom>;
const cents = (dice: Dice, upTo: number) => (dice.int(0, upTo) / 100).toFixed(2);
const RATES = ["0", "5", "7", "7.25", "8.25", "10", "12.5", "15", "19", "20", "21", "25", "27"];

export const shopsOf = (): Store[] => storesOf("demo", { random: createRandom(1) } as unknown as World);

export function anyForm(store: Store, dice: Dice): OrderForm {
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
    ...(dice.next() < 0.2 ? { coupons: [{ code: "SECOND", type: dice.int(0, 5), amount: String(dice.int(1, 20)) }] } : {}),
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

/** The twin's record read through the app's own schemas. */
export function snapshotOf(store: Store, record: OrderRecord): Snapshot {
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

export type Drawn = { snapshot: Snapshot; currency: string; transactions: ReturnType<typeof schemas.transaction.parse>[] };

/** Currencies of 2, 0 and 3 decimals: an order in cents moved by whole powers of ten stays an order. */
const CURRENCIES = [
  ["AUD", "1"],
  ["USD", "1"],
  ["JPY", "100"],
  ["KWD", "0.1"],
] as const;

export function drawOrder(stores: readonly Store[], seed: number): Drawn {
  const dice = createRandom(seed);
  const store = structuredClone(dice.pick(stores));
  for (const taxClass of store.taxClasses) taxClass.rate = dice.pick(RATES);
  const discountBasis = dice.pick(["entered", "inclusive"]);
  const context = { store, now: Date.UTC(2026, 6, 1), discountBasis, feeTaxRows: dice.next() < 0.5, cartId: "c" };
  const record = buildOrder(context, anyForm(store, dice), 11);
  const [currency, factor] = dice.pick(CURRENCIES);
  const moved = scaled(record, new Big(factor)) as OrderRecord;
  Object.assign(moved.order, {
    id: 10_000 + seed,
    payment_status: "captured",
    currency_code: currency,
    default_currency_code: currency,
    store_default_currency_code: "AUD",
    store_default_to_transactional_exchange_rate: currency === "AUD" ? "1" : "0.6667",
  });
  const total = new Big(moved.order.total_inc_tax);
  const places = { AUD: 2, USD: 2, JPY: 0, KWD: 3 }[currency];
  const part = (share: number) => total.times(share).round(places, Big.roundDown);
  const credit = dice.next() < 0.2 ? part(0.25) : new Big(0);
  const certificate = dice.next() < 0.2 ? part(0.4) : new Big(0);
  Object.assign(moved.order, { store_credit_amount: credit.toFixed(4), gift_certificate_amount: certificate.toFixed(4) });
  const card = total.minus(credit).minus(certificate);
  const halves = dice.next() < 0.1 ? [card.div(2).round(places, Big.roundDown)] : [];
  const paid = [...halves, card.minus(halves[0] ?? 0)].filter((amount) => amount.gt(0));
  const transactions = paid.map((amount, i) =>
    schemas.transaction.parse({
      id: seed * 10 + i,
      event: "purchase",
      method: "credit_card",
      amount: Number(amount.toFixed()),
      currency,
      gateway: "stripe",
      gateway_transaction_id: `ch_${seed}_${i}`,
      payment_method_id: "stripe.card",
      status: "ok",
      test: false,
      date_created: "2026-07-01T00:00:30+00:00",
    }),
  );
  return { snapshot: snapshotOf(store, moved), currency, transactions };
}

/** Figures of money, by the names that the API gives them; rates and percents are none. */
const MONEY = /(_ex_tax|_inc_tax|_tax|_cost|_amount|^amount|^discount|_discount|^cost_.*|^base_.*|^price_.*)$/;
const NOT_MONEY = /^(is_.*|.*_class_id|priority|.*rate.*)$/;

function scaled(value: unknown, by: Big, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => scaled(each, by, name));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === "form" ? each : scaled(each, by, key)]));
  if (!MONEY.test(name) || NOT_MONEY.test(name)) return value;
  if (typeof value === "number") return Number(new Big(value).times(by).toFixed());
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? new Big(value).times(by).toFixed(5) : value;
}
