import Big from "big.js";
import * as schemas from "../../worker/bigcommerce/schemas.ts";
import type { ChargeKey, Settings } from "../../worker/contract/index.ts";
import type { KnownProduct, MappingInput, Snapshot } from "../../worker/orders/mapping/sale-draft.ts";

/**
 * Realistic orders and settings for tests: payloads in BigCommerce's own shape, read through the real schemas, so that a test
 * names only what it is about. Amounts are decimal text; `ex` and `inc` are totals before order discounts.
 */
export const ID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

const CHARGES: Record<ChargeKey, { name: string; account: string }> = {
  shipping: { name: "Shipping", account: "260" },
  handling: { name: "Handling", account: "261" },
  wrapping: { name: "Gift wrapping", account: "261" },
  fee: { name: "Order fee", account: "261" },
  discount: { name: "Discount", account: "205" },
  coupon: { name: "Coupon", account: "205" },
  "gift-certificate": { name: "Gift certificate", account: "840" },
  rounding: { name: "Rounding", account: "860" },
  unlisted: { name: "Unlisted product", account: "200" },
};

type Deep<T> = { [K in keyof T]?: T[K] extends unknown[] | null | string ? T[K] : T[K] extends object ? Partial<T[K]> : T[K] };

/** Settings of a shop that is wholly set up: GST on class 0, nothing on class 1, shipping class 2. */
export function aSettings(over: Deep<Settings> = {}): Settings {
  const items = Object.fromEntries(Object.entries(CHARGES).map(([key, item], i) => [key, { productId: ID(900 + i), ...item }]));
  return {
    orders: {
      on: true,
      captureWhen: "paid",
      takeFrom: null,
      unknownSku: "service-line",
      consolidate: "each",
      consolidateAt: "23:00",
      ...over.orders,
    },
    customers: {
      defaultCustomer: { id: ID(1), name: "Web customer" },
      guests: "per-email",
      perCurrency: [],
      companyInAddress: false,
      ...over.customers,
    },
    location: { salesShipFrom: { id: ID(2), name: "Main Warehouse" }, pickups: [], stock: "all", ...over.location },
    sale: {
      status: "authorised",
      fulfil: "none",
      assembly: { mode: "never", cin7: null, wipAccount: null, account: null },
      representative: null,
      representatives: [],
      channel: { attribute: null, text: "" },
      referencePrefix: "",
      ...over.sale,
    } as Settings["sale"],
    invoice: { status: "authorised", revenueAccount: null, when: "with-order", date: "met", lockedBooks: "ask", ...over.invoice },
    tax: {
      classes: [
        { classId: 0, className: "Default Tax Class", withTax: "GST", withoutTax: "Tax free" },
        { classId: 1, className: "Non-Taxable Products", withTax: "GST", withoutTax: "Tax free" },
        { classId: 2, className: "Shipping", withTax: "GST", withoutTax: "Tax free" },
      ],
      special: [],
      pricesIncludeTax: false,
      ...over.tax,
    },
    payments: {
      on: true,
      unpaidDays: 7,
      methods: [
        { key: "stripe", name: "Credit Card", account: "713", countsAsPaid: "captured" },
        { key: "bankdeposit", name: "Bank Deposit", account: "090", countsAsPaid: "awaiting-fulfillment" },
        { key: "storecredit", name: "Store Credit", account: "841", countsAsPaid: "captured" },
      ],
      otherAccount: null,
      ...over.payments,
    } as Settings["payments"],
    charges: { items, loadCouponCodes: true, spreadDiscounts: false, ...over.charges } as Settings["charges"],
    rounding: { cap: "0.05", ...over.rounding },
    currency: { rates: [], ...over.currency },
    seen: { metafield: false, staffNote: false, ...over.seen },
    keep: { days: 30, ...over.keep },
  };
}

export const aProduct = (sku: string, over: Partial<KnownProduct> = {}): KnownProduct => ({
  productId: ID([...sku].reduce((n, c) => n * 31 + c.charCodeAt(0), 7) % 1_000_000),
  sku,
  name: `Product ${sku}`,
  type: "Stock",
  revenueAccount: "200",
  ...over,
});

