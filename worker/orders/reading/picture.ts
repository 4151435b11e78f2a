import type { OrderAddress, OrderLine } from "../../bigcommerce/schemas.ts";
import type { CameLine, CameTotal, DraftLineView, OrderDetail } from "../../contract/index.ts";
import { dayIn, instant } from "../../lib/days.ts";
import { type Decimal, decimal, inCurrency, plain, sum, ZERO } from "../../lib/money.ts";
import { couponCodes } from "../mapping/comments.ts";
import { inOneLine, personOf } from "../mapping/customer-and-addresses.ts";
import type { SaleDraft, Snapshot } from "../mapping/sale-draft.ts";

/** What the order's page shows of both sides, as labels and values in the words of ui.md 10; no payload of a vendor. */
export type Picture = Pick<OrderDetail, "came" | "cameLines" | "cameTotals">;
/** As much of an order as is shown of it. */
export type Shown = Pick<Snapshot, "order" | "lines" | "shipping" | "pickups" | "fees" | "coupons">;

export function pictureOf(snapshot: Shown, timeZone = "UTC"): Picture {
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
    ["Coupons", couponCodes(snapshot).join(", ")],
    ["Payment method", order.payment_method],
    ["Gift certificate", unlessZero(order.gift_certificate_amount)],
    ["Store credit", unlessZero(order.store_credit_amount)],
    ["Message", order.customer_message],
  ];
  return {
    came: pairs.filter(([, value]) => value !== "").map(([label, value]) => ({ label, value })),
    cameLines: lines.filter((line) => line.quantity > 0).map((line) => cameLine(line, order.is_tax_inclusive_pricing ?? false, currency)),
    cameTotals: totalsOf(snapshot, currency),
  };
}

type Sides = { label: string; ex: Decimal; inc: Decimal };
const amountOf = (value: unknown): Decimal => decimal(value) ?? ZERO;

/**
 * From the lines to BigCommerce's own total, with and without tax side by side. What discounts are worth on either side is what the
 * rest leaves of the total: BigCommerce says them on one side only.
 */
function totalsOf({ order, lines, fees }: Shown, currency: string): CameTotal[] {
  const of = (label: string, ex: unknown, inc: unknown): Sides => ({ label, ex: amountOf(ex), inc: amountOf(inc) });
  const all = lines.filter((line) => line.quantity > 0);
  const parts = [
    { label: "Lines", ex: sum(all.map((line) => amountOf(line.total_ex_tax))), inc: sum(all.map((line) => amountOf(line.total_inc_tax))) },
    of("Shipping", order.shipping_cost_ex_tax, order.shipping_cost_inc_tax),
    of("Handling", order.handling_cost_ex_tax, order.handling_cost_inc_tax),
    of("Gift wrapping", order.wrapping_cost_ex_tax, order.wrapping_cost_inc_tax),
    ...fees.map((fee) => of(fee.display_name_merchant || "Fee", fee.cost_ex_tax, fee.cost_inc_tax)),
  ];
  const total = of("Total", order.total_ex_tax, order.total_inc_tax);
  const less = !amountOf(order.discount_amount).plus(amountOf(order.coupon_discount)).eq(0);
  const rest: Sides = {
    label: less ? "Discounts and coupons" : "Rounding",
    ex: total.ex.minus(sum(parts.map(({ ex }) => ex))),
    inc: total.inc.minus(sum(parts.map(({ inc }) => inc))),
  };
  const shown = [...parts.slice(0, 1), ...[...parts.slice(1), rest].filter(({ ex, inc }) => !ex.eq(0) || !inc.eq(0)), total];
  return shown.map(({ label, ex, inc }) => ({
    label,
    exTax: exact(ex, currency),
    tax: exact(inc.minus(ex), currency),
    incTax: exact(inc, currency),
  }));
}

/** In the currency's own decimals, with more only where they are needed: nothing is rounded away, so that it adds up. */
function exact(amount: Decimal, currency: string): string {
  const short = inCurrency(amount, currency);
  return decimal(short)?.eq(amount) ? short : plain(amount);
}

/** Prices as the shop keeps them, before order discounts; unit prices may have four decimals. */
function cameLine(line: OrderLine, inclusive: boolean, currency: string): CameLine {
  const [ex, inc] = [amountOf(line.total_ex_tax), amountOf(line.total_inc_tax)];
  return {
    sku: line.sku,
    name: line.name,
    quantity: String(line.quantity),
    price: exact(amountOf(inclusive ? line.price_inc_tax : line.price_ex_tax), currency),
    exTax: exact(ex, currency),
    tax: exact(inc.minus(ex), currency),
    incTax: exact(inc, currency),
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
const NOTHING: Picture = { came: [], cameLines: [], cameTotals: [] };
export const pictureFor = (erased: boolean, snapshot: Shown, timeZone: string): Picture =>
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
