import type { MappingInput } from "../../../../worker/orders/mapping/sale-draft.ts";
import { aSettings, type OrderSpec } from "../../../harness/builders.ts";
import type { Entries } from "./ledger.ts";

/** The journals that an invoice posts: the order, the rows of the sale, the entries to the cent. */
export const J1: OrderSpec = { lines: [{ sku: "MUG", quantity: 2, ex: "25.00", inc: "27.50" }], shipping: { ex: "9.00", inc: "9.90" } };
export const J3: OrderSpec = {
  lines: [
    { sku: "A", ex: "100.00", inc: "110.00", discounts: [{ code: "SAVE10", amount: "10.00" }] },
    { sku: "B", ex: "50.00", inc: "50.00", discounts: [{ code: "SAVE10", amount: "5.00" }] },
  ],
  coupons: [{ code: "SAVE10", discount: "15.00" }],
  couponDiscount: "15.0000",
  totals: { ex: "135.0000", tax: "9.0000", inc: "144.0000" },
};
const J5: OrderSpec = {
  lines: [{ sku: "A", ex: "62.6793", inc: "67.8400" }],
  shipping: { ex: "11.0900", inc: "12.0000" },
  coupons: [{ code: "FIVE", discount: "5.00" }],
  discount: "5.0000",
  couponDiscount: "5.0000",
  totals: { ex: "64.5300", tax: "5.3100", inc: "69.8400" },
};
const J8: OrderSpec = {
  lines: [{ sku: "A", ex: "50.00", inc: "55.00" }],
  shipping: { ex: "10.00", inc: "11.00" },
  handling: { ex: "2.00", inc: "2.00" },
  wrapping: { ex: "3.00", inc: "3.30" },
  fees: [{ ex: "4.00", inc: "4.40", name: "Rural surcharge" }],
};
const J9: OrderSpec = {
  lines: [
    { sku: "", ex: "50.00", inc: "50.00", type: "giftcertificate", name: "50.00 Gift Certificate", productId: 0 },
    { sku: "MUG", ex: "12.50", inc: "13.75" },
  ],
};

/** M5: a shop with zero-rated goods (class 1), exempt customers and exports, each under a rule of its own. */
const WHO = aSettings({
  tax: {
    classes: [
      { classId: 0, className: "Default Tax Class", withTax: "GST", withoutTax: "Tax free" },
      { classId: 1, className: "Zero rated", withTax: "GST", withoutTax: "Zero rated" },
      { classId: 2, className: "Shipping", withTax: "GST", withoutTax: "Tax free" },
    ],
    special: [
      { classId: null, side: "without", taxName: "", country: "", customers: "exempt", rule: "Exempt" },
      { classId: null, side: "without", taxName: "", country: "!AU", rule: "Export" },
    ],
  },
});
const untaxed = (more: Partial<OrderSpec> = {}): OrderSpec => ({
  lines: [
    { sku: "MUG", ex: "25.00", inc: "25.00" },
    { sku: "BOOK", ex: "10.00", inc: "10.00", classId: 1 },
  ],
  shipping: { ex: "9.00", inc: "9.00" },
  ...more,
});
const EXEMPT = { groupId: 0, taxExempt: true };
const FREE_ENTRIES: Entries = { "610": "Dr 44.00", "200": "Cr 35.00", "260": "Cr 9.00" };

