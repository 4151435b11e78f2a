import * as z from "zod";
import type { BigCommerce } from "../../bigcommerce/client.ts";
import * as bc from "../../bigcommerce/schemas.ts";
import type { FlowContext } from "../../inbox/flow.ts";
import { blocked, type Outcome } from "../../inbox/outcome.ts";
import { outcomeOf, type Unwanted } from "../../inbox/vendor-answer.ts";
import type { Answer } from "../../lib/http.ts";
import { decimal } from "../../lib/money.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Snapshot } from "../mapping/sale-draft.ts";

/**
 * Reads one order as it is now, in at most 4 calls, 5 with coupons (M48): the order with its lines, addresses and fees in
 * one (`include`), its taxes, the tax classes of untaxed lines where needed, its coupons where there are any. Above 50 lines
 * the included list is cut (facts/bigcommerce.md 4.2), then the lines are paged.
 */
export type ReadFailure = { is: "answer"; answer: Unwanted; scope?: string } | { is: "malformed"; fields: string[] };
type Read<T> = Result<T, ReadFailure>;

export async function readOrder(bigcommerce: BigCommerce, orderId: number): Promise<Read<bc.Order>> {
  const include = "consignments.line_items,fees";
  const read = parsed(bc.order, await bigcommerce.get(`/v2/orders/${orderId}`, { include, consignment_structure: "object" }));
  // Everything downstream goes by the number in the answer: another order's answer must not become a sale of this one.
  return read.ok && read.value.id !== orderId ? err({ is: "malformed", fields: ["id"] }) : read;
}

/** The rest of the snapshot of an order that is to be mapped. `who`: the customer as well (M5, F30). */
export async function readSnapshot(bigcommerce: BigCommerce, order: bc.Order, who: boolean): Promise<Read<Snapshot>> {
  const consignments = check(bc.consignments, order.consignments ?? {}, "consignments");
  if (!consignments.ok) return consignments;
  const fees = check(z.array(bc.fee), feesIn(order.fees), "fees");
  if (!fees.ok) return fees;
  const { shipping, pickups } = consignments.value;

  const lines = await readLines(bigcommerce, order, consignments.value);
  if (!lines.ok) return lines;
  const taxes = await pages(bigcommerce, `/v2/orders/${order.id}/taxes`, bc.taxRow, { details: "true" });
  if (!taxes.ok) return taxes;
  const coupons = isZero(order.coupon_discount) ? ok([]) : await pages(bigcommerce, `/v2/orders/${order.id}/coupons`, bc.coupon);
  if (!coupons.ok) return coupons;
  const classes = await classesOf(bigcommerce, lines.value, taxes.value);
  if (!classes.ok) return classes;
  const customer = who ? await readCustomer(bigcommerce, order.customer_id) : ok(null);
  if (!customer.ok) return customer;

  return ok({
    order,
    lines: lines.value,
    shipping,
    pickups,
    fees: fees.value,
    taxes: taxes.value,
    coupons: coupons.value,
    customer: customer.value,
    classOfProduct: classes.value,
  });
}

/** The lines alone, of an order that is not mapped: they came with it, unless it has more than 50. */
export async function readLinesOf(bigcommerce: BigCommerce, order: bc.Order): Promise<Read<bc.OrderLine[]>> {
  const consignments = check(bc.consignments, order.consignments ?? {}, "consignments");
  return consignments.ok ? readLines(bigcommerce, order, consignments.value) : consignments;
}

export const readTransactions = async (bigcommerce: BigCommerce, orderId: number): Promise<Read<bc.Transaction[]>> => {
  const answer = await bigcommerce.get(`/v3/orders/${orderId}/transactions`);
  if (answer.is === "ok" && answer.body === null) return ok([]);
  const read = parsed(z.object({ data: z.array(bc.transaction) }), answer);
  return read.ok ? ok(read.value.data) : read;
};

/** Null: BigCommerce no longer has this customer. */
async function readCustomer(bigcommerce: BigCommerce, id: number): Promise<Read<(Snapshot["customer"] & object) | null>> {
  const answer = await bigcommerce.get("/v3/customers", { "id:in": id, limit: 1 });
  if (answer.is !== "ok") return err({ is: "answer", answer, scope: "store_v2_customers_read_only" });
  const read = check(z.object({ data: z.array(bc.customer) }), answer.body, "customer");
  if (!read.ok) return read;
  const found = read.value.data.find((customer) => customer.id === id);
  return ok(found ? { groupId: found.customer_group_id, taxExempt: found.tax_exempt_category.trim() !== "" } : null);
}

