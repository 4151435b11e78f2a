import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type Connected, openPanel } from "../../../scripts/connect.ts";
import { rankOf } from "../../../worker/cin7/priority.ts";
import type { OrderDetail } from "../../../worker/contract/index.ts";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import { open } from "../../../worker/lib/db/open.ts";
import { accountKeys, stores, sweeps } from "../../../worker/lib/db/schema/tables.ts";
import { PLACE, type World, world } from "../../harness/world.ts";

/** No work of a store that is leaving, or has left and come back, is dropped (N20, M54, M55). */
let w: World;
let c: Connected;
const db = open(env);
beforeEach(async () => {
  w = world();
  c = await w.connect();
}, 30_000);

const inbox = () => env.INBOX.getByName(`store:${c.store}`) as unknown as InboxStub;
const money = async () => (await inbox().status()).demand[String(rankOf("money"))] ?? 0;
// biome-ignore lint/suspicious/noExplicitAny: the twin's sales, judged by their content
type Any = any;
const saleOf = (id: number): Any =>
  Object.values((w.twins.cin7.state() as Any).accounts[c.account].sales).find((sale: Any) => sale.ExternalID === `ls:${c.store}:${id}:g1`);
const paymentsOf = (id: number) => saleOf(id)?.Invoices.flatMap((invoice: { Payments: unknown[] }) => invoice.Payments).length;
const stagesOf = async (id: number) => (await c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`)).order.stages;

/** Sent and invoiced; its payment meets a Cin7 that does not answer, so the rest of it waits. */
async function halfDone(): Promise<number> {
  await w.control("/faults", [
    { peer: "cin7", method: "POST", path: "/sale/payment", kind: "status", status: 503, when: "before", times: 99 },
  ]);
  const id = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await w.put(c.store, [{ kind: "order.changed", orderId: id }]);
  await w.put(c.store, []);
  expect([await stagesOf(id), paymentsOf(id), await money()]).toEqual([expect.arrayContaining(["invoiced"]), 0, 1]);
  await w.control("/faults", []);
  return id;
}

describe("a sale that is invoiced and not paid yet", () => {
  it("is asked for while its store is being disconnected: it waits, and goes on when the store is connected again before the end", async () => {
    const id = await halfDone();
    await c.panel("POST", `/api/stores/${c.store}/disconnect`, { confirm: c.store, choice: "keep-links" });
    await w.put(c.store, [{ kind: "order.money", orderId: id }]);
    expect([await money(), paymentsOf(id)]).toEqual([1, 0]);
    c.panel = await openPanel(PLACE, c.store, "install");
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect([paymentsOf(id), await stagesOf(id)]).toEqual([1, expect.arrayContaining(["paid"])]);
  }, 60_000);

  it("was lost with the queue, and the store's token was refused: installed again, it goes on", async () => {
    const id = await halfDone();
    await db.update(stores).set({ state: "reconnect", hooksCheckedAt: null }).where(eq(stores.hash, c.store));
    await w.forget(c.store);
    c.panel = await openPanel(PLACE, c.store, "install");
    await w.run(c.store, []);
    expect([paymentsOf(id), await stagesOf(id)]).toEqual([1, expect.arrayContaining(["paid"])]);
  }, 60_000);

  it("was lost, for whatever reason: the night asks it, and what is whole costs no look", async () => {
    const whole = await w.order(c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 2 }] });
    await w.run(c.store, [{ kind: "order.changed", orderId: whole }, { kind: "orders.sweep" }]);
    const id = await halfDone();
    await w.forget(c.store);
    await w.run(c.store, [{ kind: "orders.sweep" }]);
    expect(paymentsOf(id)).toBe(0);
    const seen = { seenTo: new Date().toISOString(), line: "2026-01-01T00:00:00.000Z", nightlyAt: "2026-01-01T00:00:00.000Z" };
    await db.insert(sweeps).values({ storeHash: c.store, accountId: c.account, ...seen });
    w.twins.world.trace.clear();
    await w.run(c.store, [{ kind: "orders.sweep" }]);
    expect([paymentsOf(id), await stagesOf(id)]).toEqual([1, expect.arrayContaining(["paid"])]);
    const asked = w.twins.world.trace.all().filter((e) => e.peer === "cin7" && e.url.includes(saleOf(whole).ID));
    expect(asked).toEqual([]);
  }, 60_000);

  it("waits for an application key where its account has none just now", async () => {
    const id = await halfDone();
    await db.update(accountKeys).set({ active: false });
    await w.put(c.store, [{ kind: "order.money", orderId: id }]);
    expect(await money()).toBe(1);
    await db.update(accountKeys).set({ active: true });
    await w.run(c.store, [{ kind: "order.money", orderId: id }]);
    expect(paymentsOf(id)).toBe(1);
  }, 60_000);
});
