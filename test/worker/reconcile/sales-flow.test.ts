import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SaleRow } from "../../../worker/cin7/schemas/sale.ts";
import type { WorkOf } from "../../../worker/inbox/work.ts";
import { orders, salesSweeps, settingsVersions, stores } from "../../../worker/lib/db/schema/tables.ts";
import { markOf } from "../../../worker/orders/marks.ts";
import { judgeSale, type KnownSale, utcInstant } from "../../../worker/reconcile/sales.ts";
import { sweepSales } from "../../../worker/reconcile/sales-flow.ts";
import { ACCOUNT, OTHER_ACCOUNT, STORE, type Stage, stage } from "../../harness/stage.ts";
import { type Asked, accountContext, linkedStore, list, saleId, saleRow, storedOrder } from "./context.ts";

let s: Stage;
beforeEach(async () => {
  s = stage();
  await linkedStore(s);
});
afterEach(() => vi.restoreAllMocks());

const iso = (ms: number) => new Date(ms).toISOString();
const rowOf = async (orderId: number) => (await s.db.select().from(orders).where(eq(orders.orderId, orderId)))[0];
const run = async (...rows: unknown[]) => {
  const { c, puts } = accountContext(s, () => list(...rows));
  const outcome = await sweepSales(c, { kind: "sales.sweep" });
  return { outcome, works: puts.flatMap((put) => put.works) };
};

describe("marks and instants", () => {
  it.each([
    ["ls:abc123:1042:g1", { store: "abc123", orderId: 1042, generation: 1 }],
    ["ls:abc123:day-202611210900:AUD:12345678:g1", null],
    ["ls:abc123:1042:g1 copy", null],
    ["1042", null],
    ["", null],
  ])("%s", (text, mark) => expect(markOf(text)).toEqual(mark));
  it.each([
    ["2026-11-21T09:00:00", "2026-11-21T09:00:00.000Z"],
    ["2026-11-21T09:00:00.123Z", "2026-11-21T09:00:00.123Z"],
    ["", ""],
  ])("%s", (text, at) => expect(utcInstant(text)).toBe(at));
});

