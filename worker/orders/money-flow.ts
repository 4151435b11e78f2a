import * as cin7 from "../cin7/schemas.ts";
import type { Problem } from "../exceptions/problem.ts";
import { type Looked, type Written, writeOnce } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, stop } from "../inbox/halt.ts";
import { blocked, done, type Outcome } from "../inbox/outcome.ts";
import { instant } from "../lib/days.ts";
import { type Decimal, decimal, inCurrency, sum } from "../lib/money.ts";
import { ok } from "../lib/result.ts";
import type { Kept, SaleDraft } from "./draft.ts";
import { sameMark } from "./marks.ts";
import { type PlannedPayment, toPayments } from "./payments.ts";
import { readOrder, readTransactions, unreadOutcome } from "./read-flow.ts";
import { type OrderRow, orderOf, paymentsOf, reached, savePayment } from "./store.ts";
import { invoiceBody, invoiceDifference, paymentBody } from "./to-cin7.ts";

type Invoice = { taskId: string; number: string; status: string; total: string | null };
/** Written or found with `fresh` = in this very run: only then nobody else can have paid it (M14). */
type Invoiced = { invoice: Invoice; fresh: boolean };

/**
 * `order.money`: the invoice as the settings want it, then one payment per tender (J1, J10). A draft invoice takes no
 * payment (decision 14): they wait for it. One call each; payments already there are never posted twice (M14).
 */
export async function moneyOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderOf(c.db, c.tenant, orderId);
  const stored = await c.drafts.of<Kept>(orderId);
  if (!row?.saleId || !stored) return done("It is read again first.", { next: [{ kind: "order.changed", orderId }] });
  const { draft } = stored;
  if (draft.invoice.status === "none") return done("Invoicing is left to Cin7 Core.");

  const known = c.claims.of(invoiceStep(row))?.answer != null;
  const written = await writeInvoice(c, row, draft);
  if (written.is !== "written") return stop(written, c, refusedAs(orderId, "invoice"));
  const invoiced: Invoiced = { invoice: written.value, fresh: !known && !written.adopted };
  const { taskId, number, status } = written.value;
  const stage = status === "DRAFT" ? "invoice-draft" : "invoiced";
  if (row.invoiceTaskId !== taskId) await reached(c.db, c.tenant, row, [stage], { invoiceTaskId: taskId, invoiceNumber: number }, iso(c));
  const difference = invoiceDifference(draft, written.value.total);
  if (difference) return blocked([{ kind: "cin7-total-differs", orderId, document: "invoice", currency: draft.currency, ...difference }]);

  return pay(c, row, stored, invoiced);
}

const iso = (c: LinkedContext) => new Date(c.now()).toISOString();
const invoiceStep = (row: OrderRow) => `order:${row.orderId}:g${row.generation}:invoice`;
const refusedAs =
  (orderId: number, step: string) =>
  (text: string): Problem => ({ kind: "cin7-refused", orderId, step, text });

