import { STATUS_IDS } from "./order-statuses.ts";
import type { Address, LineForm, OrderForm } from "./order-types.ts";

/** The full V2 form (`POST /v2/orders`, facts 4.7) as the simple form that orders are worked out from. */

type Given = Record<string, unknown>;

const READ_ONLY = [
  "id",
  "date_modified",
  "status",
  "coupon_discount",
  "store_credit_amount",
  "gift_certificate_amount",
  "payment_status",
  "order_source",
];

const isObject = (value: unknown): value is Given => typeof value === "object" && value !== null && !Array.isArray(value);
const amount = (value: unknown) => (typeof value === "string" || typeof value === "number" ? value : undefined);
const number = (value: unknown) => (value === undefined || value === null || value === "" ? undefined : Number(value));
const text = (value: unknown) => (typeof value === "string" ? value : undefined);

export function readOnlyField(body: Given): string | null {
  return READ_ONLY.find((name) => name in body) ?? null;
}

function line(given: Given, inclusive: boolean): LineForm {
  const price = amount(inclusive ? given["price_inc_tax"] : given["price_ex_tax"]);
  const productId = number(given["product_id"]);
  return {
    quantity: Number(given["quantity"] ?? 1),
    ...(price !== undefined && { price }),
    ...(productId ? { productId, variantId: number(given["variant_id"]) } : { custom: true, sku: text(given["sku"]) }),
    ...(text(given["name"]) !== undefined && { name: text(given["name"]) }),
    ...(number(given["id"]) !== undefined && { id: number(given["id"]) }),
  };
}

export function lineForms(products: unknown, inclusive: boolean): LineForm[] {
  return Array.isArray(products) ? products.filter(isObject).map((given) => line(given, inclusive)) : [];
}

/** Answers the form, or the message of the 400. */
export function fullForm(body: Given, inclusive: boolean): OrderForm | string {
  const billing = body["billing_address"];
  if (!isObject(billing)) return "The field 'billing_address' is required.";
  const products = body["products"];
  if (!Array.isArray(products) || products.length === 0) return "The field 'products' is required.";
  const statusId = number(body["status_id"]);
  if (statusId !== undefined && !STATUS_IDS.includes(statusId)) return "The field 'status_id' is invalid.";
  const side = inclusive ? "inc_tax" : "ex_tax";
  const addresses = Array.isArray(body["shipping_addresses"]) ? (body["shipping_addresses"] as Partial<Address>[]) : [];
  const fees = Array.isArray(body["fees"]) ? body["fees"].filter(isObject) : [];
  const customerId = number(body["customer_id"]);
  const options: Partial<OrderForm> = {
    handling: amount(body[`handling_cost_${side}`] ?? body["base_handling_cost"]),
    wrapping: amount(body[`wrapping_cost_${side}`] ?? body["base_wrapping_cost"]),
    discount: amount(body["discount_amount"]),
    paymentMethod: text(body["payment_method"]),
    customerMessage: text(body["customer_message"]),
    staffNotes: text(body["staff_notes"]),
    externalOrderId: text(body["external_order_id"]),
    externalSource: text(body["external_source"]),
    dateCreated: text(body["date_created"]),
    channelId: number(body["channel_id"]),
    statusId,
  };
  return {
    lines: lineForms(products, inclusive),
    billing: billing as Partial<Address>,
    addresses: addresses.length > 0 ? addresses : [billing as Partial<Address>],
    shipping: amount(body[`shipping_cost_${side}`] ?? body["base_shipping_cost"]) ?? 0,
    fees: fees.map((fee) => ({
      name: text(fee["display_name_customer"]) ?? text(fee["name"]),
      amount: amount(fee["base_cost"]) ?? 0,
      taxClassId: number(fee["tax_class_id"]),
    })),
    ...(customerId ? { customer: customerId } : {}),
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}
