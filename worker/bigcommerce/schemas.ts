import * as z from "zod";

/**
 * The fields of BigCommerce payloads that we use, and no more; unknown fields are ignored. Shapes: facts/bigcommerce.md 4.
 * V2 money is a decimal string, in consignments a number: both pass, `lib/money: decimal` reads them.
 */
export const money = z.union([z.string(), z.number()]);
export const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value == null ? "" : String(value)));
/** Ids and counts arrive as number or numeric string. Null, "" and true are none: as 0 they would be *Incomplete*, or a removed line. */
const count = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*-?\d+(\.\d+)?\s*$/)
    .transform(Number),
]);
export const int = count.pipe(z.int());

const formField = z.object({ name: text, value: text });

const address = z.object({
  first_name: text,
  last_name: text,
  company: text,
  street_1: text,
  street_2: text,
  city: text,
  state: text,
  zip: text,
  country: text,
  country_iso2: text,
  phone: text,
  email: text,
  /** What the merchant asks besides, e.g. a purchase order number. */
  form_fields: z
    .array(formField)
    .nullish()
    .transform((v) => v ?? []),
});
export type OrderAddress = z.output<typeof address>;

const appliedDiscount = z.object({ id: text, amount: money, name: text, code: text, target: text });

export const orderLine = z.object({
  id: int,
  product_id: int.default(0),
  variant_id: int.nullish(),
  order_address_id: int.nullish(),
  name: text,
  sku: text,
  type: z.string().default("physical"),
  quantity: count,
  quantity_refunded: count.default(0),
  price_ex_tax: money,
  price_inc_tax: money,
  total_ex_tax: money,
  total_inc_tax: money,
  total_tax: money,
  wrapping_name: text,
  wrapping_message: text,
  wrapping_cost_ex_tax: money.default("0"),
  wrapping_cost_inc_tax: money.default("0"),
  wrapping_cost_tax: money.default("0"),
  parent_order_product_id: int.nullish(),
  applied_discounts: z
    .array(appliedDiscount)
    .nullish()
    .transform((v) => v ?? []),
  product_options: z
    .array(z.object({ display_name: text, display_value: text }))
    .nullish()
    .transform((v) => v ?? []),
  gift_certificate_id: z.union([int, z.null()]).optional(),
});
export type OrderLine = z.output<typeof orderLine>;

export const shippingConsignment = address.extend({
  id: int,
  shipping_method: text,
  base_cost: money.default(0),
  cost_ex_tax: money,
  cost_inc_tax: money,
  cost_tax: money,
  cost_tax_class_id: int.nullish(),
  handling_cost_ex_tax: money.default(0),
  handling_cost_inc_tax: money.default(0),
  handling_cost_tax: money.default(0),
  handling_cost_tax_class_id: int.nullish(),
  /** Above 50 lines the last entry is a `__warning__` marker instead of a line: the list is cut (facts 4.2). */
  line_items: z.array(z.unknown()).default([]),
});

export const pickupConsignment = z.object({
  id: int.optional(),
  pickup_method_display_name: text,
  location: z.object({ id: int.optional(), name: text }).nullish(),
  line_items: z.array(z.unknown()).default([]),
});

export const consignments = z.object({
  shipping: z
    .array(shippingConsignment)
    .nullish()
    .transform((v) => v ?? []),
  pickups: z
    .array(pickupConsignment)
    .nullish()
    .transform((v) => v ?? []),
  downloads: z
    .array(z.object({ recipient_email: text, line_items: z.array(z.unknown()).default([]) }))
    .nullish()
    .transform((v) => v ?? []),
  email: z.object({ gift_certificates: z.array(z.object({ line_items: z.array(z.unknown()).default([]) })).default([]) }).nullish(),
});

export const fee = z.object({
  id: int,
  type: text,
  display_name_merchant: text,
  display_name_customer: text,
  cost_ex_tax: money,
  cost_inc_tax: money,
  cost_tax: money,
  tax_class_id: int.nullish(),
});