async function writeInvoice(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Written<Invoice>> {
  const saleId = row.saleId as string;
  const read = (body: unknown): Invoice | null => {
    const parsed = cin7.saleInvoices.safeParse(body);
    // A Simple sale has one invoice: any that is not void is ours (design 3.3).
    const found = parsed.success ? parsed.data.Invoices.find((i) => i.Status !== "VOIDED" && i.Status !== "NOT AVAILABLE") : undefined;
    return found
      ? {
          taskId: found.TaskID.toLowerCase(),
          number: found.InvoiceNumber,
          status: found.Status,
          total: found.Total == null ? null : String(found.Total),
        }
      : null;
  };
  return writeOnce<Invoice>(deps(c), {
    step: invoiceStep(row),
    mark: saleId,
    look: async () => {
      const answer = await c.cin7.get("/sale/invoice", { SaleID: saleId });
      const halt = haltOf(answer, c);
      if (halt) return halt;
      const value = read(answer.is === "ok" ? answer.body : null);
      return value ? { is: "found", value } : { is: "absent" };
    },
    permit: () => c.cin7.permit(),
    send: () => c.cin7.permitted("POST", "/sale/invoice", invoiceBody(draft, saleId, cin7.ZERO_GUID)),
    read,
  });
}

const deps = (c: LinkedContext) => ({ claims: c.claims, now: c.now, quietMs: c.config.unknownQuietMs / c.config.timeScale });

async function pay(c: LinkedContext, row: OrderRow, kept: Kept, { invoice, fresh }: Invoiced): Promise<Outcome> {
  const { orderId } = row;
  const { draft } = kept;
  // The order as it was mapped, unless BigCommerce has told of a change since: then its tenders are read again.
  const unchanged = instant(kept.order.date_modified) === row.modifiedAt;
  const order = unchanged ? ok(kept.order) : await readOrder(c.bigcommerce, orderId);
  if (!order.ok) return unreadOutcome(c, orderId, order.error);
  const transactions = await readTransactions(c.bigcommerce, orderId);
  if (!transactions.ok) return unreadOutcome(c, orderId, transactions.error);
  const posted = new Set((await paymentsOf(c.db, c.tenant, orderId)).filter((p) => p.state === "posted").map((p) => p.mark));
  const plan = toPayments(order.value, transactions.value, c.settings.document, {
    currency: draft.currency,
    rate: draft.rate,
    timeZone: c.store.timeZone,
    posted: [...posted],
    ...(row.metAt ? { metAt: row.metAt } : {}),
  });
  const due = plan.payments.filter((p) => !posted.has(p.mark));

  if (invoice.status === "DRAFT") {
    for (const p of due) await keep(c, row, p, "waits", "Waits for the invoice to be authorised in Cin7 Core.", null);
    return done(`Invoice ${invoice.number} is a draft; its payments wait for it.`, { notices: plan.notices });
  }
  let covered: Covered | null = null;
  for (const p of due) {
    if (p.account === null) {
      await keep(c, row, p, "left-out", p.why, null);
      continue;
    }
    covered ??= fresh ? { total: null } : await alreadyPaid(c, row, draft);
    if ("halt" in covered) return stop(covered.halt, c, refusedAs(orderId, "payment"));
    if (covered.total && invoiceCovered(draft, covered.total)) {
      await keep(c, row, p, "posted", "Already paid in Cin7 Core.", null);
      posted.add(p.mark);
      continue;
    }
    const written = await writePayment(c, row, draft, invoice, p);
    if (written.is !== "written") return stop(written, c, refusedAs(orderId, "payment"));
    await keep(c, row, p, "posted", "", written.value.id);
    posted.add(p.mark);
  }
  return settled(c, row, draft, plan.payments, posted, plan.notices, invoice);
}

async function settled(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  planned: PlannedPayment[],
  posted: ReadonlySet<string>,
  notices: Problem[],
  invoice: Invoice,
): Promise<Outcome> {
  const paid = sum(planned.filter((p) => posted.has(p.mark)).map((p) => decimal(p.amount) as Decimal));
  const total = decimal(draft.totals.incTax) as Decimal;
  if (paid.gt(0) && paid.lt(total)) await reached(c.db, c.tenant, row, ["part-paid"], {}, iso(c));
  if (total.eq(0) || paid.gte(total)) await reached(c.db, c.tenant, row, ["paid"], {}, iso(c));
  const words = paid.gt(0) ? `paid ${inCurrency(paid, draft.currency)} ${draft.currency}` : "no payment yet";
  const clears = notices.some((n) => n.kind === "payment-differs") ? [] : [`payment-differs:${row.orderId}`];
  return done(`Invoice ${invoice.number}, ${words}.`, { notices, clears });
}

async function keep(
  c: LinkedContext,
  row: OrderRow,
  p: PlannedPayment,
  state: "posted" | "waits" | "left-out",
  why: string,
  cin7PaymentId: string | null,
): Promise<void> {
  const { mark, method, amount, reference, paidAt } = p;
  await savePayment(c.db, c.tenant, {
    orderId: row.orderId,
    mark,
    method,
    amount,
    currency: row.currency,
    account: p.account ?? "",
    reference,
    paidAt,
    state,
    why,
    cin7PaymentId,
    updatedAt: iso(c),
  });
}

type Covered = { total: Decimal | null } | { halt: Exclude<Looked<never>, { is: "found" | "absent" }> };

/** What is paid on the sale by whomever: a payment may have been typed in, or pulled from the accounting app (M14). */
async function alreadyPaid(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Covered> {
  const read = await readPayments(c, row);
  if ("halt" in read) return read;
  const foreign = read.payments.filter((p) => !sameMark(p.Reference, `ls:${draft.orderId}:`));
  return { total: sum(foreign.filter((p) => p.Type.toUpperCase() !== "REFUND").map((p) => decimal(p.Amount) as Decimal)) };
}

const invoiceCovered = (draft: SaleDraft, paid: Decimal) => paid.gt(0) && paid.gte(decimal(draft.totals.incTax) as Decimal);

type Payment = import("zod").output<typeof cin7.payment>;
async function readPayments(c: LinkedContext, row: OrderRow): Promise<{ payments: Payment[] } | Extract<Covered, { halt: unknown }>> {
  const answer = await c.cin7.get("/sale/payment", { SaleID: row.saleId ?? "" });
  const halt = haltOf(answer, c);
  if (halt) return { halt };
  const list = cin7.payments.safeParse(answer.is === "ok" ? answer.body : null);
  return list.success ? { payments: list.data } : { halt: { is: "trouble", why: "Cin7 Core's answer could not be understood." } };
}

async function writePayment(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  invoice: Invoice,
  p: PlannedPayment,
): Promise<Written<{ id: string }>> {
  return writeOnce<{ id: string }>(deps(c), {
    step: `order:${row.orderId}:g${row.generation}:payment:${p.mark}`,
    mark: p.mark,
    look: async () => {
      const read = await readPayments(c, row);
      if ("halt" in read) return read.halt;
      const ours = read.payments.find((payment) => sameMark(payment.Reference, p.mark));
      return ours ? { is: "found", value: { id: ours.ID } } : { is: "absent" };
    },
    permit: () => c.cin7.permit(),
    send: () => c.cin7.permitted("POST", "/sale/payment", paymentBody(p, invoice.taskId, draft.rate)),
    read: (body) => {
      const parsed = cin7.payment.safeParse(Array.isArray(body) ? body[0] : body);
      return parsed.success ? { id: parsed.data.ID } : null;
    },
  });
}
