import Big from "big.js";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../../../../worker/contract/index.ts";
import { type PaymentContext, postable, toPayments } from "../../../../../worker/orders/mapping/amounts/plan-payments.ts";
import { aTransaction } from "../../../../harness/a-transaction.ts";
import { aSettings, aSnapshot } from "../../../../harness/builders.ts";

const CTX: PaymentContext = { currency: "AUD", rate: "1", timeZone: "Australia/Melbourne" };
function plan(
  rows: ReturnType<typeof aTransaction>[],
  order: Record<string, unknown> = {},
  settings: Settings = aSettings(),
  ctx: Partial<PaymentContext> = {},
) {
  const snapshot = aSnapshot({
    lines: [{ sku: "MUG", quantity: 2, ex: "25.00", inc: "27.50" }],
    shipping: { ex: "9.00", inc: "9.90" },
    order,
  });
  return toPayments(snapshot.order, rows, settings, { ...CTX, ...ctx });
}
const short = (p: ReturnType<typeof plan>) => p.payments.map((x) => [x.method, x.amount, x.account, x.mark, x.state].join(" "));

describe("payments (M9, M51, J10)", () => {
  it("a captured card payment waits for its invoice with the gateway's reference, our mark last", () => {
    const { payments, notices } = plan([aTransaction()]);
    expect(payments).toEqual([
      expect.objectContaining({
        mark: "ls:1042:77",
        reference: "ch_3Pq91 | ls:1042:77",
        method: "Credit Card",
        amount: "37.40",
        account: "713",
        paidAt: "2026-07-01T02:00:30.000Z",
        paidOn: "2026-07-01",
        state: "waits",
      }),
    ]);
    expect(notices).toEqual([]);
  });
  it("F45: a method that Setup does not list goes to the account of every other one, or is told; listed ones, owed money and other currencies never go there", () => {
    const other = aSettings({ payments: { otherAccount: "714" } });
    const zip = [aTransaction({ gateway: "zip", payment_method_id: "zip" })];
    const order = { payment_method: "Zip" };
    expect(short(plan(zip, order, other))).toEqual(["Zip 37.40 714 ls:1042:77 waits"]);
    expect(plan(zip, order, other).payments[0]?.why).toBe("Zip, like every method that Setup does not list, is received on account 714.");
    expect(plan(zip, order, other).notices).toEqual([]);
    expect(plan(zip, order).notices).toEqual([{ kind: "payment-unmapped", method: "Zip" }]);
    expect(plan(zip, order, other, { foreign: true, currency: "NZD" }).payments[0]?.account).toBe(null);
    const listed = aSettings({
      payments: { otherAccount: "714", methods: [{ key: "zip", name: "Zip", account: null, countsAsPaid: "captured" }] },
    });
    expect(plan(zip, order, listed).notices).toEqual([{ kind: "payment-unmapped", method: "Zip" }]);
    const credit = plan([], { store_credit_amount: "37.40", payment_method: "Store Credit" }, listed);
    expect(credit.payments.map((p) => p.account)).toEqual([null]);
  });
  it("DatePaid is the transaction's day in the store's zone (M12)", () => {
    expect(plan([aTransaction({ date_created: "2026-07-01T14:30:00Z" })]).payments[0]?.paidOn).toBe("2026-07-02");
  });
  it.each([
    ["failed", { status: "error" }],
    ["test", { test: true }],
    ["authorised only", { event: "authorization" }],
    ["pending", { event: "pending" }],
    ["a refund", { event: "refund" }],
  ])("%s money is none", (_, over) => {
    expect(plan([aTransaction(over)], { payment_status: "pending" }).payments).toEqual([]);
  });
  it("authorised and captured later: the capture counts, its settlement not again, a voided one not at all", () => {
    const authorised = aTransaction({ id: 70, event: "authorization" });
    const capture = aTransaction({ id: 71, event: "capture", reference_transaction_id: 70 });
    const settled = aTransaction({ id: 72, event: "settled", reference_transaction_id: 71 });
    expect(short(plan([authorised, capture, settled]))).toEqual(["Credit Card 37.40 713 ls:1042:71 waits"]);
    expect(short(plan([settled]))).toEqual(["Credit Card 37.40 713 ls:1042:72 waits"]);
    const voided = aTransaction({ id: 73, event: "void", reference_transaction_id: 71 });
    expect(plan([authorised, capture, voided], { payment_status: "void" }).payments).toEqual([]);
  });
  it("certificate and store credit without rows are tenders all the same", () => {
    const order = { gift_certificate_amount: "20.0000", store_credit_amount: "5.0000" };
    expect(short(plan([aTransaction({ amount: 12.4 })], order))).toEqual([
      "Gift Certificate 20.00 840 ls:1042:tender-1 waits",
      "Store Credit 5.00 841 ls:1042:tender-2 waits",
      "Credit Card 12.40 713 ls:1042:77 waits",
    ]);
  });
  it("a tender posted before its row appeared keeps its mark, so that it is never posted twice", () => {
    const row = aTransaction({ id: 80, method: "store_credit", gateway: "storecredit", amount: 37.4 });
    expect(short(plan([row], { store_credit_amount: "37.4000" }, aSettings(), { posted: ["ls:1042:tender-2"] }))).toEqual([
      "Store Credit 37.40 841 ls:1042:tender-2 waits",
    ]);
  });
  it("an offline method without rows counts from Awaiting Fulfillment on, where it is set so", () => {
    const offline = { payment_method: "bank deposit", payment_status: "" };
    expect(short(plan([], { ...offline, status_id: 11 }))).toEqual(["Bank Deposit 37.40 090 ls:1042:tender-3 waits"]);
    expect(plan([], { ...offline, status_id: 7 }).payments).toEqual([]);
  });
  it("on account: never a payment, nothing to tell", () => {
    const methods = [{ key: "purchase order", name: "Purchase Order", account: "713", countsAsPaid: "never" as const }];
    expect(plan([], { payment_method: "Purchase Order", payment_status: "" }, aSettings({ payments: { methods } }))).toEqual({
      payments: [],
      notices: [],
    });
  });
  it("an unmapped method is left out and told once (F47)", () => {
    const result = plan([aTransaction({ gateway: "adyen", payment_method_id: "adyen.scheme" })], { payment_method: "Adyen" });
    expect(result.payments).toEqual([
      expect.objectContaining({
        method: "Adyen",
        account: null,
        state: "left-out",
        why: "No account is chosen for Adyen, so the invoice stays open for it.",
      }),
    ]);
    expect(result.notices).toEqual([{ kind: "payment-unmapped", method: "Adyen" }]);
  });
  it("over- and underpayment are told, the money is posted as it came (F46)", () => {
    expect(plan([aTransaction({ amount: 40 })]).notices).toEqual([
      { kind: "payment-differs", orderId: 1042, paid: "40.00", total: "37.40", currency: "AUD" },
    ]);
    expect(plan([aTransaction({ amount: 30 })]).notices).toEqual([
      { kind: "payment-differs", orderId: 1042, paid: "30.00", total: "37.40", currency: "AUD" },
    ]);
  });
  it("a certificate taken while the card is only authorised is no underpayment yet", () => {
    const order = { gift_certificate_amount: "20.0000", payment_status: "authorized" };
    expect(plan([aTransaction({ amount: 17.4, event: "authorization" })], order).notices).toEqual([]);
  });
  it("money in another currency than the sale is listed and told with its own figure, and left to a person", () => {
    const { payments, notices } = plan([aTransaction({ currency: "USD", amount: 151.24 })]);
    expect(payments).toEqual([expect.objectContaining({ state: "left-out", account: null, amount: "151.24", currency: "USD" })]);
    expect(notices).toEqual([
      { kind: "payment-unclear", orderId: 1042, parts: [{ why: "currency", amount: "151.24", currency: "USD", detail: "AUD" }] },
    ]);
  });
  it.each<[string, Record<string, unknown>[], Record<string, unknown>, string, string]>([
    ["captured, and no transaction is shown", [], {}, "no-transaction", "captured"],
    ["captured, and the only transaction failed", [{ status: "error" }], {}, "no-transaction", "captured"],
    ["captured, and its amount cannot be read", [{ amount: "n/a" }], {}, "no-transaction", "captured"],
    ["a chargeback", [], { payment_status: "chargeback" }, "status", "chargeback"],
    ["no payment status, of a method that waits for the capture", [], { payment_status: null }, "no-status", ""],
  ])("paid in the shop and not to be posted is never silent: %s", (_, rows, order, why, detail) => {
    const { payments, notices } = plan(rows.map(aTransaction), order);
    expect(payments).toEqual([expect.objectContaining({ state: "left-out", account: null, amount: "37.40", mark: "ls:1042:tender-3" })]);
    expect(notices).toEqual([{ kind: "payment-unclear", orderId: 1042, parts: [{ why, amount: "37.40", currency: "AUD", detail }] }]);
  });
  it("a payment dated in 2099 is not posted, and told with that day", () => {
    const { payments, notices } = plan([aTransaction({ date_created: "2099-01-01T00:00:00Z" })], {}, aSettings(), {
      now: "2026-07-02T00:00:00.000Z",
    });
    expect(payments[0]).toMatchObject({ state: "left-out", why: expect.stringContaining("2099-01-01") });
    expect(notices).toMatchObject([{ parts: [{ why: "day", detail: "2099-01-01" }] }]);
  });
  it("not paid yet, and known as that: nothing to tell", () => {
    for (const payment_status of ["authorized", "pending", "held for review", "void", "declined"])
      expect(plan([], { payment_status })).toEqual({ payments: [], notices: [] });
  });
  it("one reference of the gateway with one amount is one payment, though it is told twice; another amount is another one", () => {
    const twice = [aTransaction({ id: 77 }), aTransaction({ id: 78, event: "capture" })];
    expect(short(plan(twice))).toEqual(["Credit Card 37.40 713 ls:1042:77 waits"]);
    const two = [aTransaction({ id: 77, amount: 20 }), aTransaction({ id: 78, amount: 17.4 })];
    expect(short(plan(two))).toEqual(["Credit Card 20.00 713 ls:1042:77 waits", "Credit Card 17.40 713 ls:1042:78 waits"]);
  });
  it("three decimals: posted and shown as Cin7 Core keeps it, cut to two and never too much (M16)", () => {
    const methods = [
      {
        key: "stripe",
        name: "Credit Card",
        account: "713",
        countsAsPaid: "captured" as const,
        currencies: [{ currency: "KWD", account: "714" }],
      },
    ];
    const order = { total_inc_tax: "12.345", default_currency_code: "KWD" };
    const ctx = { foreign: true, currency: "KWD" };
    const { payments, notices } = plan(
      [aTransaction({ amount: 12.345, currency: "KWD" })],
      order,
      aSettings({ payments: { methods } }),
      ctx,
    );
    expect([payments[0]?.amount, notices]).toEqual(["12.34", []]);
  });
  it("an order of 0.00 has no payment (M18)", () => {
    expect(plan([], { total_inc_tax: "0.0000" })).toEqual({ payments: [], notices: [] });
  });
});

it("what Cin7 Core can keep of an amount: two decimals, never more than it is (M16)", () => {
  const of = (amount: string, currency: string) => postable(new Big(amount), currency);
  expect([of("10.005", "KWD"), of("10.009", "KWD"), of("0.005", "KWD")]).toEqual(["10.00", "10.00", "0.00"]);
  expect([of("10.5", "AUD"), of("1200", "JPY")]).toEqual(["10.50", "1200"]);
});
