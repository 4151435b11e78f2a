/**
 * The oracle's own words: an order as BigCommerce's API writes it, and the choices of a merchant that touch money. Nothing of the
 * Worker's types: what is translated between the two is done by who asks the oracle.
 */
type Text = string;
type Amount = string | number;

export type RawLine = {
  id: number;
  product_id: number;
  sku: Text;
  name: Text;
  type: "physical" | "giftcertificate";
  quantity: number;
  price_ex_tax: Amount;
  price_inc_tax: Amount;
  total_ex_tax: Amount;
  total_inc_tax: Amount;
  total_tax: Amount;
  wrapping_name: Text;
  wrapping_cost_ex_tax: Amount;
  wrapping_cost_inc_tax: Amount;
  wrapping_cost_tax: Amount;
  order_address_id: number;
  applied_discounts: { id: Text; amount: Amount; name: Text; code: Text | null; target: Text }[];
};
export type RawTax = {
  order_product_id: number | null;
  order_address_id: number;
  tax_class_id: number;
  name: Text;
  class: Text;
  rate: Amount;
  line_amount: Amount;
  line_item_type: "item" | "shipping" | "handling" | "gift-wrapping" | "fee";
};
export type RawShipping = {
  id: number;
  shipping_method: Text;
  cost_ex_tax: Amount;
  cost_inc_tax: Amount;
  cost_tax: Amount;
  cost_tax_class_id: number;
  handling_cost_ex_tax: Amount;
  handling_cost_inc_tax: Amount;
  handling_cost_tax: Amount;
  handling_cost_tax_class_id: number;
};
export type RawFee = {
  id: number;
  type: Text;
  display_name_merchant: Text;
  cost_ex_tax: Amount;
  cost_inc_tax: Amount;
  cost_tax: Amount;
  tax_class_id: number;
};
export type RawTransaction = {
  id: number;
  event: Text;
  method: Text;
  amount: Amount;
  currency: Text;
  gateway: Text;
  gateway_transaction_id: Text;
  payment_method_id: Text;
  reference_transaction_id: number | null;
  status: Text;
  test: boolean;
  date_created: Text;
  gift_certificate: { code?: Text };
};
export type RawOrder = Record<string, unknown> & {
  id: number;
  date_created: Text;
  date_modified: Text;
  date_shipped: Text;
  status_id: number | null;
  payment_status: Text | null;
  payment_method: Text;
  is_tax_inclusive_pricing: boolean;
  default_currency_code: Text;
  store_default_to_transactional_exchange_rate: Amount;
  total_ex_tax: Amount;
  total_inc_tax: Amount;
  total_tax: Amount;
  discount_amount: Amount;
  coupon_discount: Amount;
  gift_certificate_amount: Amount;
  store_credit_amount: Amount;
  wrapping_cost_ex_tax: Amount;
  wrapping_cost_inc_tax: Amount;
  order_source: Text;
  items_total: number;
  items_shipped: number;
};
export type Raw = {
  order: RawOrder;
  lines: RawLine[];
  shipping: RawShipping[];
  fees: RawFee[];
  taxes: RawTax[];
  coupons: { id: number; code: Text; amount: Amount; type: number; discount: Amount }[];
  transactions: RawTransaction[];
  /** Tax class of each product, as the catalogue tells it. */
  classOfProduct: Record<number, number>;
};

export type Charge = "shipping" | "handling" | "wrapping" | "fee" | "discount" | "coupon" | "certificate" | "rounding" | "unlisted";
export type Method = {
  code: string;
  name: string;
  account: string | null;
  paid: "captured" | "awaiting-fulfillment" | "never";
  inCurrency: Record<string, string>;
};

/** Every choice of Setup that touches money, and what the account of Cin7 Core does not take. */
export type Setup = {
  base: string;
  zone: string;
  takes: "created" | "authorised" | "paid" | "completed";
  invoice: "authorised" | "draft" | "none";
  invoiceWhen: "with-order" | "when-shipped";
  invoiceDay: "met" | "placed" | "shipped";
  order: "authorised" | "draft";
  revenueAccount: string | null;
  classes: { id: number; with: string; without: string }[];
  /** Before the class's own rule (M5): by country, "!AU" being every other one. */
  special: { side: "with" | "without"; country: string; rule: string }[];
  paymentsOn: boolean;
  methods: Method[];
  otherAccount: string | null;
  couponCodes: boolean;
  spread: boolean;
  cap: string;
  charges: Record<Charge, { name: string; account: string }>;
  productAccount: string;
  unknownSku: "service-line" | "hold";
  /** SKUs that Cin7 Core does not know. */
  unknown: string[];
  refuses: { negative: boolean; free: boolean };
  /** When we first look at the order. */
  now: string;
};

export type Case = { seed: number; setup: Setup; raw: Raw };
