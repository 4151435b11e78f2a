import { isCancelled } from "../../bigcommerce/order-status.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { blocked, done, type Outcome } from "../../inbox/outcome.ts";
import { refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { iso } from "../../lib/days.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { reached, waitFor } from "../../sales/documents-store.ts";
import type { Kept } from "../../sales/kept.ts";
import { saleKept } from "../../sales/kept-store.ts";
import type { Written as Document } from "../../sales/stages.ts";
import { stocktakeAt, unlessStocktake } from "../../stocktake/wait-step.ts";
import { tellsOrders } from "../../write-back/status-words.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { saleStep } from "../marks.ts";
import { totalDifference } from "../sending/bodies.ts";
import { isWanted } from "../sending/memory.ts";
import { readStages } from "../state.ts";
import { type OrderRow, orderFor } from "../store.ts";
import { dueFor } from "./daily-payments-due-step.ts";
import { type Invoice, isInvoiced, lookForInvoice, writeInvoice } from "./invoice-step.ts";
import { allWait, pay } from "./payment-flow.ts";
import { readyToInvoice } from "./ready-to-invoice-step.ts";
import { readAgain } from "./resume-step.ts";

/**
 * `order.money`: the invoice when and as the settings want it (M11 to M13), then one payment per tender (J1, J10). What is not
 * there yet is waited for without a call: the sales sweep wakes the order when its sale changed. A draft invoice takes no
 * payment (decision 1.14, M10): they wait for it, and follow once somebody has authorised it.
 */
export async function moneyOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  return withSeen(c, orderId, await invoiceAndPay(c, orderId));
}

/** What is done for the order shows in BigCommerce too, where Setup asks for it (M45). */
const withSeen = (c: LinkedContext, orderId: number, outcome: Outcome): Outcome =>
  outcome.is === "done" && tellsOrders(c.settings.document)
    ? { ...outcome, next: [...(outcome.next ?? []), { kind: "order.seen", orderId }] }
    : outcome;

async function invoiceAndPay(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderFor(c, orderId);
  const kept = await saleKept(c, orderId);
  if (row?.daySale != null)
    return done("It is invoiced and paid with its daily sale.", { next: [{ kind: "order.money", orderId: row.daySale }] });
  // After a disconnect, or kept long enough: what the sale still lacks is worked out anew (N20).
  if (!kept && row?.state === "sent" && row.saleId) {
    const again = await readAgain(c, row);
    if (again.is === "stop") return again.outcome;
    const outcome = await complete(again.c, row, again.kept);
    return outcome.is === "done" ? { ...outcome, clears: [...(outcome.clears ?? []), `sale-unfinished:${orderId}`] } : outcome;
  }
  if (!row?.saleId || !kept) return done("It is read again first.", { next: [{ kind: "order.changed", orderId }] });
  return complete(c, row, kept);
}

async function complete(c: LinkedContext, row: OrderRow, kept: Kept): Promise<Outcome> {
  const { orderId } = row;
  const { draft } = kept;
  // Its entry in the log was deleted meanwhile (F124): a person chooses first what becomes of the sale.
  if (row.state === "held") return done("It is looked at again first.", { next: [{ kind: "order.changed", orderId }] });
  // A restored database may know an older generation than the one that was sent.
  if (!isWanted(draft.mark, row))
    return done("It is read again for the sale that is wanted now.", { next: [{ kind: "order.changed", orderId }] });
  const over = isCancelled(row.statusId)
    ? "It was cancelled in BigCommerce"
    : readStages(row.stages).includes("voided")
      ? "Its sale is void"
      : null;
  if (over) {
    await waitFor(c.db, c.tenant, row, "", iso(c.now()));
    return done(`${over}: nothing further is sent for it.`);
  }
  const known = isInvoiced(c, row);
  let shippedOn: string | null = null;
  if (!known) {
    const ready = await readyToInvoice(c, row, draft);
    if (ready.is === "halt") return stop(ready.halt, c, refusedAs(orderId, "order"));
    if (ready.is === "differs") return differs(draft, "order", ready);
    if (ready.is === "waits") return waits(c, row, kept, ready.for, ready.why);
    shippedOn = ready.shippedOn;
  }
  if (draft.invoice.status === "none") return payTheirs(c, row, kept);

  const stocktake = !known && draft.invoice.status === "authorised" ? await stocktakeAt(c, draft) : null;
  const written = stocktake
    ? { is: "problem" as const, problem: stocktake }
    : await unlessStocktake(c, draft, await writeInvoice(c, row, kept, shippedOn));
  const why = written.is === "problem" ? WAITS[written.problem.kind] : undefined;
  if (written.is === "problem" && why) {
    const due = await dueFor(c, row, kept);
    if (!("outcome" in due)) await allWait(c, row, due, why);
    if (written.problem.kind === "books-locked") await waitFor(c.db, c.tenant, row, "books", iso(c.now()));
    return blocked([written.problem]);
  }
  if (written.is !== "written") return stop(written, c, refusedAs(orderId, "invoice"));
  // Somebody may have authorised the draft since, or put right what differed.
  const changes = known && (written.value.status === "DRAFT" || differenceOf(draft, written.value) !== null);
  const present = changes ? await lookForInvoice(c, row, draft) : { is: "found" as const, value: written.value };
  if (present.is !== "found" && present.is !== "absent") return stop(present, c, refusedAs(orderId, "invoice"));
  return payOn(c, row, kept, present.is === "found" ? present.value : written.value, !known && !written.adopted);
}

