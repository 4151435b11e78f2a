import type { Snapshot } from "./sale-draft.ts";
import { fit, type Losses } from "./truncate.ts";

const LONGEST = 1024;

/**
 * The sale's comments (F39, F103): coupon codes, the shopper's message, what the merchant asked besides (a purchase order
 * number), gift wrapping with its message. They print on documents, so staff notes stay in BigCommerce and are listed.
 */
export function noteOf(snapshot: Snapshot, loadCouponCodes: boolean, first: string, losses: Losses): string {
  const { order, lines } = snapshot;
  const codes = loadCouponCodes ? couponCodes(snapshot) : [];
  const parts = [
    first,
    codes.length ? `${codes.length > 1 ? "Coupons" : "Coupon"}: ${codes.join(", ")}` : "",
    order.customer_message ? `Customer: ${order.customer_message}` : "",
    ...order.billing_address.form_fields.filter((f) => f.value).map((f) => `${f.name}: ${f.value}`),
    ...lines.filter((l) => l.quantity > 0 && l.wrapping_message).map((l) => `Gift message (${l.sku || l.name}): ${l.wrapping_message}`),
  ];
  if (order.staff_notes) losses.push("Staff notes: kept in BigCommerce only, because the sale's comments print on documents.");
  return fit(parts.filter(Boolean).join("\n"), LONGEST, "Comments", losses);
}

/** How it leaves: the shipping method or pickup place, for Cin7's shipping notes (M25). */
export function shippingNotesOf(snapshot: Snapshot, losses: Losses): string {
  const methods = [...new Set(snapshot.shipping.map((s) => s.shipping_method).filter(Boolean))];
  const pickups = snapshot.pickups.map((p) => `Pickup${p.location?.name ? ` at ${p.location.name}` : ""}`);
  return fit([...methods, ...new Set(pickups)].join("\n"), LONGEST, "Shipping notes", losses);
}

/** Codes in the order's own sequence, each once: from the coupons, else from the lines' discounts. */
export function couponCodes({ coupons, lines }: Pick<Snapshot, "coupons" | "lines">): string[] {
  const all = [...coupons.map((c) => c.code), ...lines.flatMap((l) => l.applied_discounts.map((d) => d.code))];
  return [...new Set(all.filter(Boolean))];
}
