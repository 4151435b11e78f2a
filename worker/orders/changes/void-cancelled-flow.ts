import * as z from "zod";
import { factsFor } from "../../accounts/facts-store.ts";
import { speaksOfLock } from "../../accounts/lock-date.ts";
import { assembledFor } from "../../assembly/assembly-store.ts";
import { isCancelled } from "../../bigcommerce/order-status.ts";
import { unreadable } from "../../bigcommerce/reading.ts";
import { refundsOf } from "../../bigcommerce/refunds.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import { deletePayment, readPayments } from "../../cin7/payment.ts";
import { readStanding } from "../../cin7/sale.ts";
import type { Payment, SaleAsItStands } from "../../cin7/schemas/sale.ts";
import { quietMsOf } from "../../env.ts";
import { writeOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { forget } from "../../inbox/notes.ts";
import { done, later, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, haltOf, outcomeOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { iso } from "../../lib/days.ts";
import { type Decimal, decimal, inCurrency, sum, ZERO } from "../../lib/money.ts";
import { problemsWith } from "../../problems/store.ts";
import { reached } from "../../sales/documents-store.ts";
import { orderKept } from "../../sales/kept-store.ts";
import type { Written as Document } from "../../sales/stages.ts";
import { readLockAgain } from "../lock-date-step.ts";
import { invoiceStep, markIn, paymentMark, paymentStep, sameMark, tenderMarks, unpayStep, voidStep } from "../marks.ts";
import { paymentsOf, takenBack, takenBackOf } from "../payments-store.ts";
import { readOrder, readTransactions, unreadOutcome } from "../reading/read-order-flow.ts";
import { isWanted } from "../sending/memory.ts";
import { type OrderRow, orderFor } from "../store.ts";
import { voidOnce } from "../void-sale-step.ts";
import { mayBePaid, type Stays, type WithSale, withCancelledSale } from "./cancelled-sale.ts";
import type { Keeps } from "./cancelled-words.ts";
import { givenBack } from "./refunds.ts";

/** `order`: as it is now. `payments`: on its invoice in Cin7. */
type Found = { row: OrderRow; order: Order; sale: SaleAsItStands; payments: readonly Payment[] };
type Stopped = { outcome: Outcome };

/**
 * `order.cancel`: the order was cancelled when its sale was whole (M28). The sale is voided where the table says so, our own payments
 * taken back first; else a person is told what keeps it, with the figures. Three calls to Cin7 for one that nobody has paid.
 */
export async function voidCancelled(c: LinkedContext, orderId: number, again = false): Promise<Outcome> {
  const row = await orderFor(c, orderId);
  if (row?.state !== "sent" || row.daySale !== null || !row.saleId) return done("It has no sale of its own that could be voided.");
  const read = await readOrder(c.bigcommerce, orderId);
  if (!read.ok && read.error.is === "answer" && read.error.answer.is === "missing")
    return done("BigCommerce does not show this order now; nothing is voided for that.");
  if (!read.ok) return unreadOutcome(c, orderId, read.error);
  const order = read.value;
  if (!isCancelled(order.status_id)) return done("It is not cancelled any more.", { next: [{ kind: "order.changed", orderId }] });
  const quiet = await onItsWayUntil(c, row);
  if (c.now() < quiet) return later(quiet, "It was cancelled; we wait until the last try has surely arrived or not.");

  const found = await lookAt(c, row, order);
  if ("outcome" in found) return found.outcome;
  const kept = await orderKept(c, orderId);
  const fulfil = kept && isWanted(kept.draft.mark, row) ? (kept.draft.order?.fulfil ?? null) : null;
  const back = found.payments.length === 0 ? ZERO : await moneyBack(c, found);
  if ("outcome" in back) return back.outcome;
  const { sale, payments } = found;
  const next: WithSale = withCancelledSale({ orderId, sale, payments, fulfil, back, lockedTo: (await factsFor(c)).lockedTo });
  if (next.is === "void-already") return over(c, row);
  if (next.is === "stays") return told(c, found, next);
  const halt = await unpay(c, row, next.unpay);
  if (halt) return halted(c, found, halt, again);
  // It was void and somebody has opened it again since.
  const step = voidStep(orderId, row.generation);
  if (c.claims.of(step)?.answer != null) await forget(c.claims, step);
  const voided = await voidOnce(c, step, row.saleId);
  return voided.is === "written" ? over(c, row) : halted(c, found, voided, again);
}

/** An invoice or a payment whose answer was lost may still arrive behind our look: until when, epoch milliseconds. */
async function onItsWayUntil(c: LinkedContext, row: OrderRow): Promise<number> {
  const { orderId, generation } = row;
  const marks = [...(await paymentsOf(c.db, c.tenant, orderId)).map(({ mark }) => mark), ...tenderMarks(orderId)];
  const steps = [invoiceStep(orderId, generation), ...marks.map((mark) => paymentStep(orderId, generation, mark))];
  const open = steps.map((step) => c.claims.of(step)).filter((claim) => claim !== null && claim.answer === null);
  return Math.max(0, ...open.map((claim) => (claim?.startedAt ?? 0) + quietMsOf(c.config)));
}

async function lookAt(c: LinkedContext, row: OrderRow, order: Order): Promise<Found | Stopped> {
  const saleId = row.saleId ?? "";
  const sale = await readStanding(c.cin7, saleId);
  if (sale.is !== "read") return { outcome: stop(haltOf(sale, c), c, refusedAs(row.orderId, "void")) };
  if (!mayBePaid(sale.value)) return { row, order, sale: sale.value, payments: [] };
  const payments = await readPayments(c.cin7, saleId);
  if (payments.is !== "read") return { outcome: stop(haltOf(payments, c), c, refusedAs(row.orderId, "void")) };
  return { row, order, sale: sale.value, payments: payments.value.filter(({ Type }) => /^payment$/i.test(Type.trim())) };
}

/** What BigCommerce shows as given back of the money that is paid in Cin7. */
async function moneyBack(c: LinkedContext, { row, order, payments }: Found): Promise<Decimal | Stopped> {
  const records = await refundsOf(c.bigcommerce, row.orderId);
  if (records.is !== "read" && records.is !== "missing") return { outcome: outcomeOf(unreadable(records), c, "store_v2_orders") };
  const transactions = await readTransactions(c.bigcommerce, row.orderId);
  if (!transactions.ok) return { outcome: unreadOutcome(c, row.orderId, transactions.error) };
  const isPosted = (id: string) => payments.some(({ Reference }) => sameMark(Reference, paymentMark(row.orderId, id)));
  return givenBack(order, records.is === "read" ? records.value : [], transactions.value, {
    orderId: row.orderId,
    currency: row.currency,
    isPosted,
  });
}

/** Our payments are deleted, each once; one that is deleted is due again, should the order be opened before its sale is void. Null: all are. */
async function unpay(c: LinkedContext, row: OrderRow, payments: readonly Payment[]): Promise<Halt | null> {
  for (const { ID, Reference } of payments) {
    const mark = markIn(Reference) ?? "";
    const deleted = await writeOnce<true>(writing(c), {
      step: unpayStep(row.orderId, row.generation, ID),
      mark: ID,
      kept: z.literal(true),
      look: async () => {
        const now = await readPayments(c.cin7, row.saleId ?? "");
        if (now.is !== "read") return haltOf(now, c);
        return now.value.some((payment) => payment.ID === ID) ? { is: "absent" } : { is: "found", value: true };
      },
      ...deletePayment(c.cin7, ID),
    });
    if (deleted.is !== "written") return deleted;
    await forget(c.claims, paymentStep(row.orderId, row.generation, mark));
    await takenBack(c.db, c.tenant, { orderId: row.orderId, mark, cin7PaymentId: ID }, iso(c.now()));
  }
  return null;
}

/** Refused by a rule of Cin7's: its lock date is read anew, else its sentence is told with what is to be entered instead. */
async function halted(c: LinkedContext, found: Found, halt: Halt, again: boolean): Promise<Outcome> {
  const { orderId } = found.row;
  if (halt.is !== "refused") return stop(halt, c, refusedAs(orderId, "void"));
  if (speaksOfLock(halt.message) && !again) {
    const unread = await readLockAgain(c);
    return unread ? stop(unread, c, refusedAs(orderId, "void")) : voidCancelled(c, orderId, true);
  }
  return told(c, found, { why: "refused", says: halt.message });
}

const added = (amounts: readonly (string | number)[]): Decimal => sum(amounts.map((amount) => decimal(amount) ?? ZERO));

async function told(c: LinkedContext, { row, sale, payments }: Found, stays: Stays | { why: "refused"; says: string }): Promise<Outcome> {
  const { orderId, currency } = row;
  const places = (amount: Decimal) => inCurrency(amount, currency);
  const assembled = await assembledFor(c.db, c.tenant, orderId);
  const back = await takenBackOf(c.db, c.tenant, orderId);
  const deleted = new Set(back.map(({ cin7PaymentId }) => cin7PaymentId));
  const paid = added(payments.filter(({ ID }) => !deleted.has(ID)).map(({ Amount }) => Amount));
  const keeps: Keeps = {
    why: stays.why,
    currency,
    invoiced: mayBePaid(sale) ? places(decimal(row.total) ?? ZERO) : "",
    paid: paid.gt(0) ? places(paid) : "",
    ...(back.length > 0 ? { takenBack: places(added(back.map(({ amount }) => amount))) } : {}),
    ...(stays.why === "not-given-back" ? { back: places(stays.back) } : {}),
    ...(stays.why === "paid-by-others" ? { references: stays.references } : {}),
    ...(stays.why === "locked" ? { lockedTo: stays.lockedTo } : {}),
    ...(stays.why === "refused" ? { says: stays.says } : {}),
  };
  const saleNumber = row.saleNumber ?? "";
  const notice = { kind: "changed-after-sale" as const, orderId, saleNumber, what: "cancelled" as const, keeps };
  const note = `It was cancelled in BigCommerce; ${saleNumber || "its sale"} in Cin7 Core is still open.`;
  return done(note, { notices: [{ ...notice, ...(assembled ? { assembled } : {}) }] });
}

async function over(c: LinkedContext, row: OrderRow): Promise<Outcome> {
  const { orderId, currency } = row;
  const assembled = await assembledFor(c.db, c.tenant, orderId);
  const back = await takenBackOf(c.db, c.tenant, orderId);
  const sum = inCurrency(added(back.map(({ amount }) => amount)), currency);
  const money = back.length > 0 ? `, its payments of ${sum} ${currency} are taken back` : "";
  const goods = assembled ? ` What was assembled for it stays in stock: ${assembled}.` : "";
  const note = `It was cancelled in BigCommerce; ${row.saleNumber || "its sale"} in Cin7 Core is voided${money}.${goods}`;
  const docs: Document[] = back.map(({ mark }) => ({ kind: "payment", mark, state: "void" }));
  await reached(c, row, [{ kind: "sale", state: "void" }, ...docs], { state: "sent", note, reserved: [] });
  // What was to be entered on it has nothing to be entered on any more.
  const refunds = (await problemsWith(c.db, c.tenant, "refund-to-enter", "orderId", orderId)).map(({ key }) => key);
  if (!assembled) return done(note, { clears: [`changed-after-sale:${orderId}`, ...refunds] });
  const notice = { kind: "changed-after-sale" as const, orderId, saleNumber: row.saleNumber ?? "", what: "cancelled" as const };
  return done(note, { notices: [{ ...notice, voided: true, assembled }], clears: refunds });
}