describe("what a row of the list of sales means (design 3.7, M10, F123)", () => {
  const NOW = "2026-11-21T09:00:00.000Z";
  const known = (more: Partial<KnownSale> = {}): KnownSale => ({
    storeHash: STORE,
    orderId: 7,
    generation: 1,
    saleId: saleId(7),
    stages: "sale,ordered",
    waitsFor: "",
    total: "37.40",
    paid: ["20.00", "17.40"],
    told: false,
    ...more,
  });
  const row = (more: Record<string, unknown> = {}): SaleRow =>
    ({ ...saleRow(s, 7), Updated: "2026-11-21T08:50:00Z", ...more }) as unknown as SaleRow;
  it.each<[string, Record<string, unknown>, Partial<KnownSale>, string[], string]>([
    ["as we left it", {}, {}, [], "sale,ordered"],
    ["another sale of the same order", { SaleID: saleId(8) }, {}, ["sale.check"], "sale,ordered"],
    ["voided by hand", { Status: "VOIDED" }, {}, ["sale.check"], "sale,ordered"],
    ["voided, and known", { Status: "VOIDED" }, { stages: "sale,voided" }, [], "sale,voided"],
    ["there, though D1 has no sale", {}, { saleId: null }, ["order.changed"], "sale,ordered"],
    ["made a moment ago by our own run", { Updated: "2026-11-21T08:59:58Z" }, { saleId: null }, [], "sale,ordered"],
    [
      "shipped",
      { CombinedPickingStatus: "PICKED", CombinedPackingStatus: "PACKED", CombinedShippingStatus: "SHIPPED" },
      {},
      [],
      "sale,ordered,picked,packed,shipped",
    ],
    ["partly picked is not picked", { CombinedPickingStatus: "PARTIALLY PICKED" }, {}, [], "sale,ordered"],
    ["its draft invoice was authorised", { CombinedInvoiceStatus: "INVOICED" }, { waitsFor: "invoice" }, ["order.money"], "sale,ordered"],
    ["its invoice is still a draft", { CombinedInvoiceStatus: "DRAFT" }, { waitsFor: "invoice" }, [], "sale,ordered"],
    ["not invoiced", {}, { waitsFor: "invoice" }, [], "sale,ordered"],
    ["its order was authorised", {}, { waitsFor: "order" }, ["order.money"], "sale,ordered"],
    ["its order is still a draft", { OrderStatus: "DRAFT" }, { waitsFor: "order" }, [], "sale,ordered"],
    ["not shipped yet", {}, { waitsFor: "shipment" }, [], "sale,ordered"],
    ["invoiced and paid as the order is", { SaleInvoicesTotalAmount: 37.4, CombinedPaymentTotal: 37.4 }, {}, [], "sale,ordered"],
    ["invoiced for more than the order", { SaleInvoicesTotalAmount: 74.8, CombinedPaymentTotal: 37.4 }, {}, ["sale.check"], "sale,ordered"],
    ["paid more than the order", { InvoiceAmount: 37.4, PaidAmount: 57.4 }, {}, ["sale.check"], "sale,ordered"],
    ["a tender twice, the rest open", { CombinedPaymentTotal: 40 }, { total: "100", paid: ["20.00"] }, ["sale.check"], "sale,ordered"],
    ["paid by hand, nothing by us", { CombinedPaymentTotal: 37.4 }, { paid: [] }, [], "sale,ordered"],
    ["paid more, a moment ago", { Updated: NOW, CombinedPaymentTotal: 57.4 }, {}, [], "sale,ordered"],
    ["told of, and touched since", { CombinedPaymentTotal: 37.4 }, { told: true }, ["sale.check"], "sale,ordered"],
  ])("%s", (_, more, than, works, stages) => {
    const seen = judgeSale(row(more), known(than), { now: NOW, sweptAt: null, timeScale: 1 });
    expect([seen.works.map((work) => work.kind), seen.stages]).toEqual([works, stages]);
  });
  it("a change is looked at for some minutes, not for as long as its row is among the newest", () => {
    const paidTwice = row({ Updated: "2026-11-21T08:50:00Z", CombinedPaymentTotal: 74.8 });
    const looks = (sweptAt: string, than: Partial<KnownSale> = {}) =>
      judgeSale(paidTwice, known(than), { now: NOW, sweptAt, timeScale: 1 }).works;
    expect(looks("2026-11-21T08:53:30.000Z")).toEqual([{ kind: "sale.check", orderId: 7 }]);
    expect(looks("2026-11-21T08:59:00.000Z")).toEqual([]);
    expect(looks("2026-11-21T08:59:00.000Z", { told: true })).toEqual([]);
    expect(looks("2026-11-21T08:59:00.000Z", { saleId: saleId(8) })).toEqual([]);
  });
});

