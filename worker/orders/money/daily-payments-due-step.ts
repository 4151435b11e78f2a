import { membersOf } from "../../daily-sales/rules/members-store.ts";
import { batchesOf, type OrderTenders, singleMark, singleOf } from "../../daily-sales/rules/merge-tenders.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import type { Outcome } from "../../inbox/outcome.ts";
import { type Decimal, decimal, sum } from "../../lib/money.ts";
import type { Problem } from "../../problems/define-problem.ts";
import type { DayKept, Kept, PaymentBatch } from "../../sales/kept.ts";
import { keepSale, orderKept } from "../../sales/kept-store.ts";
import { once } from "../mapping/collector.ts";
import { paymentStep } from "../marks.ts";
import { paymentsOf, savePayment } from "../payments-store.ts";
import { forgottenAt } from "../sending/memory.ts";
import type { OrderRow } from "../store.ts";
import { type Due, dueOf, nothingDue, postedIn } from "./payment-flow.ts";

type Asked = Due | { outcome: Outcome };

/** What is still to be paid of an order's invoice, or of a daily sale's. */
export async function dueFor(c: LinkedContext, row: OrderRow, kept: Kept): Promise<Asked> {
  if (kept.is !== "day") return dueOf(c, row, kept);
  return c.settings.document.payments.on ? dueOfDay(c, row, kept) : nothingDue();
}

/**
 * The tenders of a daily sale's orders, one payment for each account and day (F15). A payment that was sent, or perhaps sent,
 * stays as it is; everything else is planned anew by today's Setup, and remembered before it is sent. What comes later goes by
 * itself.
 */
async function dueOfDay(c: LinkedContext, row: OrderRow, kept: DayKept): Promise<Asked> {
  const { db, tenant } = c;
  const { day } = kept;
  const daySale = row.orderId;
  const stored = await paymentsOf(db, tenant, daySale);
  const posted = postedIn(stored);
  const begun = (mark: string) => posted.has(mark) || c.claims.of(paymentStep(daySale, row.generation, mark)) !== null;
  const fixed = (day.batches ?? []).filter((batch) => begun(batch.payment.mark));
  const read = await open(c, daySale, day, fixed);
  if ("outcome" in read) return read;

  // Left out before, for want of an account: known by its own mark from then on.
  const known = new Set(stored.map((p) => p.mark));
  const single = (orderId: number) => (mark: string) => fixed.length > 0 || known.has(singleMark(daySale, orderId, mark));
  const owner = new Map(read.orders.flatMap(({ orderId, payments }) => payments.map((p) => [p.mark, orderId] as const)));
  const fresh = batchesOf(daySale, read.orders, (mark) => single(owner.get(mark) as number)(mark));
  const batches = [...fixed, ...fresh];
  if (JSON.stringify(batches) !== JSON.stringify(day.batches ?? [])) await keepSale(c, { ...kept, day: { ...day, batches } });
  await listed(c, read.orders);

  const without = read.orders.flatMap(({ orderId, payments }) =>
    payments.filter((p) => p.account === null).map((p) => singleOf(daySale, orderId, p).payment),
  );
  const payments = [...batches.map((batch) => batch.payment), ...without];
  return {
    plan: { payments, notices: once(read.notices) },
    posted,
    due: payments.filter((p) => !posted.has(p.mark)),
    members: read.known,
    forgottenAt: forgottenAt(c, row, kept),
  };
}

/** `known`: the members of whose money all is known now. */
type Open = { orders: OrderTenders[]; notices: Problem[]; known: number[] } | { outcome: Outcome };

/** Tenders that no payment stands for which was sent, of the orders whose total those do not make. */
async function open(c: LinkedContext, daySale: number, day: DayKept["day"], fixed: readonly PaymentBatch[]): Promise<Open> {
  const rows = new Map((await membersOf(c.db, c.tenant, daySale)).map((row) => [row.orderId, row]));
  const orders: OrderTenders[] = [];
  const notices: Problem[] = [];
  const known: number[] = [];
  for (const { orderId, total } of day.members) {
    const sent = fixed.flatMap((batch) => batch.tenders.filter((tender) => tender.orderId === orderId));
    if (sum(sent.map((tender) => decimal(tender.amount) as Decimal)).eq(decimal(total) as Decimal) && sent.length > 0) {
      known.push(orderId);
      continue;
    }
    const row = rows.get(orderId);
    const kept = row && (await orderKept(c, orderId));
    if (!row || !kept) continue;
    const marks = sent.map((tender) => tender.mark);
    const due = await dueOf(c, row, kept, marks);
    if ("outcome" in due) return due;
    orders.push({ orderId, payments: due.plan.payments.filter((payment) => !marks.includes(payment.mark)) });
    notices.push(...due.plan.notices);
    known.push(orderId);
  }
  return { orders, notices, known };
}

/** On each order's page: its money, and that it goes with the daily sale's. */
async function listed(c: LinkedContext, orders: readonly OrderTenders[]): Promise<void> {
  const updatedAt = new Date(c.now()).toISOString();
  for (const { orderId, payments } of orders) {
    for (const { mark, method, amount, currency, reference, paidAt, account, why } of payments) {
      const said =
        account === null
          ? { state: "left-out" as const, why }
          : { state: "waits" as const, why: "Goes with the payment of its daily sale." };
      const rest = { account: account ?? "", reference, paidAt, cin7PaymentId: null, updatedAt };
      await savePayment(c.db, c.tenant, { orderId, mark, method, amount, currency, ...rest, ...said });
    }
  }
}
