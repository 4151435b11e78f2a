import { describe, expect, it } from "vitest";
import type { CaptureRule } from "../../../../worker/contract/index.ts";
import { type AcceptContext, accept, takenAt } from "../../../../worker/orders/capture/accept.ts";
import { aTransaction } from "../../../harness/a-transaction.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";

const RULES: CaptureRule[] = ["created", "authorised", "paid", "completed"];
const NOW = "2026-07-02T00:00:00.000Z";

function verdict(order: Record<string, unknown>, captureWhen: CaptureRule = "paid", ctx: Partial<AcceptContext> = {}, orders: object = {}) {
  const snapshot = aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }], order });
  return accept(snapshot.order, aSettings({ orders: { captureWhen, ...orders } }), { now: NOW, ...ctx });
}
const sign = (v: ReturnType<typeof verdict>) => (v.is === "take" ? "take" : v.is === "hold" ? "hold" : v.code);

/** M19: status × rule, for an order as each status usually looks. Columns: created, authorised, paid, completed. */
const TABLE: { status: number; order?: Record<string, unknown>; means: string; want: [string, string, string, string] }[] = [
  { status: 0, means: "Incomplete: never", want: ["incomplete", "incomplete", "incomplete", "incomplete"] },
  {
    status: 1,
    order: { order_source: "www" },
    means: "Pending from the shop: not yet",
    want: ["checkout-unfinished", "checkout-unfinished", "checkout-unfinished", "checkout-unfinished"],
  },
  {
    status: 1,
    order: { order_source: "manual" },
    means: "Pending by staff",
    want: ["take", "checkout-unfinished", "checkout-unfinished", "checkout-unfinished"],
  },
  {
    status: 1,
    order: { order_source: "external" },
    means: "Pending by an app",
    want: ["take", "checkout-unfinished", "checkout-unfinished", "checkout-unfinished"],
  },
  { status: 2, means: "Shipped, paid", want: ["take", "take", "take", "take"] },
  { status: 2, order: { payment_status: "authorized" }, means: "Shipped, unpaid", want: ["take", "take", "unpaid", "take"] },
  { status: 3, means: "Partially Shipped, paid", want: ["take", "take", "take", "not-completed"] },
  {
    status: 3,
    order: { payment_status: "pending" },
    means: "Partially Shipped, unpaid",
    want: ["take", "take", "unpaid", "not-completed"],
  },
  { status: 4, means: "Refunded when first seen", want: ["refunded", "refunded", "refunded", "refunded"] },
  { status: 5, means: "Cancelled", want: ["cancelled", "cancelled", "cancelled", "cancelled"] },
  { status: 6, means: "Declined", want: ["declined", "declined", "declined", "declined"] },
  {
    status: 7,
    order: { payment_status: "" },
    means: "Awaiting Payment, nothing yet",
    want: ["take", "not-authorised", "unpaid", "not-completed"],
  },
  {
    status: 7,
    order: { payment_status: "authorized" },
    means: "Awaiting Payment, authorised",
    want: ["take", "take", "unpaid", "not-completed"],
  },
  {
    status: 7,
    order: { payment_status: "captured" },
    means: "Awaiting Payment, captured",
    want: ["take", "take", "take", "not-completed"],
  },
  { status: 8, means: "Awaiting Pickup, paid", want: ["take", "take", "take", "not-completed"] },
  { status: 9, means: "Awaiting Shipment, paid", want: ["take", "take", "take", "not-completed"] },
  { status: 10, means: "Completed, paid", want: ["take", "take", "take", "take"] },
  { status: 11, means: "Awaiting Fulfillment, paid", want: ["take", "take", "take", "not-completed"] },
  {
    status: 11,
    order: { payment_status: "authorized" },
    means: "Awaiting Fulfillment, only authorised",
    want: ["take", "take", "unpaid", "not-completed"],
  },
  { status: 12, means: "Manual Verification Required: held", want: ["hold", "hold", "hold", "hold"] },
  { status: 13, means: "Disputed: held", want: ["hold", "hold", "hold", "hold"] },
  {
    status: 14,
    order: { payment_status: "partially refunded" },
    means: "Partially Refunded, not all shipped",
    want: ["take", "take", "take", "not-completed"],
  },
  {
    status: 14,
    order: { date_shipped: "Wed, 01 Jul 2026 05:00:00 +0000" },
    means: "Partially Refunded, all shipped",
    want: ["take", "take", "take", "take"],
  },
  { status: 99, means: "a status nobody knows", want: ["status-unknown", "status-unknown", "status-unknown", "status-unknown"] },
];

