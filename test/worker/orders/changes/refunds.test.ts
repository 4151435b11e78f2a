import { describe, expect, it } from "vitest";
import type { Refund } from "../../../../worker/bigcommerce/refunds.ts";
import type { Transaction } from "../../../../worker/bigcommerce/schemas.ts";
import { newAndOver, type OrderMoney, type RefundContext, refundsOfOrder } from "../../../../worker/orders/changes/refunds.ts";

/** What went back of an order's money, as BigCommerce shows it (F125, J11, J12). */
const NOW = Date.parse("2025-11-05T00:00:00Z");
const CTX: RefundContext = {
  orderId: 1042,
  sale: 1042,
  saleNumber: "SO-7",
  currency: "AUD",
  timeZone: "Australia/Melbourne",
  now: NOW,
  patienceMs: 1_800_000,
  isPosted: () => false,
};
const ORDER: OrderMoney = {
  status_id: 2,
  payment_status: "captured",
  total_inc_tax: "144.0000",
  gift_certificate_amount: "0",
  store_credit_amount: "0",
};
type Part = Partial<Refund["payments"][number]>;
const record = (id: string, amount: number, part: Part = {}, more: Partial<Refund> = {}): Refund => ({
  id,
  order_id: 1042,
  created: "2025-11-03T21:30:00+00:00",
  total_amount: amount,
  total_tax: 0,
  payments: [{ provider_id: "stripe", amount, offline: false, is_declined: false, transaction_id: "", ...part }],
  ...more,
});
const back = (id: string, amount: number, more: Partial<Transaction> = {}): Transaction =>
  ({
    id,
    event: "refund",
    method: "credit_card",
    amount,
    currency: "AUD",
    gateway: "stripe",
    gateway_transaction_id: `re_${id}`,
    reference_transaction_id: "70",
    payment_method_id: "",
    status: "ok",
    test: false,
    date_created: "2025-11-03T21:31:00+00:00",
    gift_certificate: null,
    offline: null,
    custom: null,
    ...more,
  }) as Transaction;
const read = (records: Refund[], transactions: Transaction[], order: Partial<OrderMoney> = {}, ctx: Partial<RefundContext> = {}) =>
  refundsOfOrder({ ...ORDER, ...order }, records, transactions, { ...CTX, ...ctx });
const shortly = ({ refunds }: ReturnType<typeof read>) => refunds.map(({ refund, by, amount }) => [refund, by, amount]);

