import type { OrderAddress, OrderLine } from "../../bigcommerce/schemas.ts";
import type { DraftLineView, OrderDetail } from "../../contract/index.ts";
import { dayIn, instant } from "../../lib/days.ts";
import { decimal, inCurrency, ZERO } from "../../lib/money.ts";
import { couponCodes } from "../mapping/comments.ts";
import { inOneLine, personOf } from "../mapping/customer-and-addresses.ts";
import type { SaleDraft, Snapshot } from "../mapping/sale-draft.ts";

/** What the order's page shows of both sides, as labels and values in the words of ui.md 10; no payload of a vendor. */
export type Picture = Pick<OrderDetail, "came" | "cameLines">;

export function pictureOf(snapshot: Snapshot, timeZone = "UTC"): Picture {
  const { order, lines } = snapshot;
  const currency = order.default_currency_code || order.currency_code;
  const money = (value: unknown) => `${inCurrency(decimal(value) ?? ZERO, currency)} ${currency}`;
  const unlessZero = (value: unknown) => (decimal(value)?.eq(0) === false ? money(value) : "");
  const placed = instant(order.date_created);
  const who = order.billing_address;
  const status = order.status || order.custom_status;
  const pairs: [string, string][] = [
    ["Placed", placed ? dayIn(placed, timeZone) : order.date_created],
    ["Status", order.custom_status && order.custom_status !== status ? `${status} (your "${order.custom_status}")` : status],
    ["Customer", [who.company, personOf(who)].filter(Boolean).join(", ")],
    ["E-mail", who.email],
    ["Phone", who.phone],
    ["Billing address", inOneLine(who)],
    ...snapshot.shipping.map((s): [string, string] => ["Ship to", inOneLine(s as OrderAddress)]),
    ["Pickup", snapshot.pickups.map((p) => p.location?.name || p.pickup_method_display_name).join(", ")],
    ["Shipping method", [...new Set(snapshot.shipping.map((s) => s.shipping_method))].filter(Boolean).join(", ")],
    ["Prices", order.is_tax_inclusive_pricing ? "With tax" : "Without tax"],
    ["Shipping", unlessZero(order.shipping_cost_inc_tax)],
    ["Handling", unlessZero(order.handling_cost_inc_tax)],
    ["Gift wrapping", unlessZero(order.wrapping_cost_inc_tax)],
    ...snapshot.fees.map((fee): [string, string] => [fee.display_name_merchant || "Fee", unlessZero(fee.cost_inc_tax)]),
    ["Discount", unlessZero(order.discount_amount)],
    ["Coupons", [couponCodes(snapshot).join(", "), unlessZero(order.coupon_discount)].filter(Boolean).join(": ")],
    ["Total without tax", money(order.total_ex_tax)],
    ["Tax", money(order.total_tax)],
    ["Total", money(order.total_inc_tax)],
    ["Payment method", order.payment_method],
    ["Gift certificate", unlessZero(order.gift_certificate_amount)],
    ["Store credit", unlessZero(order.store_credit_amount)],
    ["Message", order.customer_message],
  ];
  return {
    came: pairs.filter(([, value]) => value !== "").map(([label, value]) => ({ label, value })),
    cameLines: lines.filter((line) => line.quantity > 0).map((line) => cameLine(line, order.is_tax_inclusive_pricing ?? false, currency)),
  };
}

/** Prices as the shop keeps them, before order discounts; unit prices may have four decimals. */
function cameLine(line: OrderLine, inclusive: boolean, currency: string): Picture["cameLines"][number] {
  const amount = (value: unknown) => decimal(value) ?? ZERO;
  const price = amount(inclusive ? line.price_inc_tax : line.price_ex_tax);
  const short = inCurrency(price, currency);
  const tax = amount(line.total_inc_tax).minus(amount(line.total_ex_tax));
  return {
    sku: line.sku,
    name: line.name,
    quantity: String(line.quantity),
    price: decimal(short)?.eq(price) ? short : price.toFixed(),
    tax: inCurrency(tax, currency),
    total: inCurrency(amount(inclusive ? line.total_inc_tax : line.total_ex_tax), currency),
  };
}

/** What came of each SKU: of use also where nothing is worked out of it. */
export function orderedIn({ lines }: Pick<Snapshot, "lines">): { sku: string; quantity: number }[] {
  return lines.filter(({ sku, quantity }) => sku !== "" && quantity > 0).map(({ sku, quantity }) => ({ sku, quantity }));
}

/** The sale as it goes to Cin7 Core, each line with its reason. */
export function mappedOf(draft: SaleDraft): NonNullable<OrderDetail["mapped"]> {
  const lines: DraftLineView[] = [
    ...draft.lines.map(({ sku, name, comment, account, ...row }) => ({
      ...viewOf(row),
      kind: "line" as const,
      sku,
      name: withComment(name, comment),
      account: account ?? "",
    })),
    ...draft.charges.map(({ sku, description, comment, account, productId: _, rounding: __, ...row }) => ({
      ...viewOf(row),
      kind: "charge" as const,
      sku,
      name: withComment(description, comment),
      account,
    })),
  ];
  const { totals, decisions, settingsVersion, losses } = draft;
  return { lines, totals, decisions, settingsVersion, losses };
}

/** What of an order is shown whose shopper was erased: figures, as little as later changes are compared with (M46). */
const NOTHING: Picture = { came: [], cameLines: [] };
export const pictureFor = (erased: boolean, snapshot: Snapshot, timeZone: string): Picture =>
  erased ? NOTHING : pictureOf(snapshot, timeZone);
export function mappedFor(erased: boolean, draft: SaleDraft): NonNullable<OrderDetail["mapped"]> {
  const mapped = mappedOf(draft);
  return erased ? { ...mapped, lines: [], decisions: [], losses: [] } : mapped;
}

/** What came stays; what was mapped is another one now. */
export const redrawn = (picture: unknown, mapped: OrderDetail["mapped"]): object => ({ ...(picture as object | null), mapped });

type Priced = Pick<DraftLineView, "quantity" | "price" | "tax" | "taxRule" | "total" | "why">;
const viewOf = ({ quantity, price, tax, taxRule, total, why }: Priced): Priced => ({ quantity, price, tax, taxRule, total, why });
const withComment = (name: string, comment: string): string => (comment ? `${name} (${comment})` : name);
