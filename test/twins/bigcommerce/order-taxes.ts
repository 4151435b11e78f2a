import type Big from "big.js";
import { money } from "./codecs.ts";
import type { OrderRecord, OrderTax } from "./order-types.ts";
import type { PricedOrder } from "./price-order.ts";
import { type Store, type TaxClass, take } from "./state.ts";

/** One row per taxed row of the order, as `details=true` shows them (facts 4.6). */
export function orderTaxes(store: Store, record: OrderRecord, priced: PricedOrder, feeRows: boolean): OrderTax[] {
  const rows: OrderTax[] = [];
  const first = record.shipping_addresses[0]?.id ?? 0;
  const pickupId = Number(record.pickups[0]?.["id"] ?? 0);
  const add = (type: OrderTax["line_item_type"], taxClass: TaxClass, rate: Big, tax: Big, addressId: number, lineId: number | null) =>
    rows.push({
      id: take(store, "tax"),
      order_id: record.order.id,
      order_address_id: addressId,
      order_pickup_method_id: addressId === 0 ? pickupId : 0,
      // Text, unlike every other reference to a line (specification).
      order_product_id: lineId === null ? null : String(lineId),
      tax_rate_id: taxClass.id + 1,
      sales_tax_id: "",
      tax_class_id: taxClass.id,
      name: store.taxName,
      class: taxClass.name,
      rate: money(rate),
      priority: 1,
      priority_amount: money(tax),
      line_amount: money(tax),
      line_item_type: type,
    });
  priced.lines.forEach((line, index) => {
    const built = record.products[index];
    if (!built || line.form.giftCertificate) return;
    add("item", line.taxClass, line.rate, line.worked.net.tax, built.order_address_id, built.id);
    if (line.wrapping.net.inc.gt(0))
      add("gift-wrapping", line.taxClass, line.rate, line.wrapping.net.tax, built.order_address_id, built.id);
  });
  priced.shipping.forEach(({ worked, taxClass, rate }, index) => {
    const address = record.shipping_addresses[index]?.id ?? first;
    if (worked.net.inc.gt(0)) add("shipping", taxClass, rate, worked.net.tax, address, null);
  });
  const { handling } = priced;
  if (handling.worked.net.inc.gt(0)) add("handling", handling.taxClass, handling.rate, handling.worked.net.tax, first, null);
  // The specification knows no line_item_type for fees.
  if (feeRows) for (const fee of priced.fees) add("handling", fee.taxClass, fee.rate, fee.worked.net.tax, first, null);
  return rows;
}

/** Without `details=true`: added up by address and class, without the line (facts 4.6). */
export function summedTaxes(taxes: readonly OrderTax[]): Omit<OrderTax, "order_product_id" | "line_item_type">[] {
  const groups = new Map<string, Omit<OrderTax, "order_product_id" | "line_item_type">>();
  for (const { order_product_id: _, line_item_type: __, ...tax } of taxes) {
    const key = `${tax.order_address_id} ${tax.order_pickup_method_id} ${tax.tax_class_id} ${tax.rate}`;
    const known = groups.get(key);
    if (!known) {
      groups.set(key, { ...tax });
      continue;
    }
    known.line_amount = money(Number(known.line_amount) === 0 ? tax.line_amount : addMoney(known.line_amount, tax.line_amount));
    known.priority_amount = known.line_amount;
  }
  return [...groups.values()];
}

/** Both have four places: whole ten-thousandths add exactly. */
function addMoney(a: string, b: string): string {
  const units = BigInt(a.replace(".", "")) + BigInt(b.replace(".", ""));
  const text = units.toString().padStart(5, "0");
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
}