describe("accept: the status table M19", () => {
  const cases = TABLE.flatMap(({ status, order, means, want }) => RULES.map((rule, i) => ({ status, order, means, rule, want: want[i] })));
  it.each(cases)("$status $means, taken when $rule: $want", ({ status, order, rule, want }) => {
    expect(sign(verdict({ status_id: status, ...order }, rule))).toBe(want);
  });

  it("the table for Setup says the same, each condition by its name (M19)", () => {
    const row = (id: number) => RULES.map((rule) => takenAt(id)[rule]).join(" ");
    expect(Array.from({ length: 15 }, (_, id) => `${id} ${row(id)}`)).toEqual([
      "0 never never never never",
      "1 staff-or-app not-yet not-yet not-yet",
      "2 yes yes paid yes",
      "3 yes yes paid not-yet",
      "4 never never never never",
      "5 never never never never",
      "6 never never never never",
      "7 yes authorised captured not-yet",
      "8 yes yes paid not-yet",
      "9 yes yes paid not-yet",
      "10 yes yes paid yes",
      "11 yes yes paid not-yet",
      "12 held held held held",
      "13 held held held held",
      "14 yes yes yes all-shipped",
    ]);
  });

  it("what is not taken or held reads as a sentence with the shop's own status name", () => {
    const v = verdict({ status_id: 11, payment_status: "authorized", custom_status: "Ready to pack" });
    expect(v).toEqual({
      is: "skip",
      code: "unpaid",
      text: 'It is not paid yet (Awaiting Fulfillment (your "Ready to pack")). It comes by itself when it is.',
    });
  });

  it("12 and 13 are held with their status (M19)", () => {
    expect(verdict({ status_id: 12, status: "Manual Verification Required", custom_status: "" })).toEqual({
      is: "hold",
      problems: [{ kind: "status-hold", orderId: 1042, statusId: 12, status: "Manual Verification Required" }],
    });
  });
});

describe("accept: counts as paid (M9)", () => {
  const offline = { payment_method: "Bank Deposit", payment_status: "" };
  it("an offline method set to Awaiting Fulfillment counts from that status on, not before", () => {
    expect(sign(verdict({ ...offline, status_id: 11 }))).toBe("take");
    expect(sign(verdict({ ...offline, status_id: 7 }))).toBe("unpaid");
  });
  it("a method that never counts as paid says that it is on account", () => {
    const methods = [{ key: "purchase order", name: "Purchase Order", account: null, countsAsPaid: "never" as const }];
    const snapshot = aSnapshot({
      lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }],
      order: { payment_method: "PURCHASE ORDER", payment_status: "" },
    });
    const settings = aSettings({ orders: { captureWhen: "paid" }, payments: { methods } });
    expect(sign(accept(snapshot.order, settings, { now: NOW }))).toBe("on-account");
  });
  it("a method set to captured waits for the capture although the order moved on", () => {
    expect(sign(verdict({ payment_method: "credit card", payment_status: "", status_id: 11 }))).toBe("unpaid");
  });
  it("an unmapped offline method goes by the status", () => {
    expect(sign(verdict({ payment_method: "Cash on Delivery", payment_status: "", status_id: 9 }))).toBe("take");
  });
  it("an order of 0.00, or paid wholly by certificate, is paid (M18)", () => {
    expect(sign(verdict({ payment_status: "", total_inc_tax: "0.0000" }))).toBe("take");
    expect(sign(verdict({ payment_status: "", gift_certificate_amount: "11.0000" }))).toBe("take");
  });
});

describe("accept: what is no sale, or not yet ours", () => {
  it("migrated, archived and sent ones are left, each with its reason (M20)", () => {
    expect(sign(verdict({ external_source: "M-MIG" }))).toBe("migrated");
    expect(sign(verdict({ is_deleted: true }))).toBe("archived");
    expect(verdict({}, "paid", { sent: { saleNumber: "SO-00731" } })).toEqual({
      is: "skip",
      code: "already-sent",
      text: "It is already in Cin7 Core as SO-00731.",
    });
  });
  it("test payments wait in Pending until Process is pressed (M20)", () => {
    expect(verdict({ payment_method: "Test Payment Gateway" })).toEqual({
      is: "hold",
      problems: [{ kind: "test-payment", orderId: 1042 }],
    });
    expect(sign(verdict({ payment_method: "Test Payment Gateway" }, "paid", { pressed: true }))).toBe("take");
    expect(sign(verdict({}, "paid", { transactions: [aTransaction({ test: true })] }))).toBe("hold");
  });
  it("before the start line nothing is taken, at its very instant it is, and Process overrides it (M21)", () => {
    const start = { takeFrom: "2026-07-01T02:00:00.000Z" };
    expect(sign(verdict({}, "paid", {}, start))).toBe("take");
    expect(sign(verdict({ date_created: "Wed, 01 Jul 2026 01:59:59 +0000" }, "paid", {}, start))).toBe("before-start");
    expect(sign(verdict({ date_created: "Wed, 01 Jul 2026 01:59:59 +0000" }, "paid", { pressed: true }, start))).toBe("take");
  });
  it("Process does not make an unpaid order paid, nor a cancelled one alive", () => {
    expect(sign(verdict({ payment_status: "authorized" }, "paid", { pressed: true }))).toBe("unpaid");
    expect(sign(verdict({ status_id: 5 }, "created", { pressed: true }))).toBe("cancelled");
  });
});

