import { describe, expect, it } from "vitest";
import { methodFor } from "../../../../../worker/orders/mapping/amounts/payment-method.ts";
import { unclearOwn, unclearRow, whyUnclear } from "../../../../../worker/orders/mapping/amounts/unclear-money.ts";
import { aTransaction } from "../../../../harness/a-transaction.ts";
import { aSettings, aSnapshot } from "../../../../harness/builders.ts";

const settings = aSettings();
function own(order: Record<string, unknown>) {
  const snapshot = aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }], order });
  const method = methodFor(settings, [], [snapshot.order.payment_method]);
  return unclearOwn(snapshot.order, settings, method, "AUD")?.why ?? null;
}

describe("paid in the shop and nothing to post (M9, F46)", () => {
  it.each<[string, Record<string, unknown>, string | null]>([
    ["captured", {}, "no-transaction"],
    ["partially refunded: it had been taken", { payment_status: "partially refunded" }, "no-transaction"],
    ["refunded: it went back, and is told as a refund", { payment_status: "refunded" }, null],
    ["a status that nobody knows", { payment_status: "chargeback" }, "status"],
    ["no status, and the order is on its way", { payment_status: "" }, "no-status"],
    ["no status, and it awaits payment", { payment_status: "", status_id: 7 }, null],
    ["authorised only", { payment_status: "authorized" }, null],
    ["an offline method that goes by the status", { payment_method: "Bank Deposit", payment_status: "" }, null],
    ["a test gateway", { payment_method: "Test Payment Gateway" }, null],
  ])("%s", (_, order, why) => expect(own(order)).toBe(why));

  it("a transaction in another currency, or of a day that has not come, keeps its own figure", () => {
    const context = { currency: "AUD", now: "2026-07-02T00:00:00.000Z" };
    expect(unclearRow(aTransaction(), context)).toBe(null);
    expect(unclearRow(aTransaction({ currency: "JPY", amount: 4000 }), context)).toEqual({
      why: "currency",
      amount: "4000",
      currency: "JPY",
      detail: "AUD",
    });
    expect(unclearRow(aTransaction({ date_created: "9999-01-01T00:00:00Z" }), context)).toMatchObject({ why: "day", detail: "9999-01-01" });
  });

  it("each reason is a sentence that says what to do or to look at", () => {
    for (const why of ["currency", "day", "no-transaction", "status", "no-status"] as const)
      expect(whyUnclear({ why, amount: "1.00", currency: "USD", detail: "AUD" })).toMatch(/^[A-Z].*(by hand in Cin7 Core|provider)\.$/);
  });
});