export const anAddress = (over: Record<string, unknown> = {}) => ({
  first_name: "Ana",
  last_name: "Keller",
  company: "",
  street_1: "7 Quarry Rd",
  street_2: "",
  city: "Hobart",
  state: "Tasmania",
  zip: "7000",
  country: "Australia",
  country_iso2: "AU",
  phone: "0491570006",
  email: "ana.keller@example.org",
  form_fields: [],
  ...over,
});

export type Cost = { ex: string; inc: string; classId?: number | null; name?: string; rate?: string; charged?: string };
export type LineSpec = Cost & {
  sku: string;
  quantity?: number;
  id?: number;
  /** Catalogue product; 0: a custom item. */
  productId?: number;
  type?: "physical" | "digital" | "giftcertificate";
  discounts?: { amount: string; code?: string; name?: string }[];
  raw?: Record<string, unknown>;
};
export type OrderSpec = {
  lines: LineSpec[];
  shipping?: Cost | Cost[];
  handling?: Cost;
  wrapping?: Cost;
  fees?: Cost[];
  coupons?: { code: string; discount: string; type?: number }[];
  discount?: string;
  couponDiscount?: string;
  inclusive?: boolean;
  /** What BigCommerce charged; without it: the sums, no discount. */
  totals?: { ex: string; tax: string; inc: string };
  order?: Record<string, unknown>;
  addresses?: Record<string, unknown>[];
  pickup?: string;
  customer?: Snapshot["customer"];
};

const total = (costs: readonly Cost[], side: "ex" | "inc"): Big => costs.reduce((sum, cost) => sum.plus(cost[side]), new Big(0));
const FREE: Cost = { ex: "0", inc: "0" };

