import Big from "big.js";
import * as z from "zod";
import { inWords, speaksOfLock } from "../../accounts/lock-date.ts";
import type { Transaction } from "../../bigcommerce/schemas.ts";
import { postPayment, readPayments } from "../../cin7/payment.ts";
import { type Written, writeOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { blocked, done, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { instant, iso } from "../../lib/days.ts";
import { type Decimal, decimal, inCurrency, placesOf, sum, ZERO } from "../../lib/money.ts";
import { ok } from "../../lib/result.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { keyOf } from "../../problems/registry.ts";
import { reached, waitFor } from "../../sales/documents-store.ts";
import type { SoldKept } from "../../sales/kept.ts";
import type { Written as Document, DocumentState } from "../../sales/stages.ts";
import { postingDay, readLockAgain } from "../lock-date-step.ts";
import { type PaymentPlan, type PlannedPayment, postable, toPayments } from "../mapping/amounts/plan-payments.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { paymentStep, reference, sameMark, tenderMarks, wordsBefore } from "../marks.ts";
import { forgetPayments, type PaymentRow, paymentsOf, savePayment } from "../payments-store.ts";
import { readOrder, readTransactions, unreadOutcome } from "../reading/read-order-flow.ts";
import { paymentBody } from "../sending/bodies.ts";
import { forgottenAt } from "../sending/memory.ts";
import type { OrderRow } from "../store.ts";
import { coverOf, leftOf, type Paid } from "./already-paid.ts";
import type { Invoice } from "./invoice-step.ts";

/** What is in Cin7, by mark: how much, and its ID there unless somebody else paid it. It may be less than the tender (F46). */
export type Posted = Map<string, { amount: string; id: string | null }>;
/**
 * `members`: the orders of a daily sale whose tenders it speaks of. `forgottenAt`: see there; each payment is looked for before it is
 * written (design 3.5).
 */
export type Due = { plan: PaymentPlan; posted: Posted; due: PlannedPayment[]; members: number[]; forgottenAt: number | null };

export const nothingDue = (): Due => ({
  plan: { payments: [], notices: [] },
  posted: new Map(),
  due: [],
  members: [],
  forgottenAt: null,
});

/** The tenders of an order as BigCommerce shows them now, and which of them are not in Cin7 yet. `sent`: marks that are, besides. */
export async function dueOf(
  c: LinkedContext,
  row: OrderRow,
  kept: SoldKept,
  sent: readonly string[] = [],
): Promise<Due | { outcome: Outcome }> {
  const { orderId } = row;
  const { draft } = kept;
  // Switched off: nothing is read of it and nothing is posted (F1).
  if (!c.settings.document.payments.on) return nothingDue();
  // The order as it was mapped, unless BigCommerce has told of a change since: then its tenders are read again.
  // Its date is exact to the second only, so its status counts too.
  const unchanged = instant(kept.order.date_modified) === row.modifiedAt && kept.order.status_id === row.statusId;
  const order = unchanged ? ok(kept.order) : await readOrder(c.bigcommerce, orderId);
  if (!order.ok) return { outcome: unreadOutcome(c, orderId, order.error) };
  const stored = await paymentsOf(c.db, c.tenant, orderId);
  const posted = postedIn(stored);
  const planOf = (transactions: readonly Transaction[]): Due => {
    const plan = toPayments(order.value, transactions, c.settings.document, {
      currency: draft.currency,
      rate: draft.rate,
      timeZone: c.store.timeZone,
      foreign: draft.currency !== c.account.currency.toUpperCase(),
      posted: [...posted.keys(), ...triedMarks(c, row), ...sent],
      now: iso(c.now()),
      ...(row.metAt ? { metAt: row.metAt } : {}),
    });
    return { plan, posted, due: plan.payments.filter((p) => !posted.has(p.mark)), members: [], forgottenAt: forgottenAt(c, row, kept) };
  };
  // As they were read with the order, where they make its whole total: nothing is missing then.
  const before = unchanged && kept.transactions ? planOf(kept.transactions) : null;
  const paid = sum((before?.plan.payments ?? []).filter((p) => !p.unclear).map((p) => decimal(p.amount) as Decimal));
  if (before && paid.eq(decimal(draft.totals.incTax) as Decimal)) return before;
  const transactions = await readTransactions(c.bigcommerce, orderId);
  if (!transactions.ok) return { outcome: unreadOutcome(c, orderId, transactions.error) };
  const due = planOf(transactions.value);
  // What was listed without a transaction, and has one now, is listed once.
  const listed = new Set(due.plan.payments.map((p) => p.mark));
  const gone = stored.some((p) => p.state === "left-out" && !listed.has(p.mark));
  if (gone) await forgetPayments(c.db, c.tenant, orderId, [...listed]);
  return due;
}

export const postedIn = (stored: readonly PaymentRow[]): Posted =>
  new Map(stored.filter((p) => p.state === "posted").map((p) => [p.mark, { amount: p.amount, id: p.cin7PaymentId }]));

/** Money that is there before its invoice is: listed with what it waits for (M10, M11, J15). */
export async function allWait(c: LinkedContext, row: OrderRow, { due }: Due, why: string): Promise<void> {
  for (const p of due) await keep(c, row, p, p.account === null ? leftOut(p.why) : { state: "waits", why });
}

/** `noted`: the invoice as the order does not show it yet; stored with its payments. */
type Noted = Invoice & { noted: Document | null };

/** An invoice and what is to be paid of it. */
type Paying = { draft: SaleDraft; invoice: Noted; of: Due };

/** No further for now: what is in Cin7 already is stored. */
async function halted(c: LinkedContext, row: OrderRow, { noted }: Noted, halt: Halt): Promise<Outcome> {
  if (noted) await reached(c, row, [noted]);
  return stop(halt, c, refusedAs(row.orderId, "payment"));
}

/**
 * One payment for each tender (J10). `fresh`: the invoice was written in this very run, so nobody else can have paid it;
 * else what is paid is read first and nothing is paid twice (M14). Locked books hold or move a payment like a document (M13).
 */
export async function pay(c: LinkedContext, row: OrderRow, paying: Paying, fresh: boolean): Promise<Outcome> {
  const { draft, invoice } = paying;
  const { plan, posted, due } = paying.of;
  const notices = [...plan.notices];
  const locked: Problem[] = [];
  const used = new Set<Paid>();
  const days = new Map<string, string>();
  let there: Paid[] | null = fresh ? [] : null;
  const total = decimal(draft.totals.incTax) as Decimal;
  for (const planned of due) {
    if (planned.account === null) {
      await keep(c, row, planned, leftOut(planned.why));
      continue;
    }
    if (there === null) {
      const read = await readPayments(c.cin7, row.saleId ?? "");
      if (read.is !== "read") return halted(c, row, invoice, haltOf(read, c));
      there = read.value;
    }
    const amount = decimal(planned.amount) as Decimal;
    const cover = there.some((p) => sameMark(p.Reference, planned.mark)) ? "due" : coverOf(amount, total, there, row.orderId, used);
    if (cover === "covered") {
      await keep(c, row, planned, { state: "posted", why: "Already paid in Cin7 Core." });
      posted.set(planned.mark, { amount: planned.amount, id: null });
      continue;
    }
    if (cover === "over") {
      await keep(c, row, planned, leftOut("More is paid in Cin7 Core than BigCommerce's other payments: compare them there."));
      notices.push(differs(row.orderId, sum([...there.map((p) => decimal(p.Amount) as Decimal), amount]), total, draft.currency));
      continue;
    }
    const written = await writePayment(c, row, paying, planned);
    if (written.is === "problem" && written.problem.kind === "books-locked") {
      await keep(c, row, planned, { state: "waits", why: `Books are locked up to ${written.problem.lockedTo}.` });
      locked.push(written.problem);
      continue;
    }
    const left = leftOf(total, there);
    const isTooMuch = written.is === "refused" && amount.gt(left);
    // Cin7 took no more than its invoice: what is left of it is posted, so that the invoice is closed; the rest is told (F46).
    const part = isTooMuch ? { ...planned, amount: postable(left, draft.currency) } : planned;
    if (isTooMuch && (decimal(part.amount) as Decimal).lte(0)) {
      const why = `The invoice is paid; Cin7 Core takes no more, and ${planned.amount} ${draft.currency} are left over.`;
      await keep(c, row, planned, leftOut(why));
      continue;
    }
    const taken = isTooMuch ? await writePayment(c, row, paying, part) : written;
    if (taken.is !== "written") return halted(c, row, invoice, taken);
    const why = isTooMuch ? `Of ${planned.amount} ${draft.currency}: Cin7 Core takes no more than its invoice.` : "";
    await keep(c, row, part, { state: "posted", why, id: taken.value.id });
    posted.set(part.mark, { amount: part.amount, id: taken.value.id });
    days.set(part.mark, taken.value.day);
    there.push({ Reference: part.reference, Amount: part.amount, Type: "PAYMENT" });
  }
  const settled = await settledOutcome(c, row, paying, notices, days);
  if (!locked[0]) return settled;
  await waitFor(c.db, c.tenant, row, "books", iso(c.now()));
  return blocked([locked[0]]);
}

const differs = (orderId: number, paid: Decimal, total: Decimal, currency: string): Problem => ({
  kind: "payment-differs",
  orderId,
  paid: inCurrency(paid, currency),
  total: inCurrency(total, currency),
  currency,
});

async function settledOutcome(
  c: LinkedContext,
  row: OrderRow,
  { draft, invoice, of: { plan, posted, members } }: Paying,
  notices: Problem[],
  days: ReadonlyMap<string, string>,
): Promise<Outcome> {
  const paid = sum(plan.payments.map(({ mark }) => decimal(posted.get(mark)?.amount) ?? ZERO));
  const total = decimal(draft.totals.incTax) as Decimal;
  // Cin7 keeps two decimals of a payment: of a currency with three less than 0.01 each may stay open (M16).
  const rest = placesOf(draft.currency) > 2 ? new Big("0.01").times(posted.size) : ZERO;
  const whole = paid.gte(total) || (paid.gt(0) && total.minus(paid).lt(rest));
  const state: DocumentState | null = total.eq(0) || whole ? "paid" : paid.gt(0) ? "part-paid" : null;
  const { noted } = invoice;
  const documents = state ? [{ kind: "invoice" as const, ...noted, state }, ...documentsIn(plan, posted, days)] : noted ? [noted] : [];
  if (documents.length > 0) await reached(c, row, documents);
  const words = paid.gt(0) ? `paid ${inCurrency(paid, draft.currency)} ${draft.currency}` : "no payment yet";
  const told = new Set<string>(notices.map(keyOf));
  const clears = [row.orderId, ...members]
    .flatMap((orderId) => [`payment-differs:${orderId}`, `payment-unclear:${orderId}`])
    .filter((key) => !told.has(key));
  return done(`Invoice ${invoice.number}, ${words}.`, { notices, clears });
}

/** The payments that are in Cin7; `days`: in the books, of those that were posted just now. */
const documentsIn = ({ payments }: PaymentPlan, posted: Posted, days: ReadonlyMap<string, string>): Document[] =>
  payments.flatMap(({ mark }) => {
    const there = posted.get(mark);
    return there
      ? [{ kind: "payment" as const, mark, state: "posted" as const, total: there.amount, cin7Id: there.id, day: days.get(mark) ?? null }]
      : [];
  });

/** `id`: of the payment in Cin7, where it is ours. */
type AsKept = { state: "posted" | "waits" | "left-out"; why: string; id?: string };
const leftOut = (why: string): AsKept => ({ state: "left-out", why });

async function keep(c: LinkedContext, row: OrderRow, p: PlannedPayment, { state, why, id }: AsKept): Promise<void> {
  const { mark, method, amount, currency, paidAt } = p;
  const rest = { account: p.account ?? "", reference: p.reference, paidAt, state, why, cin7PaymentId: id ?? null, updatedAt: iso(c.now()) };
  await savePayment(c.db, c.tenant, { orderId: row.orderId, mark, method, amount, currency, ...rest });
}

/** Marks of tenders without a transaction that were sent, or perhaps sent: kept though a transaction shows up meanwhile. */
const triedMarks = (c: LinkedContext, row: OrderRow): string[] =>
  tenderMarks(row.orderId).filter((mark) => c.claims.of(paymentStep(row.orderId, row.generation, mark)));

async function writePayment(
  c: LinkedContext,
  row: OrderRow,
  paying: Paying,
  planned: PlannedPayment,
  again = false,
): Promise<Written<{ id: string; day: string }>> {
  const { draft, invoice } = paying;
  const posting = await postingDay(c, planned.paidOn, draft.invoice.lockedBooks ?? "ask");
  if (posting.is === "locked")
    return { is: "problem", problem: { kind: "books-locked", lockedTo: posting.lockedTo, openDay: posting.openDay } };
  // A payment has no memo: its true day goes into the words of the reference.
  const words = wordsBefore(planned.reference);
  const dated = posting.moved ? reference(`${words}, paid ${inWords(posting.moved)}, period locked`, planned.mark) : planned.reference;
  const p = { ...planned, paidOn: posting.day, reference: dated };
  const written = await writeOnce<{ id: string }>(writing(c), {
    step: paymentStep(row.orderId, row.generation, p.mark),
    mark: p.mark,
    kept: z.object({ id: z.string() }),
    forgottenAt: paying.of.forgottenAt,
    look: async () => {
      const read = await readPayments(c.cin7, row.saleId ?? "");
      if (read.is !== "read") return haltOf(read, c);
      const ours = read.value.find((payment) => sameMark(payment.Reference, p.mark));
      return ours ? { is: "found", value: { id: ours.ID } } : { is: "absent" };
    },
    ...postPayment(c.cin7, paymentBody(p, invoice.taskId, draft.rate)),
  });
  if (written.is === "written") return { ...written, value: { id: written.value.id, day: posting.day } };
  if (written.is !== "refused" || !speaksOfLock(written.message) || again) return written;
  return (await readLockAgain(c)) ?? writePayment(c, row, paying, planned, true);
}
