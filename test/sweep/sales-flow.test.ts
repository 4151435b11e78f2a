import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { orders, salesSweeps, stores } from "../../worker/db/schema.ts";
import type { SalesSweepWork } from "../../worker/inbox/work.ts";
import { checkSale } from "../../worker/sweep/sale-flow.ts";
import { judgeSale, type KnownSale, markOf, type SaleRow, utcInstant } from "../../worker/sweep/sales.ts";
import { sweepSales } from "../../worker/sweep/sales-flow.ts";
import { OTHER_ACCOUNT, STORE, type Stage, stage } from "../install/stage.ts";
import { type Asked, accountContext, context, linkedStore, list, ok, saleId, saleRow, storedOrder } from "./context.ts";

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
  ])("%s", (_, more, than, works, stages) => {
    const seen = judgeSale(row(more), known(than), NOW, 1);
    expect([seen.works.map((work) => work.kind), seen.stages]).toEqual([works, stages]);
  });
});

describe("sweepSales, once a minute", () => {
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
    expect(await sweepSales(c, first.again?.work as SalesSweepWork)).toMatchObject({ again: { work: { kind: "sales.sweep" } } });
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

describe("sale.check: the sales of one order as they are now", () => {
  const check = async (...rows: unknown[]) => checkSale(await context(s, () => list(...rows)), 7);
  const twin = () => saleRow(s, 7, { SaleID: saleId(99), OrderNumber: "SO-99" });

  it("two that are not void: told, until one of them is", async () => {
    await storedOrder(s, 7);
    expect(await check(saleRow(s, 7), twin())).toMatchObject({
      notices: [{ kind: "twin-sale", orderId: 7, saleNumbers: ["SO-7", "SO-99"] }],
    });
    expect(await check(saleRow(s, 7), { ...twin(), Status: "VOIDED" })).toMatchObject({ notices: [], clears: ["twin-sale:7"] });
  });

  it("rows count only when the whole ID is equal", async () => {
    await storedOrder(s, 7);
    expect(await check(saleRow(s, 7), { ...twin(), ExternalID: `ls:${STORE}:7:g11` })).toMatchObject({ notices: [] });
  });

  it("voided by hand: told once, shown on the order, nothing is replaced", async () => {
    await storedOrder(s, 7);
    expect(await check(saleRow(s, 7, { Status: "VOIDED" }))).toMatchObject({
      notices: [{ kind: "voided-after-sale", orderId: 7, saleNumber: "SO-7" }],
    });
    expect(await rowOf(7)).toMatchObject({ state: "sent", stages: "sale,ordered,voided" });
  });

  it("voided because the order was cancelled: that answers the question", async () => {
    await storedOrder(s, 7, { statusId: 5 });
    expect(await check(saleRow(s, 7, { Status: "VOIDED" }))).toMatchObject({
      notices: [],
      clears: ["twin-sale:7", "changed-after-sale:7"],
    });
  });

  it("an answer that cannot be read decides nothing", async () => {
    await storedOrder(s, 7);
    expect(await checkSale(await context(s, () => ok({})), 7)).toMatchObject({ is: "later" });
  });
});
