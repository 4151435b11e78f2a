import type { Problem } from "../exceptions/problem.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { stop } from "../inbox/halt.ts";
import { blocked, done, type Outcome } from "../inbox/outcome.ts";
import type { Kept, SaleDraft } from "./draft.ts";
import { type Invoice, isInvoiced, lookForInvoice, writeInvoice } from "./invoice-flow.ts";
import { allWait, dueOf, pay } from "./payment-flow.ts";
import { readyToInvoice } from "./ready-flow.ts";
import { type OrderRow, orderOf, reached, waitFor } from "./store.ts";
import { invoiceDifference } from "./to-cin7.ts";

/**
 * `order.money`: the invoice when and as the settings want it (M11 to M13), then one payment per tender (J1, J10). What is not
 * there yet is waited for without a call: the sales sweep wakes the order when its sale changed. A draft invoice takes no
 * payment (decision 14, M10): they wait for it, and follow once somebody has authorised it.
 */
export async function moneyOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  return withSeen(c, orderId, await invoiceAndPay(c, orderId));
}

/** What is done for the order shows in BigCommerce too, where Setup asks for it (M45). */
const withSeen = (c: LinkedContext, orderId: number, outcome: Outcome): Outcome =>
  outcome.is === "done" && c.settings.document.seen.metafield
    ? { ...outcome, next: [...(outcome.next ?? []), { kind: "order.seen", orderId }] }
    : outcome;

async function invoiceAndPay(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderOf(c.db, c.tenant, orderId);
  const kept = await c.drafts.of<Kept>(orderId);
  // After a disconnect or an erased shopper nothing is kept to send; reading it again would lead here for ever (N20, M46).
  if (!kept && row?.state === "sent") return done("Nothing more is sent for it: what was kept of it is erased.");
  if (!row?.saleId || !kept) return done("It is read again first.", { next: [{ kind: "order.changed", orderId }] });
  // Its entry in the log was deleted meanwhile (F124): a person chooses first what becomes of the sale.
  if (row.state === "held") return done("It is looked at again first.", { next: [{ kind: "order.changed", orderId }] });
  const { draft } = kept;
  const known = isInvoiced(c, row);
  let shippedOn: string | null = null;
  if (!known) {
    const ready = await readyToInvoice(c, row, draft);
    if (ready.is === "halt") return stop(ready.halt, c, refusedAs(orderId, "order"));
    if (ready.is === "differs") return differs(draft, "order", ready);
    if (ready.is === "waits") return waits(c, row, kept, ready.for, ready.why);
    shippedOn = ready.shippedOn;
  }
  if (draft.invoice.status === "none") {
    await waitFor(c.db, c.tenant, row, "");
    return done("Invoicing is left to Cin7 Core.");
  }

  const written = await writeInvoice(c, row, kept, shippedOn);
  if (written.is === "problem" && written.problem.kind === "books-locked") {
    const due = await dueOf(c, row, kept);
    if (!("outcome" in due)) await allWait(c, row, due, "Waits for the invoice: its books are locked.");
    await waitFor(c.db, c.tenant, row, "books");
    return blocked([written.problem]);
  }
  if (written.is !== "written") return stop(written, c, refusedAs(orderId, "invoice"));
  const present = known && written.value.status === "DRAFT" ? await lookForInvoice(c, row) : { is: "found" as const, value: written.value };
  if (present.is !== "found" && present.is !== "absent") return stop(present, c, refusedAs(orderId, "invoice"));
  const invoice = present.is === "found" ? present.value : written.value;
  await note(c, row, invoice);
  const difference = invoiceDifference(draft, invoice.total);
  if (difference) return differs(draft, "invoice", difference);
  if (invoice.status === "DRAFT") return waits(c, row, kept, "invoice", "Waits for the invoice to be authorised in Cin7 Core.");

  const due = await dueOf(c, row, kept);
  if ("outcome" in due) return due.outcome;
  await waitFor(c.db, c.tenant, row, "");
  return pay(c, row, draft, invoice, !known && !written.adopted, due);
}

/** The tenders are listed with what they wait for; nothing is asked of Cin7 until its sales list shows a change. */
async function waits(c: LinkedContext, row: OrderRow, kept: Kept, what: "order" | "shipment" | "invoice", why: string): Promise<Outcome> {
  if (kept.draft.invoice.status !== "none") {
    const due = await dueOf(c, row, kept);
    if ("outcome" in due) return due.outcome;
    await allWait(c, row, due, why);
    await waitFor(c.db, c.tenant, row, what);
    return done(why, { notices: due.plan.notices });
  }
  await waitFor(c.db, c.tenant, row, what);
  return done(why);
}

async function note(c: LinkedContext, row: OrderRow, { taskId, number, status }: Invoice): Promise<void> {
  const stage = status === "DRAFT" ? "invoice-draft" : "invoiced";
  if (row.invoiceTaskId === taskId && row.stages.split(",").includes(stage)) return;
  await reached(c.db, c.tenant, row, [stage], { invoiceTaskId: taskId, invoiceNumber: number }, new Date(c.now()).toISOString());
}

const refusedAs =
  (orderId: number, step: string) =>
  (text: string): Problem => ({ kind: "cin7-refused", orderId, step, text });

const differs = (draft: SaleDraft, document: "order" | "invoice", { ours, cin7 }: { ours: string; cin7: string }): Outcome =>
  blocked([{ kind: "cin7-total-differs", orderId: draft.orderId, document, currency: draft.currency, ours, cin7 }]);