/** One paid order of 1 July 2026 in an Australian shop. Lines get IDs 11, 12, … unless they name their own. */
export function aSnapshot(spec: OrderSpec): Snapshot {
  const ships = [spec.shipping ?? []].flat();
  const { handling = FREE, wrapping = FREE, fees = [] } = spec;
  const ids = spec.lines.map((line, i) => line.id ?? 11 + i);
  const everything = [...spec.lines, ...ships, handling, wrapping, ...fees];
  const [ex, inc] = [total(everything, "ex"), total(everything, "inc")];
  const totals = spec.totals ?? { ex: ex.toFixed(), inc: inc.toFixed(), tax: inc.minus(ex).toFixed() };
  const pair = (prefix: string, cost: Pick<Cost, "ex" | "inc">) => ({
    [`${prefix}_ex_tax`]: cost.ex,
    [`${prefix}_inc_tax`]: cost.inc,
    [`${prefix}_tax`]: new Big(cost.inc).minus(cost.ex).toFixed(),
  });
  const order = schemas.order.parse({
    id: 1042,
    customer_id: 0,
    date_created: "Wed, 01 Jul 2026 02:00:00 +0000",
    date_modified: "Wed, 01 Jul 2026 02:01:00 +0000",
    date_shipped: "",
    status_id: 11,
    status: "Awaiting Fulfillment",
    custom_status: "Awaiting Fulfillment",
    subtotal_ex_tax: total(spec.lines, "ex").toFixed(),
    subtotal_inc_tax: total(spec.lines, "inc").toFixed(),
    ...pair("shipping_cost", { ex: total(ships, "ex").toFixed(), inc: total(ships, "inc").toFixed() }),
    shipping_cost_tax_class_id: ships[0]?.classId ?? 2,
    ...pair("handling_cost", handling),
    handling_cost_tax_class_id: handling.classId ?? 0,
    ...pair("wrapping_cost", wrapping),
    wrapping_cost_tax_class_id: wrapping.classId ?? 0,
    total_ex_tax: totals.ex,
    total_inc_tax: totals.inc,
    total_tax: totals.tax,
    discount_amount: spec.discount ?? "0.0000",
    coupon_discount: spec.couponDiscount ?? "0.0000",
    is_tax_inclusive_pricing: spec.inclusive ?? false,
    items_total: spec.lines.reduce((n, line) => n + (line.quantity ?? 1), 0),
    payment_method: "Credit Card",
    payment_status: "captured",
    currency_code: "AUD",
    default_currency_code: "AUD",
    store_default_currency_code: "AUD",
    order_source: "www",
    billing_address: anAddress(),
    shipping_address_count: Math.max(ships.length, 0),
    ...spec.order,
  });
  const taxes = spec.lines.flatMap((line, i) =>
    line.rate === undefined
      ? []
      : [
          schemas.taxRow.parse({
            order_product_id: ids[i],
            tax_class_id: line.classId ?? 0,
            name: "GST",
            class: "Default Tax Class",
            rate: line.rate,
            line_amount: line.charged ?? new Big(line.inc).minus(line.ex).toFixed(),
            line_item_type: "item",
          }),
        ],
  );
  return {
    order,
    lines: spec.lines.map((line, i) => aLine(line, ids[i] as number)),
    shipping: ships.map((cost, i) =>
      schemas.shippingConsignment.parse({
        ...anAddress(spec.addresses?.[i]),
        id: 501 + i,
        shipping_method: cost.name ?? "Flat Rate",
        ...pair("cost", cost),
        cost_tax_class_id: cost.classId ?? 2,
        ...pair("handling_cost", i === 0 ? handling : FREE),
        handling_cost_tax_class_id: handling.classId ?? 0,
      }),
    ),
    pickups: spec.pickup
      ? [schemas.pickupConsignment.parse({ id: 1, pickup_method_display_name: "In store", location: { id: 1, name: spec.pickup } })]
      : [],
    fees: fees.map((cost, i) =>
      schemas.fee.parse({
        id: 71 + i,
        type: "custom_fee",
        display_name_merchant: cost.name ?? "Fee",
        ...pair("cost", cost),
        tax_class_id: cost.classId ?? null,
      }),
    ),
    taxes,
    coupons: (spec.coupons ?? []).map((c, i) =>
      schemas.coupon.parse({ id: 31 + i, code: c.code, amount: c.discount, type: c.type ?? 2, discount: c.discount }),
    ),
    customer: spec.customer ?? null,
    classOfProduct: Object.fromEntries(spec.lines.map((line, i) => [line.productId ?? 100 + i, line.classId ?? 0])),
  };
}

function aLine(line: LineSpec, id: number) {
  const quantity = line.quantity ?? 1;
  const unit = (side: "ex" | "inc") => (quantity === 0 ? "0" : new Big(line[side]).div(quantity).toFixed(4));
  return schemas.orderLine.parse({
    id,
    product_id: line.productId ?? id + 89,
    order_address_id: line.type && line.type !== "physical" ? 0 : 501,
    name: line.name ?? `Product ${line.sku}`,
    sku: line.sku,
    type: line.type ?? "physical",
    quantity,
    price_ex_tax: unit("ex"),
    price_inc_tax: unit("inc"),
    total_ex_tax: line.ex,
    total_inc_tax: line.inc,
    total_tax: new Big(line.inc).minus(line.ex).toFixed(),
    applied_discounts: (line.discounts ?? []).map((d, i) => ({
      id: String(i),
      amount: d.amount,
      name: d.name ?? d.code ?? "Manual Discount",
      code: d.code ?? null,
      target: "order",
    })),
    ...line.raw,
  });
}

/** The mapping of an order, every SKU of which Cin7 knows unless `products` says otherwise. */
export function anInput(snapshot: Snapshot, over: Partial<MappingInput> = {}): MappingInput {
  const skus = snapshot.lines.filter((line) => line.sku && line.type !== "giftcertificate").map((line) => line.sku);
  return {
    snapshot,
    settings: aSettings(),
    settingsVersion: 3,
    store: { hash: "ab12cd", timeZone: "Australia/Melbourne", currency: "AUD" },
    account: { currency: "AUD" },
    products: new Map(skus.map((sku) => [sku, aProduct(sku)])),
    generation: 1,
    metAt: "2026-07-01T02:01:00.000Z",
    ...over,
  };
}
