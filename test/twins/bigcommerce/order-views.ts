import type { OrderLine, OrderRecord } from "./order-types.ts";
import type { Store } from "./state.ts";

/** An order as `GET /v2/orders` shows it: links to its parts, or the parts that `include` asks for (facts 4.2, 4.6). */

/** Included lines are cut here, with a `__warning__` (facts 4.2). */
const INCLUDED_LINES = 50;

const link = (store: Store, resource: string) => ({ url: `https://api.bigcommerce.com/stores/${store.hash}/v2${resource}`, resource });

export function orderView(store: Store, record: OrderRecord, include: readonly string[] = [], structure = ""): Record<string, unknown> {
  const base = `/orders/${record.order.id}`;
  const withConsignments = include.some((name) => name.startsWith("consignments"));
  const withLines = include.includes("consignments.line_items");
  return {
    ...record.order,
    products: link(store, `${base}/products`),
    // The links keep the legacy spelling; the address to call has an underscore.
    shipping_addresses: link(store, `${base}/shippingaddresses`),
    coupons: link(store, `${base}/coupons`),
    fees: include.includes("fees") ? record.fees : link(store, `${base}/fees`),
    consignments: withConsignments && structure === "object" ? consignments(store, record, withLines) : link(store, `${base}/consignments`),
  };
}

const number = (text: unknown) => Number(text);

export function consignments(store: Store, record: OrderRecord, withLines: boolean): Record<string, unknown> {
  const { order, products } = record;
  const lines = (rows: readonly OrderLine[]): Record<string, unknown> => {
    if (!withLines) return { line_items: rows.map((line) => link(store, `/orders/${order.id}/products/${line.id}`)) };
    const cut = rows.length > INCLUDED_LINES;
    return {
      line_items: rows.slice(0, INCLUDED_LINES),
      ...(cut && {
        __warning__: `Only the first ${INCLUDED_LINES} line items are included. Use the products resource to get all of them.`,
      }),
    };
  };
  const shipping = record.shipping_addresses.map((address) => ({
    ...Object.fromEntries(Object.entries(address).filter(([key]) => key !== "order_id" && !/cost/.test(key))),
    ...lines(products.filter((line) => line.order_address_id === address.id)),
    shipping_quotes: quotes(store, record, address.id),
    // Numbers here, text everywhere else (facts 4.2).
    base_cost: number(address.base_cost),
    cost_ex_tax: number(address.cost_ex_tax),
    cost_inc_tax: number(address.cost_inc_tax),
    cost_tax: number(address.cost_tax),
    cost_tax_class_id: address.cost_tax_class_id,
    base_handling_cost: number(address.base_handling_cost),
    handling_cost_ex_tax: number(address.handling_cost_ex_tax),
    handling_cost_inc_tax: number(address.handling_cost_inc_tax),
    handling_cost_tax: number(address.handling_cost_tax),
    handling_cost_tax_class_id: address.handling_cost_tax_class_id,
  }));
  const pickups = record.pickups.map((pickup) => ({
    ...pickup,
    ...lines(products.filter((line) => line.order_pickup_method_id === pickup["id"])),
  }));
  const digital = products.filter((line) => line.type === "digital");
  const vouchers = products.filter((line) => line.type === "giftcertificate");
  const recipient_email = order.billing_address.email;
  return {
    pickups,
    shipping,
    downloads: digital.length > 0 ? [{ recipient_email, ...lines(digital) }] : [],
    email: { gift_certificates: vouchers.length > 0 ? [{ recipient_email, ...lines(vouchers) }] : [] },
  };
}

const quotes = (store: Store, record: OrderRecord, addressId: number) =>
  link(store, `/orders/${record.order.id}/shippingaddresses/${addressId}/shippingquotes`);

export function addressView(
  store: Store,
  record: OrderRecord,
  address: OrderRecord["shipping_addresses"][number],
): Record<string, unknown> {
  return { ...address, shipping_quotes: quotes(store, record, address.id) };
}

/** For `/control/state`: the order with its parts in place of the links. */
export function orderState({ order, form: _, modifiedAt: __, ...parts }: OrderRecord): Record<string, unknown> {
  return { ...order, ...parts };
}
