import * as z from "zod";
import type { BigCommerce } from "../../bigcommerce/client.ts";
import { customerById } from "../../bigcommerce/customer.ts";
import { couponsOf, linesOf, orderById, taxesOf } from "../../bigcommerce/order.ts";
import { taxClassOf } from "../../bigcommerce/products.ts";
import { fit, type ShopRead } from "../../bigcommerce/reading.ts";
import * as bc from "../../bigcommerce/schemas.ts";
import { transactionsOf } from "../../bigcommerce/transactions.ts";
import type { FlowContext } from "../../inbox/flow.ts";
import { blocked, type Outcome } from "../../inbox/outcome.ts";
import { outcomeOf } from "../../inbox/vendor-answer.ts";
import type { Unwanted } from "../../lib/http.ts";
import { decimal } from "../../lib/money.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Snapshot } from "../mapping/sale-draft.ts";

/**
 * Reads one order as it is now, in at most 4 calls, 5 with coupons (M48): the order with its lines, addresses and fees in
 * one (`include`), its taxes, the tax classes of untaxed lines where needed, its coupons where there are any. Above 50 lines
 * the included list is cut (facts/bigcommerce.md 4.2), then the lines are paged.
 */
export type ReadFailure = { is: "answer"; answer: Unwanted; scope?: string } | { is: "malformed"; fields: string[] };
type OrFailure<T> = Result<T, ReadFailure>;

/** `scope`: what a 403 lacks, where it is not that of orders. */
const judged = <T>(read: ShopRead<T>, scope?: string): OrFailure<T> => {
  if (read.is === "read") return ok(read.value);
  return err(read.is === "malformed" ? read : { is: "answer", answer: read, ...(scope ? { scope } : {}) });
};

export const readOrder = async (bigcommerce: BigCommerce, orderId: number): Promise<OrFailure<bc.Order>> =>
  judged(await orderById(bigcommerce, orderId));

/** The rest of the snapshot of an order that is to be mapped. `who`: the customer as well (M5, F30). */
export async function readSnapshot(bigcommerce: BigCommerce, order: bc.Order, who: boolean): Promise<OrFailure<Snapshot>> {
  const shown = await readShown(bigcommerce, order);
  if (!shown.ok) return shown;
  const taxes = judged(await taxesOf(bigcommerce, order.id));
  if (!taxes.ok) return taxes;
  const classes = await classesOf(bigcommerce, shown.value.lines, taxes.value);
  if (!classes.ok) return classes;
  const customer = who ? await readCustomer(bigcommerce, order.customer_id) : ok(null);
  if (!customer.ok) return customer;

  return ok({ ...shown.value, taxes: taxes.value, customer: customer.value, classOfProduct: classes.value });
}

/** As much of it as is shown: one call, a second one for its coupons or above 50 lines. */
export async function readShown(
  bigcommerce: BigCommerce,
  order: bc.Order,
): Promise<OrFailure<Pick<Snapshot, "order" | "lines" | "shipping" | "pickups" | "fees" | "coupons">>> {
  const consignments = judged(fit(bc.consignments, order.consignments ?? {}, "consignments"));
  if (!consignments.ok) return consignments;
  const fees = judged(fit(z.array(bc.fee), feesIn(order.fees), "fees"));
  if (!fees.ok) return fees;
  const lines = await readLines(bigcommerce, order, consignments.value);
  if (!lines.ok) return lines;
  const coupons = isZero(order.coupon_discount) ? ok([]) : judged(await couponsOf(bigcommerce, order.id));
  if (!coupons.ok) return coupons;
  const { shipping, pickups } = consignments.value;
  return ok({ order, lines: lines.value, shipping, pickups, fees: fees.value, coupons: coupons.value });
}

/** What came with an order in the one call that read it; null: not all of it. */
export function includedOf(order: bc.Order): { lines: bc.OrderLine[] | null; shipping: Snapshot["shipping"] | null } {
  const parts = order.consignments === undefined ? null : judged(fit(bc.consignments, order.consignments, "consignments"));
  return parts?.ok ? { lines: linesIn(order, parts.value), shipping: parts.value.shipping } : { lines: null, shipping: null };
}

/** The lines alone, of an order that is not mapped: they came with it, unless it has more than 50. */
export async function readLinesOf(bigcommerce: BigCommerce, order: bc.Order): Promise<OrFailure<bc.OrderLine[]>> {
  const consignments = judged(fit(bc.consignments, order.consignments ?? {}, "consignments"));
  return consignments.ok ? readLines(bigcommerce, order, consignments.value) : consignments;
}

export const readTransactions = async (bigcommerce: BigCommerce, orderId: number): Promise<OrFailure<bc.Transaction[]>> =>
  judged(await transactionsOf(bigcommerce, orderId));

/** Null: BigCommerce no longer has this customer. */
async function readCustomer(bigcommerce: BigCommerce, id: number): Promise<OrFailure<(Snapshot["customer"] & object) | null>> {
  const read = judged(await customerById(bigcommerce, id), "store_v2_customers_read_only");
  if (!read.ok || !read.value) return read.ok ? ok(null) : read;
  const { customer_group_id: groupId, tax_exempt_category: exempt } = read.value;
  return ok({ groupId, taxExempt: exempt.trim() !== "" });
}

type Consignments = z.output<typeof bc.consignments>;

/** Null: cut, or in a form of its own; the sum of the quantities tells whether these are all. */
function linesIn(order: bc.Order, parts: Consignments): bc.OrderLine[] | null {
  const items = [
    ...parts.shipping.flatMap((c) => c.line_items),
    ...parts.pickups.flatMap((c) => c.line_items),
    ...parts.downloads.flatMap((c) => c.line_items),
    ...(parts.email?.gift_certificates.flatMap((c) => c.line_items) ?? []),
  ];
  const included = z.array(bc.orderLine).safeParse(items);
  if (!included.success || order.items_total <= 0) return null;
  return included.data.reduce((n, line) => n + line.quantity, 0) === order.items_total ? included.data.sort((a, b) => a.id - b.id) : null;
}

async function readLines(bigcommerce: BigCommerce, order: bc.Order, parts: Consignments): Promise<OrFailure<bc.OrderLine[]>> {
  const included = linesIn(order, parts);
  if (included) return ok(included);
  const paged = judged(await linesOf(bigcommerce, order.id));
  return paged.ok ? ok(paged.value.sort((a, b) => a.id - b.id)) : paged;
}

/** Tax classes of catalogue products, for priced lines that no tax row speaks of (M5). */
async function classesOf(bigcommerce: BigCommerce, lines: bc.OrderLine[], taxes: bc.TaxRow[]): Promise<OrFailure<Record<number, number>>> {
  const told = new Set(taxes.map((row) => row.order_product_id));
  const untold = lines.filter((line) => !told.has(line.id) && line.product_id > 0).map((line) => line.product_id);
  return judged(await taxClassOf(bigcommerce, [...new Set(untold)]));
}

/** What an order that could not be read means for its item. */
export function unreadOutcome(c: FlowContext, orderId: number, failure: ReadFailure): Outcome {
  if (failure.is === "malformed") return blocked([{ kind: "order-malformed", orderId, fields: failure.fields }]);
  return outcomeOf(failure.answer, c, failure.scope ?? "store_v2_orders");
}

/** `{fees: […]}` in the documented example, a bare list or a link elsewhere (bigcommerce.md 4.6). */
function feesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const inner = value && typeof value === "object" ? (value as { fees?: unknown }).fees : null;
  return Array.isArray(inner) ? inner : [];
}

const isZero = (value: string | number) => decimal(value)?.eq(0) ?? false;
