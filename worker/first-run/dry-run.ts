import type { Order } from "../bigcommerce/schemas.ts";
import { INVOICE_PATH } from "../cin7/invoice.ts";
import { PAYMENT_PATH } from "../cin7/payment.ts";
import { SALE_PATH } from "../cin7/sale.ts";
import { ORDER_PATH } from "../cin7/sale-order.ts";
import type { TrialOrder } from "../contract/index.ts";
import { instant } from "../lib/days.ts";
import { decimal, inCurrency, ZERO } from "../lib/money.ts";
import type { PlannedPayment } from "../orders/mapping/amounts/plan-payments.ts";
import type { SaleDraft } from "../orders/mapping/sale-draft.ts";
import { invoiceBody, orderBody, paymentBody, saleBody, totalOf } from "../orders/sending/bodies.ts";

/** Stand for IDs that only Cin7 Core gives, and only when the order is sent. */
export const LATER = {
  customer: "(the customer made for this shopper)",
  sale: "(the sale)",
  invoice: "(the invoice)",
  none: "00000000-0000-0000-0000-000000000000",
};

/** What would be sent, byte for byte as the flows send it, but for IDs that nobody has yet (N4). `customerId` null: a new customer. `dueDate`: of its invoice. */
export function previewOf(
  draft: SaleDraft,
  customerId: string | null,
  payments: readonly PlannedPayment[],
  dueDate: string,
): TrialOrder["bodies"] {
  const body = (step: string, path: string, value: unknown) => ({ step, path, body: JSON.stringify(value) });
  const bodies = [
    body("Create the sale", SALE_PATH, saleBody(draft, customerId ?? LATER.customer)),
    // A Service sale has no order (M7).
    ...(draft.service ? [] : [body("Authorise the order", ORDER_PATH, orderBody(draft, LATER.sale))]),
  ];
  if (draft.invoice.status === "none") return bodies;
  const task = draft.service ? LATER.sale : LATER.none;
  bodies.push(body("Write the invoice", INVOICE_PATH, invoiceBody(draft, LATER.sale, task, { ...draft.invoice, dueDate, memo: "" })));
  // A draft invoice takes no payment (decision 1.14): they follow when somebody has authorised it.
  if (draft.invoice.status === "draft") return bodies;
  const due = payments.filter((p) => p.account !== null);
  return [...bodies, ...due.map((p) => body("Post the payment", PAYMENT_PATH, paymentBody(p, LATER.invoice, draft.rate)))];
}

/** Calls to Cin7 Core: one for each body, and look-ups for a new customer and for an order of before the connection. */
export const callsOf = (bodies: number, newCustomer: boolean, lookFirst: boolean): number =>
  bodies + (newCustomer ? 2 : 0) + (lookFirst ? 4 : 0);

/** Does what we would send add up to what the shopper was charged, to the cent (M1)? */
export const ties = (draft: SaleDraft, order: Order): boolean => totalOf(draft).eq(decimal(order.total_inc_tax) ?? ZERO.minus(1));

/** The order as lists show it. */
export function shownOf(order: Order): Pick<TrialOrder, "id" | "placedAt" | "total" | "currency"> {
  const currency = order.default_currency_code || order.currency_code;
  const total = decimal(order.total_inc_tax) ?? ZERO;
  return { id: order.id, placedAt: instant(order.date_created) ?? "", total: inCurrency(total, currency), currency };
}

export const notTaken = (order: Order, verdict: "not-taken" | "held", why: string[]): TrialOrder => ({
  ...shownOf(order),
  verdict,
  why,
  tie: null,
  bodies: [],
  calls: 0,
  losses: [],
});
