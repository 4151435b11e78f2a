import { money } from "./codecs.ts";
import type { OrderLine, ShippingAddress } from "./order-types.ts";
import type { PricedLine, PricedOrder } from "./price-order.ts";
import { type Store, take } from "./state.ts";

/** The lines of an order in the API's shape (facts 4.5). */

const MODIFIER = { product_option_id: 0, option_id: 0, type: "Text field", display_style: "" };

function lineOptions(store: Store, line: PricedLine, lineId: number): Record<string, unknown>[] {
  const chosen = (line.variant?.option_values ?? []).map(({ id, option_id, label, option_display_name }) => ({
    option_id,
    product_option_id: option_id,
    text: label,
    name: option_display_name,
    value: String(id),
    type: "Multiple choice",
    display_style: "Rectangle",
  }));
  const texts = (line.form.options ?? []).map((option) => ({
    ...MODIFIER,
    text: option.value,
    name: option.name,
    value: option.value,
    type: option.type ?? "Text field",
  }));
  return [...chosen, ...texts].map(({ text, name, ...rest }) => ({
    id: take(store, "other"),
    order_product_id: lineId,
    ...rest,
    name,
    display_name: name,
    display_name_customer: name,
    display_name_merchant: name,
    display_value: text,
    display_value_customer: text,
    display_value_merchant: text,
  }));
}

function buildLine(
  store: Store,
  line: PricedLine,
  id: number,
  orderId: number,
  addressId: number,
  pickupId: number,
  parent: number | null,
): OrderLine {
  const { worked, wrapping, unit, product, variant, form } = line;
  const inclusive = store.pricesIncludeTax;
  const base = inclusive ? "inc" : "ex";
  const name = form.name ?? product?.name ?? form.sku ?? "Custom item";
  const type = form.giftCertificate ? "giftcertificate" : form.digital || product?.type === "digital" ? "digital" : "physical";
  const cost = money(product?.cost_price ?? 0);
  return {
    id,
    order_id: orderId,
    product_id: product?.id ?? 0,
    variant_id: variant?.id ?? 0,
    order_pickup_method_id: type === "physical" ? pickupId : 0,
    order_address_id: type === "physical" ? addressId : 0,
    name,
    name_customer: name,
    name_merchant: name,
    sku: form.sku ?? variant?.sku ?? "",
    upc: "",
    type,
    base_price: money(unit[base]),
    price_ex_tax: money(unit.ex),
    price_inc_tax: money(unit.inc),
    price_tax: money(unit.tax),
    base_total: money(worked.gross[base]),
    total_ex_tax: money(worked.gross.ex),
    total_inc_tax: money(worked.gross.inc),
    total_tax: money(worked.net.tax),
    discounted_total_inc_tax: money(worked.net.inc),
    weight: money(product?.weight ?? 0),
    width: "0.0000",
    height: "0.0000",
    depth: "0.0000",
    quantity: line.quantity,
    base_cost_price: cost,
    cost_price_inc_tax: cost,
    cost_price_ex_tax: cost,
    cost_price_tax: "0.0000",
    is_refunded: false,
    quantity_refunded: 0,
    refund_amount: "0.0000",
    return_id: 0,
    wrapping_id: wrapping.gross.inc.gt(0) ? 1 : 0,
    wrapping_name: wrapping.gross.inc.gt(0) ? "Gift wrap" : "",
    base_wrapping_cost: money(wrapping.gross[base]),
    wrapping_cost_ex_tax: money(wrapping.gross.ex),
    wrapping_cost_inc_tax: money(wrapping.gross.inc),
    wrapping_cost_tax: money(wrapping.gross.tax),
    wrapping_message: "",
    quantity_shipped: 0,
    event_name: null,
    event_date: null,
    fixed_shipping_cost: "0.0000",
    ebay_item_id: "",
    ebay_transaction_id: "",
    option_set_id: null,
    parent_order_product_id: parent,
    is_bundled_product: parent !== null,
    bin_picking_number: "",
    external_id: null,
    brand: product?.brand ?? "",
    applied_discounts: line.discounts.map((discount) => ({ ...discount, amount: money(discount.amount) })),
    product_options: lineOptions(store, line, id),
    configurable_fields: [],
    gift_certificate_id: form.giftCertificate ? take(store, "other") : null,
  };
}

/** Lines in sequence, children after their parent; an edited line keeps its id. */
export function buildLines(
  store: Store,
  priced: PricedOrder,
  orderId: number,
  addresses: ShippingAddress[],
  pickupId: number,
): OrderLine[] {
  let parent = 0;
  return priced.lines.map((line) => {
    const id = line.form.id ?? take(store, "line");
    if (!line.child) parent = id;
    const addressId = addresses[line.form.address ?? 0]?.id ?? 0;
    return buildLine(store, line, id, orderId, addressId, pickupId, line.child ? parent : null);
  });
}
