import { inWords } from "../../accounts/lock-date.ts";
import { type Decimal, decimal, inCurrency, sum } from "../../lib/money.ts";
import type { PlannedPayment } from "../../orders/mapping/amounts/plan-payments.ts";
import { paymentMark, reference, wordsBefore } from "../../orders/marks.ts";
import type { PaymentBatch } from "../../sales/kept.ts";

/** The tenders of a daily sale's orders as payments of its invoice (F15). Pure. */
export type OrderTenders = { orderId: number; payments: readonly PlannedPayment[] };

/**
 * One payment for each account and day, in the sequence of their first tenders. `alone`: marks of tenders that go by
 * themselves, such as one that came when a payment of the others was sent already.
 */
export function batchesOf(daySale: number, orders: readonly OrderTenders[], alone: (mark: string) => boolean): PaymentBatch[] {
  const groups = new Map<string, { orderId: number; payment: PlannedPayment }[]>();
  const single: PaymentBatch[] = [];
  for (const { orderId, payments } of orders) {
    for (const payment of payments) {
      if (payment.account === null) continue;
      const key = `${payment.account}|${payment.paidOn}`;
      if (alone(payment.mark)) single.push(singleOf(daySale, orderId, payment));
      else groups.set(key, [...(groups.get(key) ?? []), { orderId, payment }]);
    }
  }
  const used = new Set<string>();
  const batches = [...groups.values()].map((tenders) => {
    const { account, paidOn } = (tenders[0] as { payment: PlannedPayment }).payment;
    const plain = `${account?.replace(/[^A-Za-z0-9.]+/g, "-")}-${paidOn.replaceAll("-", "")}`;
    let name = plain;
    for (let n = 2; used.has(name); n++) name = `${plain}-${n}`;
    used.add(name);
    return together(paymentMark(daySale, name), tenders);
  });
  return [...batches, ...single];
}

/** A tender that stands for itself among the payments of a daily sale. */
export function singleOf(daySale: number, orderId: number, payment: PlannedPayment): PaymentBatch {
  const mark = singleMark(daySale, orderId, payment.mark);
  return {
    payment: { ...payment, mark, reference: reference(`${wordsBefore(payment.reference)}, order ${orderId}`, mark) },
    tenders: [{ orderId, mark: payment.mark, amount: payment.amount }],
  };
}

/** `ls:-202611220048213:o1042-77`: under the day, so that all payments of its invoice are known as ours. */
export const singleMark = (daySale: number, orderId: number, mark: string): string =>
  paymentMark(daySale, `o${orderId}-${mark.split(":").at(-1)}`);

function together(mark: string, tenders: readonly { orderId: number; payment: PlannedPayment }[]): PaymentBatch {
  const payments = tenders.map(({ payment }) => payment);
  const [first] = payments as [PlannedPayment, ...PlannedPayment[]];
  const method = [...new Set(payments.map((payment) => payment.method))].join(", ");
  const count = payments.length === 1 ? "1 payment" : `${payments.length} payments`;
  return {
    payment: {
      ...first,
      mark,
      method,
      reference: reference(`${method}, ${count} of ${inWords(first.paidOn)}`, mark),
      amount: inCurrency(sum(payments.map((payment) => decimal(payment.amount) as Decimal)), first.currency),
      paidAt: payments.reduce((last, payment) => (payment.paidAt > last ? payment.paidAt : last), ""),
    },
    tenders: tenders.map(({ orderId, payment }) => ({ orderId, mark: payment.mark, amount: payment.amount })),
  };
}
