/** The V2 order and its parts as the API shows them: money as text, dates as RFC-2822 text (facts 4.3 to 4.6). */

export type Address = {
  first_name: string;
  last_name: string;
  company: string;
  street_1: string;
  street_2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  country_iso2: string;
  phone: string;
  email: string;
  form_fields: { name: string; value: string }[];
};

export type ShippingAddress = Address & {
  id: number;
  order_id: number;
  items_total: number;
  items_shipped: number;
  shipping_method: string;
  base_cost: string;
  cost_ex_tax: string;
  cost_inc_tax: string;
  cost_tax: string;
  cost_tax_class_id: number;
  base_handling_cost: string;
  handling_cost_ex_tax: string;
  handling_cost_inc_tax: string;
  handling_cost_tax: string;
  handling_cost_tax_class_id: number;
  shipping_zone_id: number;
  shipping_zone_name: string;
};

type AppliedDiscount = { id: string; amount: string; name: string; code: string | null; target: "order" | "product" };

export type OrderLine = {
  id: number;
  order_id: number;
  product_id: number;
  variant_id: number | null;
  order_address_id: number;
  order_pickup_method_id: number;
  name: string;
  sku: string;
  type: "physical" | "digital" | "giftcertificate";
  quantity: number;
  quantity_shipped: number;
  quantity_refunded: number;
  base_price: string;
  price_ex_tax: string;
  price_inc_tax: string;
  price_tax: string;
  base_total: string;
  total_ex_tax: string;
  total_inc_tax: string;
  total_tax: string;
  discounted_total_inc_tax: string;
  applied_discounts: AppliedDiscount[];
  base_wrapping_cost: string;
  wrapping_cost_ex_tax: string;
  wrapping_cost_inc_tax: string;
  wrapping_cost_tax: string;
  parent_order_product_id: number | null;
  gift_certificate_id: number | null;
  product_options: Record<string, unknown>[];
  [field: string]: unknown;
};

type OrderCoupon = { id: number; coupon_id: number; order_id: number; code: string; amount: number; type: number; discount: number };

export type OrderTax = {
  id: number;
  order_id: number;
  order_address_id: number;
  order_pickup_method_id: number;
  order_product_id: string | null;
  tax_rate_id: number;
  sales_tax_id: string;
  tax_class_id: number;
  name: string;
  class: string;
  rate: string;
  priority: number;
  priority_amount: string;
  line_amount: string;
  line_item_type: "item" | "shipping" | "handling" | "gift-wrapping";
};

type OrderFee = {
  id: number;
  type: "custom_fee";
  display_name_customer: string;
  display_name_merchant: string;
  source: string;
  base_cost: string;
  cost_ex_tax: string;
  cost_inc_tax: string;
  cost_tax: string;
  tax_class_id: number | null;
};

export type Transaction = {
  id: number;
  order_id: string;
  event: string;
  method: string;
  amount: number;
  status: string;
  [field: string]: unknown;
};

export type RefundItem = {
  item_type: "PRODUCT" | "GIFT_WRAPPING" | "SHIPPING" | "HANDLING" | "ORDER" | "TAX" | "FEE";
  item_id: number;
  reason?: string;
  quantity?: number;
  requested_amount: number;
  adjustments?: { amount: number; description: string }[];
};
export type Refund = {
  id: number;
  order_id: number;
  user_id: number;
  created: string;
  reason: string;
  total_amount: number;
  total_tax: number;
  uses_merchant_override_values: boolean;
  items: RefundItem[];
  payments: {
    id: number;
    provider_id: string;
    amount: number;
    offline: boolean;
    is_declined: boolean;
    declined_message: string;
    transaction_id?: string;
  }[];
};

export type Metafield = {
  id: number;
  permission_set: string;
  namespace: string;
  key: string;
  value: string;
  description: string;
  resource_type: "order";
  resource_id: number;
  date_created: string;
  date_modified: string;
  owner_client_id: string;
};

export type Order = {
  id: number;
  customer_id: number;
  date_created: string;
  date_modified: string;
  status_id: number;
  status: string;
  custom_status: string;
  subtotal_ex_tax: string;
  subtotal_inc_tax: string;
  total_ex_tax: string;
  total_inc_tax: string;
  total_tax: string;
  discount_amount: string;
  coupon_discount: string;
  store_credit_amount: string;
  gift_certificate_amount: string;
  items_total: number;
  items_shipped: number;
  payment_method: string;
  payment_status: string;
  default_currency_code: string;
  channel_id: number;
  cart_id: string | null;
  external_order_id: string | null;
  billing_address: Address;
  is_deleted: boolean;
  [field: string]: unknown;
};

/** One order with everything below it. `form` is what it was worked out from, so that an edit can work it out anew. */
export type OrderRecord = {
  order: Order;
  products: OrderLine[];
  shipping_addresses: ShippingAddress[];
  coupons: OrderCoupon[];
  taxes: OrderTax[];
  fees: OrderFee[];
  pickups: Record<string, unknown>[];
  messages: Record<string, unknown>[];
  shipments: Record<string, unknown>[];
  transactions: Transaction[];
  /** Absent: none, as in what an older release has stored. */
  refunds?: Refund[];
  metafields: Metafield[];
  form: OrderForm;
  /** Unix milliseconds: RFC-2822 dates only hold seconds. */
  modifiedAt: number;
};

export type Amount = string | number;

export type LineForm = {
  sku?: string;
  quantity?: number;
  /** Per unit, as the store enters prices (with or without tax). Without it: the catalogue's. */
  price?: Amount;
  name?: string;
  productId?: number;
  variantId?: number;
  taxClassId?: number;
  /** A discount on this line alone (target "product"). */
  discount?: Amount;
  /** Gift wrapping of this line. */
  wrapping?: Amount;
  custom?: boolean;
  digital?: boolean;
  giftCertificate?: boolean;
  /** Index into `addresses`. */
  address?: number;
  /** Texts that the shopper gave: modifiers, which never make SKUs. */
  options?: { name: string; value: string; type?: string }[];
  /** Pick-list children: own lines at price 0. */
  children?: { sku: string; quantity?: number }[];
  /** Set on an edit: the line that stays. */
  id?: number;
};

export type ShippingForm = { cost: Amount; method?: string; taxClassId?: number };

export type CouponForm = string | { code: string; type?: string | number; amount?: Amount };

/** The simple form of `POST /control/bigcommerce/{hash}/orders`; README lists the defaults. */
export type OrderForm = {
  lines: LineForm[];
  coupon?: CouponForm;
  /** Several on one order, in the sequence in which they were entered; after `coupon`. */
  coupons?: CouponForm[];
  discount?: Amount;
  shipping?: Amount | ShippingForm | ShippingForm[];
  handling?: Amount;
  wrapping?: Amount;
  fees?: { name?: string; amount: Amount; taxClassId?: number | null }[];
  customer?: number | (Partial<Address> & { id?: number });
  guest?: boolean;
  address?: Partial<Address>;
  addresses?: Partial<Address>[];
  billing?: Partial<Address>;
  pickup?: boolean;
  currency?: string;
  paymentMethod?: string;
  authorizeOnly?: boolean;
  storeCredit?: Amount;
  giftCertificate?: Amount;
  statusId?: number;
  channelId?: number;
  customerMessage?: string;
  staffNotes?: string;
  externalOrderId?: string;
  externalSource?: string;
  orderSource?: string;
  dateCreated?: string;
};