describe("sweepSales, once a minute", () => {
  /** A store that takes orders, and a sale of it. */
  const watched = async (on = true) => {
    const at = new Date(s.state.now).toISOString();
    const document = { orders: { on } };
    await s.db
      .insert(settingsVersions)
      .values({ storeHash: STORE, version: on ? 1 : 2, accountId: ACCOUNT, document, changes: [], savedBy: "ann", savedAt: at })
      .run();
  };
  beforeEach(async () => {
    await watched();
    await storedOrder(s, 900);
  });
  it("F1: switched off it makes no call, unless a document of a sale waits; before the first sale there is none either", async () => {
    const asked: Asked[] = [];
    const look = async () => {
      asked.length = 0;
      const { c } = accountContext(s, (a) => {
        asked.push(a);
        return list();
      });
      expect(await sweepSales(c, { kind: "sales.sweep" })).toMatchObject({ is: "done", again: { work: { kind: "sales.sweep" } } });
      return asked.length;
    };
    expect(await look()).toBe(1);
    await watched(false);
    expect(await look()).toBe(0);
    await s.db.update(orders).set({ waitsFor: "invoice" });
    expect(await look()).toBe(1);
    await s.db.delete(settingsVersions).where(eq(settingsVersions.version, 2));
    await s.db.delete(orders);
    expect(await look()).toBe(0);
  });
  it("one call; stages of the warehouse reach the order, and its watermark is kept", async () => {
    await storedOrder(s, 7);
    const asked: Asked[] = [];
    const { c, puts } = accountContext(s, (a) => {
      asked.push(a);
      return list(saleRow(s, 7, { CombinedPickingStatus: "PICKED" }), saleRow(s, 8));
    });
    expect(await sweepSales(c, { kind: "sales.sweep" })).toMatchObject({
      is: "done",
      again: { at: s.state.now + 3000, work: { kind: "sales.sweep" } },
    });
    expect(asked).toHaveLength(1);
    expect(puts).toEqual([]);
    expect((await rowOf(7))?.stages).toBe("sale,ordered,picked");
    const [progress] = await s.db.select().from(salesSweeps);
    await sweepSales(c, { kind: "sales.sweep" });
    expect(asked[1]?.query?.["UpdatedSince"]).toBe(new Date(Date.parse(progress?.seenTo ?? "") - 300_000).toISOString());
  });
  it("a second sale of an order wakes its own store, and no other", async () => {
    await storedOrder(s, 7);
    expect((await run(saleRow(s, 7), saleRow(s, 7, { SaleID: saleId(99), OrderNumber: "SO-99" }))).works).toEqual([
      { kind: "sale.check", orderId: 7 },
    ]);
  });
  it("a later generation than D1 knows: an old database was restored, so the order is read again; an older one is left alone", async () => {
    await storedOrder(s, 7, { generation: 2 });
    expect((await run(saleRow(s, 7, { ExternalID: `ls:${STORE}:7:g3` }))).works).toEqual([{ kind: "order.changed", orderId: 7 }]);
    expect((await run(saleRow(s, 7, { ExternalID: `ls:${STORE}:7:g1`, Status: "VOIDED" }))).works).toEqual([]);
  });
  it("more than ten thousand changed sales: the oldest are compared as well, before the watermark moves", async () => {
    await storedOrder(s, 7);
    const page = Array.from({ length: 1000 }, () => ({ ...saleRow(s, 1), ExternalID: "", Updated: iso(s.state.now) }));
    const asked: Asked[] = [];
    const { c, puts } = accountContext(s, (a) => {
      asked.push(a);
      return a.query?.["Page"] === 12 ? list(saleRow(s, 7, { Status: "VOIDED", Updated: iso(s.state.now - 3_600_000) })) : list(...page);
    });
    const first = await sweepSales(c, { kind: "sales.sweep" });
    if (first.is !== "done") throw new Error(first.is);
    expect(first.again).toMatchObject({ at: s.state.now, work: { kind: "sales.sweep", page: 11, last: iso(s.state.now) } });
    expect(await s.db.select().from(salesSweeps)).toEqual([]);
    expect(await sweepSales(c, first.again?.work as WorkOf<"sales.sweep">)).toMatchObject({ again: { work: { kind: "sales.sweep" } } });
    expect(asked.map((a) => a.query?.["Page"])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(new Set(asked.map((a) => a.query?.["UpdatedSince"])).size).toBe(1);
    expect(puts.flatMap((put) => put.works)).toEqual([{ kind: "sale.check", orderId: 7 }]);
    expect((await s.db.select().from(salesSweeps))[0]?.seenTo).toBe(iso(s.state.now));
  });
  it("orders of a store that belongs to another account are none of its business", async () => {
    await storedOrder(s, 7);
    await s.db.update(stores).set({ accountId: OTHER_ACCOUNT });
    const { outcome } = await run(saleRow(s, 7, { Status: "VOIDED" }));
    expect(outcome).toMatchObject({ is: "skipped" });
  });
  it("a store's queue that is away: nothing is ticked off, the same sales are looked at again", async () => {
    await storedOrder(s, 7);
    const { c } = accountContext(s, () => list(saleRow(s, 7, { Status: "VOIDED" })));
    const broken = { ...c, putInto: () => Promise.reject(new Error("away")) };
    expect(await sweepSales(broken, { kind: "sales.sweep" })).toMatchObject({ is: "later", strike: false });
    expect(await s.db.select().from(salesSweeps)).toEqual([]);
  });

  it.each([
    [
      { is: "wait", at: 5 },
      { is: "later", at: 5 },
    ],
    [
      { is: "trouble", why: "timeout", status: null },
      { is: "later", strike: false },
    ],
    [
      { is: "denied", status: 403, message: "no" },
      { is: "later", strike: false, tells: [{ kind: "cin7-denied" }] },
    ],
  ])("Cin7 says %j", async (answer, outcome) => {
    const { c } = accountContext(s, () => answer as never);
    expect(await sweepSales(c, { kind: "sales.sweep" })).toMatchObject(outcome);
  });
});
