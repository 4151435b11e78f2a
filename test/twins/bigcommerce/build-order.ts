import type Big from "big.js";
import { buildLines } from "./build-lines.ts";
import { money, rate10, rfc2822 } from "./codecs.ts";
import { sum, ZERO } from "./order-maths.ts";
import { addressesOf, billingOf, customerOf } from "./order-parties.ts";
import { customLabel, statusName } from "./order-statuses.ts";
import { orderTaxes } from "./order-taxes.ts";
import type { Order, OrderForm, OrderLine, OrderRecord, ShippingAddress } from "./order-types.ts";
import { gatewayOf } from "./payments.ts";
import { type PricedOrder, priceOrder } from "./price-order.ts";
import { type Store, take } from "./state.ts";

export type BuildContext = { store: Store; now: number; discountBasis: string; feeTaxRows: boolean; cartId: string };

function charge(prefix: string, base: string, worked: readonly { gross: { ex: Big; inc: Big; tax: Big } }[], inclusive: boolean) {
  const ex = sum(worked.map(({ gross }) => gross.ex));
  const inc = sum(worked.map(({ gross }) => gross.inc));
  return {
    [`base_${base}`]: money(inclusive ? inc : ex),
    [`${prefix}_ex_tax`]: money(ex),
    [`${prefix}_inc_tax`]: money(inc),
    [`${prefix}_tax`]: money(inc.minus(ex)),
  };
}

function totals(store: Store, priced: PricedOrder) {
  const { lines, shipping, handling, fees } = priced;
  const inclusive = store.pricesIncludeTax;
  const everything = [...lines.flatMap((line) => [line.worked, line.wrapping]), ...shipping.map((row) => row.worked), handling.worked];
  everything.push(...fees.map((fee) => fee.worked));
  return {
    subtotal_ex_tax: money(sum(lines.map((line) => line.worked.gross.ex))),
    subtotal_inc_tax: money(sum(lines.map((line) => line.worked.gross.inc))),
    subtotal_tax: money(sum(lines.map((line) => line.worked.net.tax))),
    ...charge(
      "shipping_cost",
      "shipping_cost",
      shipping.map((row) => row.worked),
      inclusive,
    ),
    shipping_cost_tax_class_id: shipping[0]?.taxClass.id ?? 0,
    ...charge("handling_cost", "handling_cost", [handling.worked], inclusive),
    handling_cost_tax_class_id: handling.taxClass.id,
    ...charge(
      "wrapping_cost",
      "wrapping_cost",
      lines.map((line) => line.wrapping),
      inclusive,
    ),
    wrapping_cost_tax_class_id: lines[0]?.taxClass.id ?? 0,
    total_ex_tax: money(sum(everything.map(({ net }) => net.ex))),
    total_inc_tax: money(sum(everything.map(({ net }) => net.inc))),
    total_tax: money(sum(everything.map(({ net }) => net.tax))),
    discount_amount: money(priced.discountAmount),
    coupon_discount: money(priced.couponDiscount),
    items_total: lines.reduce((count, line) => count + line.quantity, 0),
  };
}

function currencyFields(store: Store, form: OrderForm) {
  const base = store.currencies.find((currency) => currency.is_default);
  const chosen = store.currencies.find((currency) => currency.currency_code === form.currency) ?? base;
  const charged = chosen?.is_transactional ? chosen : base;
  return {
    currency_id: chosen?.id ?? 1,
    currency_code: chosen?.currency_code ?? store.currency,
    currency_exchange_rate: rate10(chosen?.currency_exchange_rate ?? 1),
    default_currency_id: charged?.id ?? 1,
    default_currency_code: charged?.currency_code ?? store.currency,
    store_default_currency_code: store.currency,
    store_default_to_transactional_exchange_rate: rate10(charged?.currency_exchange_rate ?? 1),
  };
}

