import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../../../worker/inbox/outcome.ts";
import type { WorkOf } from "../../../worker/inbox/work.ts";
import { instant } from "../../../worker/lib/days.ts";
import { orders, stores, sweeps } from "../../../worker/lib/db/schema/tables.ts";
import { raise } from "../../../worker/problems/store.ts";
import { sweepOrders } from "../../../worker/reconcile/orders-flow.ts";
import { STORE, type Stage, stage, there } from "../../harness/stage.ts";
import { context, linkedStore, list, storedOrder } from "./context.ts";

let s: Stage;
beforeEach(async () => {
  s = stage();
  await linkedStore(s);
});
afterEach(() => vi.restoreAllMocks());

const noCin7 = () => list();
const SWEEP: WorkOf<"orders.sweep"> = { kind: "orders.sweep" };
type Done = Extract<Outcome, { is: "done" }>;
const sweep = async (work: WorkOf<"orders.sweep"> = SWEEP, held: number[] = [], line?: string) =>
  (await sweepOrders(await context(s, noCin7, held, line), work)) as Done;
/** The next one, a while later, with what the one before it learned. */
const next = async (before: Done, held: number[] = []) => {
  s.state.now += 20_000;
  return sweep(there(before.again).work as WorkOf<"orders.sweep">, held);
};
const found = (outcome: Done) => (outcome.next ?? []).map((work) => ("orderId" in work ? `${work.kind} ${work.orderId}` : work.kind));
const place = async (more: Record<string, unknown> = {}) =>
  (await s.control(`/${STORE}/orders`, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], ...more })) as unknown as {
    id: number;
    date_modified: string;
    total_inc_tax: string;
    status_id: number;
  };
const known = async (order: Awaited<ReturnType<typeof place>>, more: Partial<typeof orders.$inferInsert> = {}) =>
  storedOrder(s, order.id, {
    modifiedAt: instant(order.date_modified) ?? "",
    total: order.total_inc_tax,
    statusId: order.status_id,
    ...more,
  });
const lists = () => s.asked.filter(({ url }) => /\/v2\/orders\?/.test(url)).length;