describe("each refund by itself", () => {
  it("a record with its transaction is one refund: amount, tax, tender, and the day in the store's zone", () => {
    const { refunds } = read([record("991", 99, { transaction_id: "77" }, { total_tax: 9 })], [back("77", 99)], { status_id: 14 });
    expect(refunds).toEqual([
      expect.objectContaining({
        refund: "991",
        by: "record",
        amount: "99.00",
        tax: "9.00",
        tender: "stripe",
        on: "2025-11-04",
        currency: "AUD",
      }),
    ]);
  });

  it("two of the same amount are two, also where a record does not name its transaction", () => {
    expect(shortly(read([record("1", 40), record("2", 40)], [back("77", 40), back("78", 40)]))).toEqual([
      ["1", "record", "40.00"],
      ["2", "record", "40.00"],
    ]);
  });

  it("an amount has the places of the currency that it is told in", () => {
    const { refunds } = read([], [back("77", 12.34, { currency: "USD" })], {}, { currency: "JPY" });
    expect(refunds).toMatchObject([{ amount: "12.34", currency: "USD" }]);
  });

  it("a transaction alone tells, whatever the order's status is", () => {
    expect(shortly(read([record("1", 40, { transaction_id: "77" })], [back("77", 40), back("78", 5)]))).toEqual([
      ["1", "record", "40.00"],
      ["transaction-78", "transaction", "5.00"],
    ]);
  });

  it("a void of money that is paid in Cin7 goes back; of an authorisation, or of what was never posted, it does not", () => {
    const rows = [back("70", 144, { event: "purchase" }), back("71", 144, { event: "void", reference_transaction_id: "70" })];
    expect(shortly(read([], rows, {}, { isPosted: (id) => id === "70" }))).toEqual([["transaction-71", "transaction", "144.00"]]);
    expect(shortly(read([], rows))).toEqual([]);
  });

  it("where only the status tells: the whole, or what is left of it; a part without an amount", () => {
    expect(shortly(read([], [], { status_id: 4 }))).toEqual([["status-144.00", "status", "144.00"]]);
    expect(shortly(read([record("1", 40, { offline: true })], [], { status_id: 4 }))).toEqual([
      ["1", "record", "40.00"],
      ["status-104.00", "status", "104.00"],
    ]);
    expect(shortly(read([], [], { status_id: 14 }))).toEqual([["status-part", "status", ""]]);
    expect(shortly(read([record("1", 40, { offline: true })], [], { status_id: 14 }))).toEqual([["1", "record", "40.00"]]);
    expect(shortly(read([], [], { payment_status: "refunded", store_credit_amount: "44" }))).toEqual([
      ["status-100.00", "status", "100.00"],
    ]);
  });

  it("a declined refund is none and is told as declined; of two tenders the one that was paid counts, its tax is not known", () => {
    const declined = read([record("1", 40, { is_declined: true })], [back("77", 40, { status: "error" })]);
    expect([declined.refunds, declined.declined.map(({ refund, amount }) => [refund, amount])]).toEqual([[], [["1", "40.00"]]]);
    const two = record(
      "2",
      50,
      {},
      {
        payments: [
          { ...record("x", 20).payments[0], offline: true },
          { ...record("x", 30).payments[0], is_declined: true },
        ] as Refund["payments"],
      },
    );
    expect(read([two], []).refunds).toEqual([expect.objectContaining({ amount: "20.00", tax: "", tender: "stripe" })]);
  });

  it("one on its way is none yet and looked at again; after half an hour it is told as unanswered", () => {
    const young = record("1", 40, {}, { created: new Date(NOW - 60_000).toISOString() });
    expect(read([young], [], { status_id: 14 })).toEqual({ refunds: [], declined: [], lookAt: NOW - 60_000 + 1_800_000 });
    expect(read([young], [], {}, { now: NOW + 1_800_000 }).refunds).toEqual([expect.objectContaining({ refund: "1", unanswered: true })]);
  });

  it("goods that come back without money are no refund of money", () => {
    expect(read([record("1", 0, {}, { payments: [] })], []).refunds).toEqual([]);
  });
});

describe("told again, or not", () => {
  const before = (told: ReturnType<typeof read>["refunds"], ended = false) =>
    told.map((facts) => ({ key: `refund-to-enter:1042:${facts.refund}`, facts, ended }));

  it("nothing that was told ends because the order's status moves on", () => {
    const told = before(read([], [], { status_id: 14 }).refunds);
    expect(newAndOver(read([], [], { status_id: 2 }).refunds, told, [])).toEqual({ fresh: [], over: [] });
  });

  it("what the status told ends when records explain it", () => {
    const told = before(read([], [], { status_id: 4 }).refunds);
    const now = read([record("1", 144, { offline: true })], [], { status_id: 4 }).refunds;
    expect(newAndOver(now, told, []).over).toEqual(["refund-to-enter:1042:status-144.00"]);
  });

  it("a refund known by its transaction goes over to its record, and is not told twice where it was dealt with", () => {
    const rows = [back("77", 40)];
    const now = read([record("1", 40, { transaction_id: "77" })], rows).refunds;
    const told = read([], rows).refunds;
    expect(newAndOver(now, before(told), rows)).toEqual({ fresh: now, over: ["refund-to-enter:1042:transaction-77"] });
    expect(newAndOver(now, before(told, true), rows)).toEqual({ fresh: [], over: [] });
  });
});
