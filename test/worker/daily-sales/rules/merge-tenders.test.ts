import { describe, expect, it } from "vitest";
import { batchesOf, singleMark } from "../../../../worker/daily-sales/rules/merge-tenders.ts";
import type { PlannedPayment } from "../../../../worker/orders/mapping/amounts/plan-payments.ts";

/** One payment for each account and day (F15), with marks that never change and never meet. */
const DAY = -202611220048213;
const paid = (orderId: number, amount: string, more: Partial<PlannedPayment> = {}): PlannedPayment => ({
  mark: `ls:${orderId}:77`,
  reference: `ch_${orderId} | ls:${orderId}:77`,
  method: "Credit Card",
  amount,
  currency: "AUD",
  account: "713",
  paidAt: "2026-11-22T01:00:00.000Z",
  paidOn: "2026-11-22",
  state: "waits",
  why: "",
  ...more,
});
const together = (orders: [number, PlannedPayment[]][], alone: (mark: string) => boolean = () => false) =>
  batchesOf(
    DAY,
    orders.map(([orderId, payments]) => ({ orderId, payments })),
    alone,
  );

describe("payments of a daily sale", () => {
  it("tenders of one account and day are one payment that knows them; another account or day is another", () => {
    const batches = together([
      [1, [paid(1, "10.00"), paid(1, "5.00", { account: "840", mark: "ls:1:tender-1", method: "Gift Certificate" })]],
      [2, [paid(2, "0.10")]],
      [3, [paid(3, "7.00", { paidOn: "2026-11-21" })]],
    ]);
    expect(batches.map(({ payment, tenders }) => [payment.mark, payment.amount, payment.reference, tenders.map((t) => t.mark)])).toEqual([
      [`ls:${DAY}:713-20261122`, "10.10", `Credit Card, 2 payments of 22 Nov 2026 | ls:${DAY}:713-20261122`, ["ls:1:77", "ls:2:77"]],
      [`ls:${DAY}:840-20261122`, "5.00", `Gift Certificate, 1 payment of 22 Nov 2026 | ls:${DAY}:840-20261122`, ["ls:1:tender-1"]],
      [`ls:${DAY}:713-20261121`, "7.00", `Credit Card, 1 payment of 21 Nov 2026 | ls:${DAY}:713-20261121`, ["ls:3:77"]],
    ]);
  });
  it("what has no account is no payment; what goes alone has its own mark under the day", () => {
    const batches = together([[1, [paid(1, "10.00"), paid(1, "5.00", { account: null, mark: "ls:1:78" })]]], () => true);
    expect(batches.map(({ payment }) => [payment.mark, payment.reference])).toEqual([
      [`ls:${DAY}:o1-77`, `ch_1, order 1 | ls:${DAY}:o1-77`],
    ]);
    expect(singleMark(DAY, 1, "ls:1:77")).toBe(`ls:${DAY}:o1-77`);
  });
  it("accounts that look alike in a mark are told apart", () => {
    const marks = together([[1, [paid(1, "1.00", { account: "71/3" }), paid(1, "2.00", { account: "71-3", mark: "ls:1:78" })]]]);
    expect(marks.map(({ payment }) => payment.mark)).toEqual([`ls:${DAY}:71-3-20261122`, `ls:${DAY}:71-3-20261122-2`]);
  });
});
