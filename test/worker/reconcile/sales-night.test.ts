import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { salesSweeps } from "../../../worker/lib/db/schema/tables.ts";
import { sweepSales } from "../../../worker/reconcile/sales-flow.ts";
import { ACCOUNT, type Stage, stage } from "../../harness/stage.ts";
import { type Asked, accountContext, linkedStore, list, saleRow, storedOrder } from "./context.ts";

const DAY = 86_400_000;
let s: Stage;
beforeEach(async () => {
  s = stage();
  s.state.now = Date.parse("2026-11-21T12:00:00.000Z");
  await linkedStore(s);
});
afterEach(() => vi.restoreAllMocks());

const iso = (ago = 0) => new Date(s.state.now - ago).toISOString();
async function sweep() {
  const asked: Asked[] = [];
  const invoiced = saleRow(s, 1, { Updated: iso(3 * DAY), CombinedInvoiceStatus: "INVOICED" });
  const { c, puts } = accountContext(s, (each) => {
    asked.push(each);
    return list(...(String(each.query?.["UpdatedSince"]) <= iso(3 * DAY) ? [invoiced] : []));
  });
  await sweepSales(c, { kind: "sales.sweep" });
  return { from: asked[0]?.query?.["UpdatedSince"], works: puts.flatMap((put) => put.works) };
}

it("the invoice of a sale was authorised and its wake-up got lost: once a day the list is read from the oldest sale that waits, so it goes on (M55)", async () => {
  await storedOrder(s, 1, { placedAt: iso(10 * DAY), waitsFor: "invoice", stages: "sale,ordered,invoice-draft" });
  await storedOrder(s, 2, { placedAt: iso(30 * DAY) });
  await s.db.insert(salesSweeps).values({ accountId: ACCOUNT, seenTo: iso(60_000), sweptAt: iso(60_000) });
  expect(await sweep()).toEqual({ from: iso(360_000), works: [] });
  s.state.now += DAY;
  expect(await sweep()).toEqual({ from: iso(11 * DAY), works: [{ kind: "order.money", orderId: 1 }] });
  expect((await sweep()).from).not.toBe(iso(11 * DAY));
});

it("what waits for longer than 60 days is looked for that far back", async () => {
  await storedOrder(s, 1, { placedAt: iso(200 * DAY), waitsFor: "shipment" });
  await s.db.insert(salesSweeps).values({ accountId: ACCOUNT, seenTo: iso(DAY), sweptAt: iso(DAY) });
  expect((await sweep()).from).toBe(iso(60 * DAY));
});