/** Works a form out into an order with all its parts. `kept` is the order that an edit changes. */
export function buildOrder(
  { store, now, discountBasis, feeTaxRows, cartId }: BuildContext,
  form: OrderForm,
  statusId: number,
  kept?: OrderRecord,
): OrderRecord {
  const id = kept?.order.id ?? take(store, "order");
  const customer = customerOf(store, form);
  const billing = billingOf(store, form, customer);
  const physical = form.lines.some((line) => !line.digital && !line.giftCertificate);
  const wanted = physical && !form.pickup ? addressesOf(store, form, billing) : [];
  const taxed = (wanted[0] ?? billing).country_iso2 === store.countryCode && !customer?.tax_exempt_category;
  const priced = priceOrder(store, form, wanted.length, taxed, discountBasis);
  const inclusive = store.pricesIncludeTax;
  const pickupId = form.pickup ? (kept ? Number(kept.pickups[0]?.["id"] ?? 0) : take(store, "other")) : 0;

  const addresses = wanted.map((address, index): ShippingAddress => {
    const shipping = priced.shipping[index];
    const cost = shipping?.worked.gross ?? { ex: ZERO, inc: ZERO, tax: ZERO };
    const handling = index === 0 ? priced.handling.worked.gross : { ex: ZERO, inc: ZERO, tax: ZERO };
    const count = priced.lines.filter((line) => (line.form.address ?? 0) === index).reduce((all, line) => all + line.quantity, 0);
    return {
      id: kept?.shipping_addresses[index]?.id ?? take(store, "address"),
      order_id: id,
      ...address,
      items_total: count,
      items_shipped: 0,
      shipping_method: shipping?.form.method ?? "Flat Rate",
      base_cost: money(inclusive ? cost.inc : cost.ex),
      cost_ex_tax: money(cost.ex),
      cost_inc_tax: money(cost.inc),
      cost_tax: money(cost.tax),
      cost_tax_class_id: shipping?.taxClass.id ?? 0,
      base_handling_cost: money(inclusive ? handling.inc : handling.ex),
      handling_cost_ex_tax: money(handling.ex),
      handling_cost_inc_tax: money(handling.inc),
      handling_cost_tax: money(handling.tax),
      handling_cost_tax_class_id: priced.handling.taxClass.id,
      shipping_zone_id: 1,
      shipping_zone_name: address.country,
    };
  });
  const lines = buildLines(store, priced, id, addresses, pickupId);
  const fees = priced.fees.map((fee) => ({
    id: take(store, "other"),
    type: "custom_fee" as const,
    display_name_customer: fee.name,
    display_name_merchant: fee.name,
    source: "twin",
    base_cost: money(inclusive ? fee.worked.gross.inc : fee.worked.gross.ex),
    cost_ex_tax: money(fee.worked.gross.ex),
    cost_inc_tax: money(fee.worked.gross.inc),
    cost_tax: money(fee.worked.gross.tax),
    tax_class_id: fee.taxClassId,
  }));
  const created = kept?.order.date_created ?? (form.dateCreated ? rfc2822(Date.parse(form.dateCreated)) : rfc2822(now));
  const paymentMethod = form.paymentMethod ?? "Credit Card";
  const order: Order = {
    id,
    customer_id: customer?.id ?? 0,
    date_created: created,
    date_modified: rfc2822(now),
    date_shipped: "",
    status_id: statusId,
    status: statusName(statusId),
    ...totals(store, priced),
    is_tax_inclusive_pricing: inclusive,
    items_shipped: 0,
    payment_method: paymentMethod,
    payment_provider_id: null,
    payment_status: gatewayOf(paymentMethod).offline ? "" : "pending",
    refunded_amount: "0.0000",
    order_is_digital: !physical,
    store_credit_amount: money(form.storeCredit ?? 0),
    gift_certificate_amount: money(form.giftCertificate ?? 0),
    ip_address: "203.0.113.7",
    ip_address_v6: "",
    geoip_country: billing.country,
    geoip_country_iso2: billing.country_iso2,
    ...currencyFields(store, form),
    staff_notes: form.staffNotes ?? "",
    customer_message: form.customerMessage ?? "",
    shipping_address_count: addresses.length,
    is_deleted: false,
    ebay_order_id: "0",
    cart_id: kept ? kept.order.cart_id : cartId,
    billing_address: billing,
    is_email_opt_in: false,
    credit_card_type: null,
    order_source: form.orderSource ?? "www",
    channel_id: form.channelId ?? 1,
    external_source: form.externalSource ?? null,
    external_id: null,
    external_merchant_id: null,
    external_order_id: form.externalOrderId ?? "",
    tax_provider_id: "BasicTaxProvider",
    customer_locale: store.locale,
    custom_status: customLabel(store, statusId),
  };
  const record: OrderRecord = {
    order,
    products: lines,
    shipping_addresses: addresses,
    coupons: priced.coupons.map((coupon) => ({
      id: take(store, "other"),
      coupon_id: coupon.id,
      order_id: id,
      code: coupon.code,
      amount: Number(coupon.amount),
      type: coupon.type,
      discount: coupon.given.toNumber(),
    })),
    taxes: [],
    fees,
    pickups: form.pickup ? [pickup(store, pickupId)] : [],
    messages: kept?.messages ?? [],
    shipments: kept?.shipments ?? [],
    transactions: kept?.transactions ?? [],
    ...(kept?.refunds && { refunds: kept.refunds }),
    metafields: kept?.metafields ?? [],
    form: { ...form, lines: form.lines.map((line, index) => ({ ...line, id: parentIds(lines)[index] })) },
    modifiedAt: now,
  };
  if (taxed) record.taxes = orderTaxes(store, record, priced, feeTaxRows);
  return record;
}

const parentIds = (lines: OrderLine[]): number[] => lines.filter((line) => line.parent_order_product_id === null).map((line) => line.id);

function pickup(store: Store, id: number): Record<string, unknown> {
  return {
    id,
    pickup_method_id: 1,
    pickup_method_display_name: "Pick up in store",
    collection_instructions: "Bring your order number",
    collection_time_description: "9am - 5pm",
    location: {
      id: 1,
      name: "Default location",
      code: "BC-LOCATION-1",
      address_line_1: "1 Market Street",
      address_line_2: "",
      city: store.city,
      state: store.state,
      postal_code: store.zip,
      country_alpha2: store.countryCode,
      email: "",
      phone: "",
    },
  };
}