type Consignments = z.output<typeof bc.consignments>;

async function readLines(bigcommerce: BigCommerce, order: bc.Order, parts: Consignments): Promise<Read<bc.OrderLine[]>> {
  const items = [
    ...parts.shipping.flatMap((c) => c.line_items),
    ...parts.pickups.flatMap((c) => c.line_items),
    ...parts.downloads.flatMap((c) => c.line_items),
    ...(parts.email?.gift_certificates.flatMap((c) => c.line_items) ?? []),
  ];
  const included = z.array(bc.orderLine).safeParse(items);
  // Cut, or in a form of its own: the sum of the quantities tells whether these are all.
  if (included.success && included.data.reduce((n, line) => n + line.quantity, 0) === order.items_total && order.items_total > 0) {
    return ok(included.data.sort((a, b) => a.id - b.id));
  }
  const paged = await pages(bigcommerce, `/v2/orders/${order.id}/products`, bc.orderLine);
  return paged.ok ? ok(paged.value.sort((a, b) => a.id - b.id)) : paged;
}

/** Tax classes of catalogue products, for priced lines that no tax row speaks of (M5). */
async function classesOf(bigcommerce: BigCommerce, lines: bc.OrderLine[], taxes: bc.TaxRow[]): Promise<Read<Record<number, number>>> {
  const told = new Set(taxes.map((row) => row.order_product_id));
  const untold = lines.filter((line) => !told.has(line.id) && line.product_id > 0).map((line) => line.product_id);
  if (untold.length === 0) return ok({});
  const ids = [...new Set(untold)];
  const classes: Record<number, number> = {};
  for (let at = 0; at < ids.length; at += 250) {
    const query = { "id:in": ids.slice(at, at + 250).join(","), include_fields: "tax_class_id", limit: 250 };
    const read = parsed(z.object({ data: z.array(bc.catalogueProduct) }), await bigcommerce.get("/v3/catalog/products", query));
    if (!read.ok) return read;
    for (const product of read.value.data) classes[product.id] = product.tax_class_id ?? 0;
  }
  return ok(classes);
}

const PAGE = 250;

/** A V2 list to its end: a short page or an empty 204. */
async function pages<T extends z.ZodType>(
  bigcommerce: BigCommerce,
  path: string,
  item: T,
  query: Record<string, string> = {},
): Promise<Read<z.output<T>[]>> {
  const rows: z.output<T>[] = [];
  for (let page = 1; page <= 40; page++) {
    const answer = await bigcommerce.get(path, { ...query, page, limit: PAGE });
    if (answer.is === "ok" && answer.body === null) return ok(rows);
    const read = parsed(z.array(item), answer);
    if (!read.ok) return read;
    rows.push(...read.value);
    if (read.value.length < PAGE) return ok(rows);
  }
  return ok(rows);
}

function parsed<T extends z.ZodType>(schema: T, answer: Answer): Read<z.output<T>> {
  return answer.is === "ok" ? check(schema, answer.body, "") : err({ is: "answer", answer });
}

/** What an order that could not be read means for its item. */
export function unreadOutcome(c: FlowContext, orderId: number, failure: ReadFailure): Outcome {
  if (failure.is === "malformed") return blocked([{ kind: "order-malformed", orderId, fields: failure.fields }]);
  return outcomeOf(failure.answer, c, failure.scope ?? "store_v2_orders");
}

function check<T extends z.ZodType>(schema: T, value: unknown, at: string): Read<z.output<T>> {
  const result = schema.safeParse(value);
  if (result.success) return ok(result.data);
  const fields = result.error.issues.slice(0, 5).map((issue) => [at, ...issue.path].filter((p) => p !== "").join("."));
  return err({ is: "malformed", fields: [...new Set(fields)] });
}

/** `{fees: […]}` in the documented example, a bare list or a link elsewhere (bigcommerce.md 4.6). */
function feesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const inner = value && typeof value === "object" ? (value as { fees?: unknown }).fees : null;
  return Array.isArray(inner) ? inner : [];
}

const isZero = (value: string | number) => decimal(value)?.eq(0) ?? false;
