import { describe, expect, it } from "vitest";
import { captured, isTestMoney, moneyCameAt } from "../../../../../worker/orders/mapping/amounts/transactions.ts";
import { aTransaction } from "../../../../harness/a-transaction.ts";

const NOW = "2026-07-02T00:00:00.000Z";
const ids = (rows: ReturnType<typeof aTransaction>[]) => captured(rows).map(({ id }) => id);

describe("money that arrived (M9)", () => {
  it("one reference of the gateway with one amount and currency is one payment, whichever comes first in the list", () => {
    const [first, second] = [aTransaction({ id: 77 }), aTransaction({ id: 78, event: "capture" })];
    expect([ids([first, second]), ids([second, first])]).toEqual([["77"], ["77"]]);
    expect(ids([first, aTransaction({ id: 78, amount: 20 })])).toEqual(["77", "78"]);
    expect(ids([first, aTransaction({ id: 78, gateway: "paypal" })])).toEqual(["77", "78"]);
  });
  it("without a reference nothing tells that two are the same", () => {
    const none = { gateway_transaction_id: "" };
    expect(ids([aTransaction({ id: 77, ...none }), aTransaction({ id: 78, ...none })])).toEqual(["77", "78"]);
  });
  it("a failed, unreadable or voided one is none", () => {
    expect(ids([aTransaction({ status: "error" }), aTransaction({ amount: "n/a" })])).toEqual([]);
    expect(ids([aTransaction({ id: 77 }), aTransaction({ id: 78, event: "void", reference_transaction_id: 77 })])).toEqual([]);
  });
  it("money of a gateway in test mode, and nothing else, is test money (M20)", () => {
    expect(isTestMoney([aTransaction({ test: true })])).toBe(true);
    expect(isTestMoney([aTransaction({ test: true }), aTransaction({ id: 78 })])).toBe(false);
    expect(isTestMoney([])).toBe(false);
  });
});

describe("when the money came (M12)", () => {
  it("paid: with the last payment; authorised: when the first was set aside; a day that has not come tells nothing", () => {
    const rows = [
      aTransaction({ id: 1, event: "authorization", date_created: "2026-07-01T02:30:00Z" }),
      aTransaction({ id: 2, event: "capture", amount: 20, date_created: "2026-07-01T05:00:00Z" }),
      aTransaction({ id: 3, event: "capture", amount: 17.4, date_created: "2026-07-01T06:00:00Z" }),
    ];
    expect(moneyCameAt(rows, "paid", NOW)).toBe("2026-07-01T06:00:00.000Z");
    expect(moneyCameAt(rows, "authorised", NOW)).toBe("2026-07-01T02:30:00.000Z");
    expect(moneyCameAt([aTransaction({ date_created: "2099-01-01T00:00:00Z" })], "paid", NOW)).toBe(null);
  });
});