export const order = z.object({
  id: int,
  customer_id: int.default(0),
  date_created: z.string(),
  date_modified: text,
  date_shipped: text,
  status_id: int,
  status: text,
  custom_status: text,
  subtotal_ex_tax: money,
  subtotal_inc_tax: money,
  base_shipping_cost: money.default("0"),
  shipping_cost_ex_tax: money,
  shipping_cost_inc_tax: money,
  shipping_cost_tax: money,
  shipping_cost_tax_class_id: int.nullish(),
  handling_cost_ex_tax: money,
  handling_cost_inc_tax: money,
  handling_cost_tax: money,
  handling_cost_tax_class_id: int.nullish(),
  wrapping_cost_ex_tax: money,
  wrapping_cost_inc_tax: money,
  wrapping_cost_tax: money,
  wrapping_cost_tax_class_id: int.nullish(),
  total_ex_tax: money,
  total_inc_tax: money,
  total_tax: money,
  discount_amount: money,
  coupon_discount: money,
  store_credit_amount: money.default("0"),
  gift_certificate_amount: money.default("0"),
  is_tax_inclusive_pricing: z.boolean().optional(),
  items_total: count,
  items_shipped: count.default(0),
  order_is_digital: z.boolean().default(false),
  payment_method: text,
  payment_provider_id: text,
  payment_status: text,
  currency_code: text,
  default_currency_code: text,
  store_default_currency_code: text,
  store_default_to_transactional_exchange_rate: money.default("1"),
  staff_notes: text,
  customer_message: text,
  shipping_address_count: count.default(0),
  billing_address: address,
  customer_locale: text,
  order_source: text,
  external_source: text,
  external_order_id: text,
  channel_id: int.default(1),
  is_deleted: z.boolean().default(false),
  consignments: z.unknown().optional(),
  fees: z.unknown().optional(),
});
export type Order = z.output<typeof order>;

export const taxRow = z.object({
  order_product_id: z.union([int, z.null()]).optional(),
  order_address_id: int.nullish(),
  tax_class_id: int.nullish(),
  name: text,
  class: text,
  rate: money,
  line_amount: money,
  line_item_type: text,
});
export type TaxRow = z.output<typeof taxRow>;

export const coupon = z.object({ id: int, code: text, amount: money, type: int, discount: money });
export type Coupon = z.output<typeof coupon>;

export const transaction = z.object({
  id: z.union([int, z.string()]).transform(String),
  event: z.string(),
  method: text,
  amount: money,
  currency: text,
  gateway: text,
  gateway_transaction_id: text,
  /** The transaction that a capture, void or refund acts on; the specification's sample shows `{}` (facts 5.2). */
  reference_transaction_id: z
    .unknown()
    .optional()
    .transform((v) => (typeof v === "number" || typeof v === "string" ? String(v) : "")),
  payment_method_id: text,
  status: text,
  test: z.boolean().default(false),
  date_created: text,
  gift_certificate: z.object({ code: text }).partial().nullish(),
  offline: z.object({ display_name: text }).partial().nullish(),
  custom: z.object({ payment_method: text }).partial().nullish(),
});
export type Transaction = z.output<typeof transaction>;

export const store = z.object({
  id: z.string(),
  store_id: text,
  name: text,
  domain: text,
  secure_url: text,
  control_panel_base_url: text,
  country_code: text,
  currency: text,
  timezone: z.object({ name: text }).partial().nullish(),
  is_price_entered_with_tax: z.boolean().optional(),
  admin_email: text,
});
export const priceBasis = store.pick({ is_price_entered_with_tax: true });
export type StoreInfo = z.output<typeof store>;

export const customer = z.object({ id: int, customer_group_id: int.nullish().transform((v) => v ?? 0), tax_exempt_category: text });
export const taxClass = z.object({ id: int, name: text });
export const paymentMethod = z.object({ code: text, name: text, test_mode: z.boolean().optional() });
export const orderStatus = z.object({ id: int, name: text, custom_label: text });
export const hook = z.object({
  id: int,
  scope: z.string(),
  destination: z.string(),
  is_active: z.boolean(),
  headers: z.record(z.string(), z.string()).nullish(),
});
export const catalogueProduct = z.object({ id: int, sku: text, tax_class_id: int.nullish() });