export const JOURNALS: { name: string; spec: OrderSpec; over?: Partial<MappingInput>; rows: string[]; entries: Entries; total: string }[] =
  [
    {
      name: "J1 exclusive, 10 %",
      spec: J1,
      rows: ["MUG · 2 · 12.5 · 2.5 · GST", "Shipping · 9 · 0.9 · GST · Flat Rate"],
      entries: { "610": "Dr 37.40", "200": "Cr 25.00", "260": "Cr 9.00", "820": "Cr 3.40" },
      total: "37.40",
    },
    {
      name: "J2 inclusive, same sale, same journal",
      spec: { ...J1, inclusive: true },
      rows: ["MUG · 2 · 13.75 · 2.5 · GST", "Shipping · 9.9 · 0.9 · GST · Flat Rate"],
      entries: { "610": "Dr 37.40", "200": "Cr 25.00", "260": "Cr 9.00", "820": "Cr 3.40" },
      total: "37.40",
    },
    {
      name: "J3 coupon over two tax rules",
      spec: J3,
      rows: [
        "A · 1 · 100 · 10 · GST",
        "B · 1 · 50 · 0 · Tax free",
        "Coupon · -10 · -1 · GST · SAVE10",
        "Coupon · -5 · 0 · Tax free · SAVE10",
      ],
      entries: { "610": "Dr 144.00", "205": "Dr 15.00", "200": "Cr 150.00", "820": "Cr 9.00" },
      total: "144.00",
    },
    {
      name: "J3 without codes: one Discount per tax rule",
      spec: J3,
      over: { settings: aSettings({ charges: { loadCouponCodes: false } }) },
      rows: [
        "A · 1 · 100 · 10 · GST",
        "B · 1 · 50 · 0 · Tax free",
        "Discount · -10 · -1 · GST · SAVE10",
        "Discount · -5 · 0 · Tax free · SAVE10",
      ],
      entries: { "610": "Dr 144.00", "205": "Dr 15.00", "200": "Cr 150.00", "820": "Cr 9.00" },
      total: "144.00",
    },
    {
      name: "J3 fallback where negative charges are refused",
      spec: J3,
      over: { negativeChargesRefused: true },
      rows: ["A · 1 · 90 · 9 · GST", "B · 1 · 45 · 0 · Tax free"],
      entries: { "610": "Dr 144.00", "200": "Cr 135.00", "820": "Cr 9.00" },
      total: "144.00",
    },
    {
      name: "J4 coupon, inclusive 20 %",
      spec: {
        lines: [{ sku: "A", ex: "100.00", inc: "120.00", discounts: [{ code: "SAVE10", amount: "12.00" }] }],
        coupons: [{ code: "SAVE10", discount: "12.00" }],
        couponDiscount: "12.00",
        inclusive: true,
        totals: { ex: "90.00", tax: "18.00", inc: "108.00" },
      },
      rows: ["A · 1 · 120 · 20 · GST", "Coupon · -12 · -2 · GST · SAVE10"],
      entries: { "610": "Dr 108.00", "205": "Dr 10.00", "200": "Cr 100.00", "820": "Cr 18.00" },
      total: "108.00",
    },
    {
      name: "J5 the documented order 218: the discounts tie with tax",
      spec: J5,
      rows: [
        "A · 1 · 62.6793 · 5.16 · GST",
        "Shipping · 11.09 · 0.91 · GST · Flat Rate",
        "Coupon · -4.6197 · -0.38 · GST · FIVE",
        "Discount · -4.6196 · -0.38 · GST",
      ],
      entries: { "610": "Dr 69.84", "205": "Dr 9.2393", "200": "Cr 62.6793", "260": "Cr 11.09", "820": "Cr 5.31" },
      total: "69.84",
    },
    {
      name: "J6 the odd cent of tax goes to the lower line ID",
      spec: {
        lines: [
          { sku: "A", ex: "9.99", inc: "10.81", rate: "8.2500", charged: "0.82" },
          { sku: "B", ex: "9.99", inc: "10.81", rate: "8.2500", charged: "0.82" },
        ],
        totals: { ex: "19.98", tax: "1.65", inc: "21.63" },
      },
      rows: ["A · 1 · 9.99 · 0.83 · GST", "B · 1 · 9.99 · 0.82 · GST"],
      entries: { "610": "Dr 21.63", "200": "Cr 19.98", "820": "Cr 1.65" },
      total: "21.63",
    },
    {
      name: "J7 four decimals: the rounding charge closes the gap, tax-free",
      spec: { lines: [{ sku: "A", quantity: 12, ex: "1.00", inc: "1.10" }] },
      rows: ["A · 12 · 0.0833 · 0.1 · GST", "Rounding · 0.0004 · 0 · Tax free"],
      entries: { "610": "Dr 1.10", "200": "Cr 0.9996", "860": "Cr 0.0004", "820": "Cr 0.10" },
      total: "1.10",
    },
    {
      name: "J8 all charges, each under its own rule",
      spec: J8,
      rows: [
        "A · 1 · 50 · 5 · GST",
        "Shipping · 10 · 1 · GST · Flat Rate",
        "Handling · 2 · 0 · Tax free",
        "Gift wrapping · 3 · 0.3 · GST",
        "Order fee · 4 · 0.4 · GST · Rural surcharge",
      ],
      entries: { "610": "Dr 75.70", "200": "Cr 50.00", "260": "Cr 10.00", "261": "Cr 9.00", "820": "Cr 6.70" },
      total: "75.70",
    },
    {
      name: "J9 gift certificate sold with a mug",
      spec: J9,
      rows: ["MUG · 1 · 12.5 · 1.25 · GST", "Gift certificate · 50 · 0 · Tax free · 50.00 Gift Certificate"],
      entries: { "610": "Dr 63.75", "840": "Cr 50.00", "200": "Cr 12.50", "820": "Cr 1.25" },
      total: "63.75",
    },
    {
      name: "J9 with an optional revenue account: the mug moves, the certificate stays (M6, F29)",
      spec: J9,
      over: { settings: aSettings({ invoice: { revenueAccount: "201" } }) },
      rows: ["MUG · 1 · 12.5 · 1.25 · GST", "Gift certificate · 50 · 0 · Tax free · 50.00 Gift Certificate"],
      entries: { "610": "Dr 63.75", "840": "Cr 50.00", "201": "Cr 12.50", "820": "Cr 1.25" },
      total: "63.75",
    },
    {
      name: "J1 with an optional revenue account: lines and charges (F29, decision 1.20)",
      spec: J1,
      over: { settings: aSettings({ invoice: { revenueAccount: "201" } }) },
      rows: ["MUG · 2 · 12.5 · 2.5 · GST", "Shipping · 9 · 0.9 · GST · Flat Rate"],
      entries: { "610": "Dr 37.40", "201": "Cr 34.00", "820": "Cr 3.40" },
      total: "37.40",
    },
    {
      name: "J3 with an optional revenue account: the coupons too",
      spec: J3,
      over: { settings: aSettings({ invoice: { revenueAccount: "201" } }) },
      rows: [
        "A · 1 · 100 · 10 · GST",
        "B · 1 · 50 · 0 · Tax free",
        "Coupon · -10 · -1 · GST · SAVE10",
        "Coupon · -5 · 0 · Tax free · SAVE10",
      ],
      entries: { "610": "Dr 144.00", "201": "Cr 135.00", "820": "Cr 9.00" },
      total: "144.00",
    },
    {
      name: "J7 with an optional revenue account: rounding keeps its own (M6)",
      spec: { lines: [{ sku: "A", quantity: 12, ex: "1.00", inc: "1.10" }] },
      over: { settings: aSettings({ invoice: { revenueAccount: "201" } }) },
      rows: ["A · 12 · 0.0833 · 0.1 · GST", "Rounding · 0.0004 · 0 · Tax free"],
      entries: { "610": "Dr 1.10", "201": "Cr 0.9996", "860": "Cr 0.0004", "820": "Cr 0.10" },
      total: "1.10",
    },
    ...[false, true].map((inclusive) => ({
      name: `M5 an exempt customer, ${inclusive ? "inclusive" : "exclusive"}: every row under the rule for exempt customers`,
      spec: untaxed({ inclusive, customer: EXEMPT }),
      over: { settings: WHO },
      rows: ["MUG · 1 · 25 · 0 · Exempt", "BOOK · 1 · 10 · 0 · Exempt", "Shipping · 9 · 0 · Exempt · Flat Rate"],
      entries: FREE_ENTRIES,
      total: "44.00",
    })),
    {
      name: "M5 an exempt customer abroad: the first rule that fits",
      spec: untaxed({ customer: EXEMPT, addresses: [{ country_iso2: "NZ", country: "New Zealand" }] }),
      over: { settings: WHO },
      rows: ["MUG · 1 · 25 · 0 · Exempt", "BOOK · 1 · 10 · 0 · Exempt", "Shipping · 9 · 0 · Exempt · Flat Rate"],
      entries: FREE_ENTRIES,
      total: "44.00",
    },
    {
      name: "M5 outside the tax country: its own rule",
      spec: untaxed({ addresses: [{ country_iso2: "NZ", country: "New Zealand" }] }),
      over: { settings: WHO },
      rows: ["MUG · 1 · 25 · 0 · Export", "BOOK · 1 · 10 · 0 · Export", "Shipping · 9 · 0 · Export · Flat Rate"],
      entries: FREE_ENTRIES,
      total: "44.00",
    },
    {
      name: "F43 zero-rated is not exempt: by its class, while the mug beside it is taxed",
      spec: {
        ...untaxed(),
        lines: [
          { sku: "MUG", ex: "25.00", inc: "27.50" },
          { sku: "BOOK", ex: "10.00", inc: "10.00", classId: 1 },
        ],
        shipping: { ex: "9.00", inc: "9.90" },
      },
      over: { settings: WHO },
      rows: ["MUG · 1 · 25 · 2.5 · GST", "BOOK · 1 · 10 · 0 · Zero rated", "Shipping · 9 · 0.9 · GST · Flat Rate"],
      entries: { "610": "Dr 47.40", "200": "Cr 35.00", "260": "Cr 9.00", "820": "Cr 3.40" },
      total: "47.40",
    },
    {
      name: "M5 an exempt customer's coupon: under the rule of what it reduces",
      spec: untaxed({
        customer: EXEMPT,
        coupons: [{ code: "SAVE", discount: "7.00" }],
        couponDiscount: "7.00",
        totals: { ex: "37.00", tax: "0.00", inc: "37.00" },
      }),
      over: { settings: WHO },
      rows: [
        "MUG · 1 · 25 · 0 · Exempt",
        "BOOK · 1 · 10 · 0 · Exempt",
        "Shipping · 9 · 0 · Exempt · Flat Rate",
        "Coupon · -7 · 0 · Exempt · SAVE",
      ],
      entries: { "610": "Dr 37.00", "200": "Cr 35.00", "260": "Cr 9.00", "205": "Dr 7.00" },
      total: "37.00",
    },
    {
      name: "J18 two addresses as one sale: a Shipping charge each, not an average",
      spec: {
        lines: [
          { sku: "A", ex: "40.00", inc: "44.00", discounts: [{ amount: "4.00" }] },
          { sku: "B", ex: "60.00", inc: "66.00", discounts: [{ amount: "6.00" }], raw: { order_address_id: 502 } },
        ],
        shipping: [
          { ex: "8.00", inc: "8.80" },
          { ex: "12.00", inc: "13.20" },
        ],
        addresses: [{}, { street_1: "1 Other St", city: "Perth" }],
        discount: "10.00",
        totals: { ex: "110.00", tax: "11.00", inc: "121.00" },
      },
      over: { asOneSale: true },
      rows: [
        "A · 1 · 40 · 4 · GST",
        "B · 1 · 60 · 6 · GST",
        "Shipping · 8 · 0.8 · GST · Flat Rate, Ana Keller, 7 Quarry Rd, Hobart Tasmania 7000, Australia",
        "Shipping · 12 · 1.2 · GST · Flat Rate, Ana Keller, 1 Other St, Perth Tasmania 7000, Australia",
        "Discount · -10 · -1 · GST · Manual Discount",
      ],
      entries: { "610": "Dr 121.00", "200": "Cr 100.00", "260": "Cr 20.00", "205": "Dr 10.00", "820": "Cr 11.00" },
      total: "121.00",
    },
  ];