describe("accept: when the rule was met (M12)", () => {
  const met = (order: object, rule: CaptureRule, ctx: Partial<AcceptContext> = {}) => {
    const v = verdict({ ...order }, rule, ctx);
    return v.is === "take" ? v.metAt : v;
  };
  const times = {
    date_created: "Wed, 01 Jul 2026 02:00:00 +0000",
    date_modified: "Wed, 01 Jul 2026 09:00:00 +0000",
    date_shipped: "Wed, 01 Jul 2026 08:00:00 +0000",
  };
  it("created: placed; paid: the change that we saw; completed: shipped", () => {
    expect(met(times, "created")).toBe("2026-07-01T02:00:00.000Z");
    expect(met({ ...times, date_shipped: "" }, "paid")).toBe("2026-07-01T09:00:00.000Z");
    expect(met({ ...times, status_id: 2 }, "completed")).toBe("2026-07-01T08:00:00.000Z");
  });
  it("what was stored stays, and nothing lies after now or before the order", () => {
    expect(met(times, "paid", { metAt: "2026-07-01T03:00:00.000Z" })).toBe("2026-07-01T03:00:00.000Z");
    expect(met({ ...times, date_shipped: "", date_modified: "Fri, 03 Jul 2026 09:00:00 +0000" }, "paid")).toBe(NOW);
    expect(met({ ...times, date_modified: "Tue, 30 Jun 2026 09:00:00 +0000" }, "paid")).toBe("2026-07-01T02:00:00.000Z");
  });
  it("first seen after it was shipped: the transaction tells the day of the money; the page says what told it", () => {
    const transactions = [aTransaction({ date_created: "2026-07-01T04:00:00Z" })];
    const late = { ...times, status_id: 2 };
    expect(verdict(late, "paid", { transactions })).toEqual({ is: "take", metAt: "2026-07-01T04:00:00.000Z", metBy: "payment" });
    const stored = { transactions, metAt: "2026-07-01T08:00:00.000Z" };
    expect(verdict(late, "paid", stored)).toEqual({ is: "take", metAt: "2026-07-01T08:00:00.000Z", metBy: "change" });
    expect(verdict(late, "paid", {})).toEqual({ is: "take", metAt: "2026-07-01T08:00:00.000Z", metBy: "change" });
  });
  it("in two payments: paid with the last; authorised: when it was set aside; paid with certificates alone: placed", () => {
    const transactions = [
      aTransaction({ id: 1, event: "authorization", date_created: "2026-07-01T02:30:00Z" }),
      aTransaction({ id: 2, event: "capture", date_created: "2026-07-01T05:00:00Z" }),
      aTransaction({ id: 3, event: "capture", gateway_transaction_id: "ch_4", date_created: "2026-07-01T06:00:00Z" }),
    ];
    expect(met(times, "paid", { transactions })).toBe("2026-07-01T06:00:00.000Z");
    expect(met(times, "authorised", { transactions })).toBe("2026-07-01T02:30:00.000Z");
    const all = { gift_certificate_amount: "37.40", total_inc_tax: "37.40" };
    expect(verdict({ ...times, ...all }, "paid", {})).toMatchObject({ metAt: "2026-07-01T02:00:00.000Z", metBy: "placed" });
  });
  it("a year that has not come is no day of the books: 2099 and 9999 are held, named as the date that cannot be", () => {
    for (const year of ["2099", "9999"])
      expect(verdict({ date_created: `Fri, 01 Jan ${year} 00:00:00 +0000` }, "paid", {})).toEqual({
        is: "hold",
        problems: [{ kind: "order-malformed", orderId: 1042, fields: ["date_created"] }],
      });
  });
  it("sold on account, orders taken when paid: taken when it is shipped or completed, dated so", () => {
    const methods = [{ key: "purchase order", name: "Purchase Order", account: null, countsAsPaid: "never" as const }];
    const order = { ...times, payment_method: "Purchase Order", payment_status: "" };
    const on = (status_id: number) =>
      accept(
        aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }], order: { ...order, status_id } }).order,
        aSettings({ payments: { methods } }),
        { now: NOW },
      );
    expect(on(11)).toMatchObject({ is: "skip", code: "on-account" });
    expect(on(2)).toEqual({ is: "take", metAt: "2026-07-01T08:00:00.000Z", metBy: "shipment" });
    expect(on(10)).toMatchObject({ is: "take" });
  });
});
