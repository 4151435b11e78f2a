import * as z from "zod";
import type { Order, Transaction } from "../bigcommerce/schemas.ts";
import * as bc from "../bigcommerce/schemas.ts";
import type { PlannedPayment } from "../orders/mapping/amounts/plan-payments.ts";
import type { SaleDraft, ShippedTo } from "../orders/mapping/sale-draft.ts";

/**
 * What is kept of a sale under its claim step (design 3.4): what is sent, and what its money and later changes are worked out from.
 * `fallback`: the same sale without negative charges and prices of 0, for an account that refuses them at the first real one
 * (M2, M18, decision 1.13); null: nothing in the sale could be refused for that. `lookFirst`: its entry in the log was deleted, so
 * every document is looked for before it is written (decision 1.7).
 */
type OfSale = { draft: SaleDraft; fallback?: SaleDraft | null | undefined; lookFirst?: boolean | undefined };
/** `transactions`: where the order says that money was taken, as they were then, so that they are read once (M20, M48). */
type OfOrder = OfSale & { order: Order; shippedTo?: ShippedTo[] | undefined; transactions?: Transaction[] | undefined };

export type OrderKept = OfOrder & { is: "order" };
/** Put into this daily sale, by number: it never goes alone again (F15). */
export type MemberKept = OfOrder & { is: "member"; daySale: number };
/** A daily sale: what it is made of. */
export type DayKept = OfSale & { is: "day"; day: DayParts };
export type SoldKept = OrderKept | MemberKept;
export type Kept = SoldKept | DayKept;

/**
 * The orders of a daily sale as they were when it was closed, and the payments that their tenders make together: one for each
 * account and day. `batches` is missing until the first payment is planned; from then on it stays.
 */
export type DayParts = {
  end: string;
  members: { orderId: number; total: string; modifiedAt: string }[];
  batches?: PaymentBatch[] | undefined;
};
/** One payment that stands for several tenders. `tenders`: their own marks. */
export type PaymentBatch = { payment: PlannedPayment; tenders: { orderId: number; mark: string; amount: string }[] };

// ---- read, whatever release wrote it ---------------------------------------------------------------------------

const text = z.string();
/** Judged, and taken as it stands: every field goes on to be sent, also those that are not named here. */
const judged = <T>(shape: z.ZodType) => z.custom<T>((value) => shape.safeParse(value).success);

const money = { quantity: text, price: text, discount: text, tax: text, taxRule: text, total: text };
const line = z.looseObject({ ...money, productId: text, sku: text, name: text, account: text.nullable(), comment: text });
const charge = z.looseObject({ ...money, description: text, sku: text, account: text, comment: text });
const address = z.looseObject({ line1: text, city: text, country: text }).nullable();
const party = z.discriminatedUnion("is", [
  z.looseObject({ is: z.literal("default"), id: text, name: text }),
  z.looseObject({ is: z.literal("shopper"), email: text, name: text, nameIfTaken: text }),
]);
const draft = judged<SaleDraft>(
  z.looseObject({
    mark: text,
    orderId: z.int(),
    reference: text,
    currency: text,
    rate: text,
    taxInclusive: z.boolean(),
    taxRule: text.nullable(),
    orderDate: text,
    location: text,
    party,
    contact: text,
    phone: text,
    email: text,
    billing: address,
    shipping: address,
    note: text,
    shippingNotes: text,
    lines: z.array(line),
    charges: z.array(charge),
    sold: z.array(z.looseObject({ line: z.int(), sku: text, quantity: z.number(), total: text })).optional(),
    totals: z.looseObject({ exTax: text, tax: text, incTax: text }),
    invoice: z.looseObject({ status: z.enum(["none", "draft", "authorised"]), date: text, dueDate: text }),
    settingsVersion: z.int(),
    decisions: z.array(z.looseObject({ label: text, value: text, why: text })),
    losses: z.array(text),
    notices: z.array(z.looseObject({ kind: text })),
    reserved: z.array(z.looseObject({ sku: text, quantity: z.number() })),
  }),
);

const ofSale = { draft, fallback: draft.nullish().transform((value) => value ?? null), lookFirst: z.boolean().optional() };
const ofOrder = {
  ...ofSale,
  order: judged<Order>(bc.order),
  shippedTo: judged<ShippedTo[]>(z.array(z.looseObject({ id: z.int(), street_1: text }))).optional(),
  transactions: judged<Transaction[]>(z.array(bc.transaction)).optional(),
};
const payment = z.looseObject({ mark: text, reference: text, amount: text, currency: text, account: text.nullable(), paidOn: text });
const batches = judged<PaymentBatch[]>(
  z.array(z.looseObject({ payment, tenders: z.array(z.looseObject({ orderId: z.int(), mark: text, amount: text })) })),
);
const day = z.object({
  end: text,
  members: z.array(z.object({ orderId: z.int(), total: text, modifiedAt: text })),
  batches: batches.optional(),
});

const kept = z.discriminatedUnion("is", [
  z.object({ is: z.literal("order"), ...ofOrder }),
  z.object({ is: z.literal("member"), ...ofOrder, daySale: z.int() }),
  z.object({ is: z.literal("day"), ...ofSale, day }),
]);

/** A release before did not say what it is: a daily sale has parts, what is part of one has its number. */
function named(value: unknown): unknown {
  if (value === null || typeof value !== "object" || "is" in value) return value;
  return { ...value, is: "day" in value ? "day" : "daySale" in value ? "member" : "order" };
}

/** What is kept cannot be read: a bug, and never a reason to map a sale anew that may be there. */
export function keptFrom(stored: unknown): Kept {
  const read = kept.safeParse(named(stored));
  if (read.success) return read.data;
  throw new Error(
    `What is kept of a sale cannot be read: ${read.error.issues.map(({ path }) => path.join(".") || "all of it").join(", ")}`,
  );
}