/** The invoice is there: compared to the cent (M1), and paid once it is authorised. */
async function payOn(c: LinkedContext, row: OrderRow, kept: Kept, invoice: Invoice, fresh: boolean): Promise<Outcome> {
  const { draft } = kept;
  const difference = differenceOf(draft, invoice);
  // With its payments it is stored once, when they are written; else at once.
  const noted = newOf(row, invoice);
  const paying = !difference && invoice.status !== "DRAFT" ? await dueFor(c, row, kept) : null;
  if (noted && (!paying || "outcome" in paying)) await reached(c, row, [noted]);
  if (difference) return differs(draft, "invoice", difference);
  if (!paying) return waits(c, row, kept, "invoice", "Waits for the invoice to be authorised in Cin7 Core.");
  if ("outcome" in paying) return paying.outcome;
  await waitFor(c.db, c.tenant, row, "", iso(c.now()));
  return pay(c, row, { draft, invoice: { ...invoice, noted }, of: paying }, fresh);
}

const differenceOf = (draft: SaleDraft, invoice: Invoice) => totalDifference(draft, { Total: invoice.total, Tax: invoice.tax });

/** A sale of this age may have its invoice by now; before, nobody can have made one. */
const YOUNG_MS = 60_000;

/** *No invoice*: somebody makes it in Cin7 Core (M11, F117). Until then the money waits and is listed; then it is paid. */
async function payTheirs(c: LinkedContext, row: OrderRow, kept: Kept): Promise<Outcome> {
  if (!c.settings.document.payments.on) return done("Invoices and payments are left to Cin7 Core.");
  const begun = c.claims.of(saleStep(row.orderId, row.generation))?.startedAt ?? 0;
  const why = "Waits for the invoice to be made and authorised in Cin7 Core.";
  if (row.waitsFor !== "invoice" && c.now() < begun + YOUNG_MS / c.config.timeScale) return waits(c, row, kept, "invoice", why);
  const found = await lookForInvoice(c, row, kept.draft);
  if (found.is === "absent") return waits(c, row, kept, "invoice", why);
  if (found.is !== "found") return stop(found, c, refusedAs(row.orderId, "invoice"));
  return payOn(c, row, kept, found.value, false);
}

/** What keeps an invoice from being written until somebody has done something about it (M13, M36). */
const WAITS: Partial<Record<Problem["kind"], string>> = {
  "books-locked": "Waits for the invoice: its books are locked.",
  "stocktake-open": "Waits for the invoice: a stocktake is open at its location.",
};

/** The tenders are listed with what they wait for; nothing is asked of Cin7 until its sales list shows a change. */
async function waits(c: LinkedContext, row: OrderRow, kept: Kept, what: "order" | "shipment" | "invoice", why: string): Promise<Outcome> {
  const due = await dueFor(c, row, kept);
  if ("outcome" in due) return due.outcome;
  await allWait(c, row, due, why);
  await waitFor(c.db, c.tenant, row, what, iso(c.now()));
  return done(why, { notices: due.plan.notices });
}

/** The invoice as a document that the order does not show yet; null: it shows it. */
function newOf(row: OrderRow, { taskId, number, status, total, day = null }: Invoice): Document | null {
  const stage = status === "DRAFT" ? "invoice-draft" : "invoiced";
  if (row.invoiceTaskId === taskId && readStages(row.stages).includes(stage)) return null;
  return { kind: "invoice", state: status === "DRAFT" ? "draft" : "authorised", cin7Id: taskId, number, total, day };
}

const differs = (draft: SaleDraft, document: "order" | "invoice", { ours, cin7 }: { ours: string; cin7: string }): Outcome =>
  blocked([{ kind: "cin7-total-differs", orderId: draft.orderId, document, currency: draft.currency, ours, cin7 }]);