describe("sweepOrders (K5, design 2)", () => {
  it("finds orders that nobody told us of, at one call; what is known as it is costs nothing more", async () => {
    const [lost, told] = [await place(), await place()];
    await known(told);
    s.asked.length = 0;
    const first = await sweep();
    expect(found(first)).toEqual([`order.changed ${lost.id}`]);
    expect(lists()).toBe(1);
    expect(s.asked).toHaveLength(1);
    expect(there((await s.db.select().from(stores))[0]).sweptAt).toBe(new Date(s.state.now).toISOString());
  });

  it("schedules itself every 5 minutes, and keeps how far it came only when its findings are kept", async () => {
    await place();
    const first = await sweep();
    expect(first.again).toMatchObject({ at: s.state.now + 15_000, work: { kind: "orders.sweep", seen: { line: expect.any(String) } } });
    expect(await s.db.select().from(sweeps)).toEqual([]);
    await next(first);
    expect(await s.db.select().from(sweeps)).toHaveLength(1);
  });

  it("what changed while notices came is not missed; what changed longer ago was, and the webhooks are looked at", async () => {
    const first = await sweep();
    const lost = await place();
    s.state.now += 10_000;
    const second = await next(first);
    expect(found(second)).toEqual([`order.changed ${lost.id}`, "hooks.ensure"]);
    expect(second.told).toMatchObject([{ what: "found", text: expect.stringContaining(`Order ${lost.id} changed without a word`) }]);
    // Told of meanwhile: it is in the queue.
    expect(found(await next(second, [lost.id]))).toEqual([]);
  });

  it("looks at the webhooks once an hour", async () => {
    await s.db.update(stores).set({ hooksCheckedAt: new Date(s.state.now - 3_600_000 / 20 - 1).toISOString() });
    expect(found(await sweep())).toEqual(["hooks.ensure"]);
  });

  it("an incomplete order is nobody's yet", async () => {
    await place({ statusId: 0 });
    expect(found(await sweep())).toEqual([]);
  });

  it("an open order that the list no longer shows is asked by its number: archived", async () => {
    const [archived, shipped] = [await place(), await place()];
    await known(archived, { state: "held", saleId: null });
    await known(shipped, { stages: "sale,ordered,shipped" });
    await raise(s.db, (await context(s, noCin7)).tenant, [{ kind: "cin7-denied" }], archived.id, new Date(s.state.now).toISOString());
    for (const { id } of [archived, shipped]) await s.control(`/${STORE}/orders/${id}/archive`);
    expect(found(await sweep())).toEqual([`order.changed ${archived.id}`]);
  });

  it("puts back what D1 calls unfinished and the queue does not hold, but nothing that a person or Cin7 is waited for", async () => {
    const iso = new Date(s.state.now).toISOString();
    const old = { modifiedAt: "2026-01-01T00:00:00.000Z", saleId: null };
    for (const id of [901, 902, 903, 904]) await storedOrder(s, id, { ...old, state: "pending" });
    await storedOrder(s, 905, { ...old, state: "held" });
    await storedOrder(s, 906, { ...old, state: "held" });
    await raise(s.db, (await context(s, noCin7)).tenant, [{ kind: "cin7-denied" }], 906, iso);
    await s.db.update(orders).set({ state: "sending", waitsFor: "order" }).where(eq(orders.orderId, 904));
    expect(found(await sweep(SWEEP, [902]))).toEqual(["order.changed 901", "order.changed 903", "order.changed 905"]);
  });

  it("a gap is looked through from its beginning, and what came of it is told", async () => {
    const lost = await place();
    const first = await sweep();
    s.state.now += 1_200_000;
    const from = new Date(s.state.now - 1_210_000).toISOString();
    const gap = await sweep({ ...(there(first.again).work as WorkOf<"orders.sweep">), from });
    expect(found(gap)).toContain(`order.changed ${lost.id}`);
    expect(gap.told).toMatchObject([{ what: "found", text: expect.stringMatching(/^Everything since .* Order \d+ had not reached us/) }]);
    expect(there(gap.again).work).not.toHaveProperty("from");
  });

  it("more than it takes in one go: it goes on at once where it was", async () => {
    const many = Array.from({ length: 250 }, (_, i) => ({ id: i + 1, total_inc_tax: "1", status_id: 11 }));
    let calls = 0;
    const c = await context(s, noCin7);
    const get = async (_: string, query?: Record<string, unknown>) => {
      calls++;
      const at = Date.parse(String(query?.["min_date_modified"]));
      const body = many.map((row, i) => ({ ...row, id: calls * 1000 + i, date_modified: new Date(at + (i + 1) * 1000).toUTCString() }));
      return { is: "ok" as const, status: 200, body, headers: new Headers() };
    };
    const outcome = (await sweepOrders({ ...c, bigcommerce: { ...c.bigcommerce, get } } as never, SWEEP)) as Done;
    expect(calls).toBe(10);
    expect(outcome.again).toMatchObject({ at: s.state.now, work: { kind: "orders.sweep", after: expect.any(String) } });
    expect(outcome.next?.filter((work) => work.kind === "order.changed").length).toBe(2500);
  });

  it("all changed within one second: it turns the pages", async () => {
    const pages: unknown[] = [];
    const c = await context(s, noCin7);
    const get = async (_: string, query?: Record<string, unknown>) => {
      pages.push(query?.["page"]);
      const page = Number(query?.["page"]);
      const date_modified = `${new Date(Date.parse(String(query?.["min_date_modified"]))).toUTCString()}`;
      const body = Array.from({ length: page < 3 ? 250 : 3 }, (__, i) => ({
        id: page * 1000 + i,
        date_modified,
        status_id: 11,
        total_inc_tax: "1",
      }));
      return { is: "ok" as const, status: 200, body, headers: new Headers() };
    };
    const outcome = (await sweepOrders({ ...c, bigcommerce: { ...c.bigcommerce, get } } as never, SWEEP)) as Done;
    expect(pages).toEqual([1, 2, 3]);
    expect(outcome.next?.filter((work) => work.kind === "order.changed").length).toBe(503);
  });

  it("at night every open order is compared with the list, and an invoice that was never asked for is", async () => {
    const first = await sweep();
    await next(first);
    const [gone, there_] = [await place(), await place()];
    const old = { modifiedAt: "2026-01-01T00:00:00.000Z", state: "sent" as const };
    await known(gone, old);
    await known(there_, old);
    await s.control(`/${STORE}/orders/${gone.id}/archive`);
    await s.db.update(sweeps).set({ nightlyAt: "2026-01-01T00:00:00.000Z" });
    const night = await sweep();
    expect(found(night)).toEqual(
      expect.arrayContaining([`order.changed ${gone.id}`, `order.money ${gone.id}`, `order.money ${there_.id}`]),
    );
    expect(there(night.again).work).toMatchObject({ seen: { nightlyAt: new Date(s.state.now).toISOString() } });
  });

  it.each([
    ["is away", { kind: "status", status: 503 }],
    ["refuses", { kind: "status", status: 422 }],
    ["does not allow it", { kind: "status", status: 403 }],
    ["says what nobody understands", { kind: "garbage" }],
  ] as const)("the list of refunds %s: the night goes on without it, that is told once, and it is looked for again", async (_, fault) => {
    await next(await sweep());
    const lost = await place();
    await s.control(`/${STORE}/orders/${lost.id}/refund`, { amount: 1, only: "record" });
    await s.db.update(sweeps).set({ nightlyAt: "2026-01-01T00:00:00.000Z", refundsAt: null });
    s.twins.world.faults.set([{ peer: "bigcommerce", method: "GET", path: "/v3/orders/payment_actions/refunds", ...fault }]);
    const night = await sweep();
    expect(found(night)).toContain(`order.changed ${lost.id}`);
    expect(found(night)).not.toContain(`order.refunds ${lost.id}`);
    expect(there(night.again).work).toMatchObject({ seen: { nightlyAt: new Date(s.state.now).toISOString() } });
    const untold = expect.objectContaining({ text: expect.stringMatching(/^BigCommerce did not list the refunds of the last two days/) });
    expect(night.told).toContainEqual(untold);
    const still = await next(night);
    expect(still.told ?? []).not.toContainEqual(untold);
    s.twins.world.faults.set([]);
    const well = await next(still);
    expect(found(well)).toContain(`order.refunds ${lost.id}`);
    s.asked.length = 0;
    await next(well);
    expect(s.asked.filter(({ url }) => url.includes("refunds"))).toEqual([]);
  });

  it("what is owed of refunds is known however the next sweep comes about: woken it forgets nothing, and looks back as far as none was listed", async () => {
    await next(await sweep());
    const lost = await place();
    await s.control(`/${STORE}/orders/${lost.id}/refund`, { amount: 1, only: "record" });
    await s.db.update(sweeps).set({ nightlyAt: "2026-01-01T00:00:00.000Z", refundsAt: "2025-12-20T02:00:00.000Z" });
    s.twins.world.faults.set([
      { peer: "bigcommerce", method: "GET", path: "/v3/orders/payment_actions/refunds", kind: "status", status: 503 },
    ]);
    await next(await sweep());
    s.twins.world.faults.set([]);
    s.asked.length = 0;
    // As a notice that was lost, or Setup, puts it: nothing of the former item is left.
    const woken = await sweep();
    expect(found(woken)).toContain(`order.refunds ${lost.id}`);
    expect(s.asked.map(({ url }) => new URL(url).searchParams.get("created:min")).filter(Boolean)).toEqual(["2025-12-20T01:50:00.000Z"]);
    expect(woken.told).toContainEqual(expect.objectContaining({ what: "back", text: "BigCommerce lists refunds again: none was missed." }));
    s.asked.length = 0;
    await next(woken);
    expect(s.asked.filter(({ url }) => url.includes("refunds"))).toEqual([]);
  });

  it.each([
    [503, { is: "later", strike: false }],
    [422, { is: "later", strike: false }],
    [403, { is: "blocked", again: { work: SWEEP } }],
  ])("BigCommerce answers %d: %j, and the sweeping goes on", async (status, outcome) => {
    s.twins.world.faults.set([{ peer: "bigcommerce", method: "GET", path: "/v2/orders", kind: "status", status }]);
    expect(await sweep()).toMatchObject(outcome);
  });

  it("orders are off: nothing is asked, it stays ready", async () => {
    const c = await context(s, noCin7);
    c.settings.document.orders.on = false;
    s.asked.length = 0;
    expect(await sweepOrders(c, SWEEP)).toMatchObject({ is: "done", again: { work: SWEEP } });
    expect(s.asked).toEqual([]);
  });
});
