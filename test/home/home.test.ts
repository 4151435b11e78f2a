import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { raise } from "../../worker/exceptions/store.ts";
import { checklist, isReady } from "../../worker/home/checklist.ts";
import { homeRoutes } from "../../worker/home/routes.ts";
import { todayOf } from "../../worker/home/today.ts";
import { defaults } from "../../worker/settings/document.ts";
import { saveSettings } from "../../worker/settings/store.ts";
import { addOrder, addStore, api, db, iso, NOW, ready, set, tenant } from "../settings/api.ts";

afterEach(() => vi.restoreAllMocks());
const account = { company: "Harbour Trading Pty Ltd", currency: "AUD", timeZone: "Melbourne" };
const states = (steps: ReturnType<typeof checklist>) => Object.fromEntries(steps.map((s) => [s.id, s.state]));

describe("checklist (ui.md 10.3, M42)", () => {
  it("before Cin7 Core is connected everything else waits for it", () => {
    const steps = checklist({ account: null, version: 0, settings: defaults() }, "UTC");
    expect(steps).toHaveLength(8);
    expect(new Set(steps.slice(1).map((s) => s.state))).toEqual(new Set(["blocked"]));
    expect(steps[0]).toMatchObject({ state: "todo", to: "/setup/connection" });
  });
  it("connected: each step is open by itself, switching on is not", () => {
    const all = states(checklist({ account, version: 0, settings: defaults() }, "UTC"));
    expect(all).toEqual({
      connect: "done",
      "ship-from": "todo",
      "take-orders": "todo",
      tax: "todo",
      payments: "todo",
      charges: "todo",
      customer: "todo",
      "orders-on": "blocked",
    });
  });
  it("ready for the first order: payments may stay open (F47)", () => {
    const setUp = { account, version: 3, settings: ready() };
    expect(isReady(setUp)).toBe(true);
    expect(states(checklist(setUp, "UTC"))).toMatchObject({ payments: "todo", "orders-on": "todo", tax: "done", charges: "done" });
    const texts = Object.fromEntries(checklist(setUp, "UTC").map((s) => [s.id, s.text]));
    expect(texts).toMatchObject({
      connect: "Harbour Trading Pty Ltd, AUD, Melbourne.",
      "ship-from": "Sales ship from Main Warehouse.",
      tax: "1 of 1 tax classes matched.",
      charges: "3 of 9 charge items are in Cin7: orders that need another one are held.",
      "orders-on": "Everything that the first order needs is there.",
    });
  });
  it("on: done", () => {
    const settings = ready(set("orders.on", true));
    expect(states(checklist({ account, version: 3, settings }, "UTC"))["orders-on"]).toBe("done");
  });
});

it("today is counted by what became of the orders", () => {
  expect(todayOf({ pending: 1, sending: 2, held: 3, sent: 4, failed: 5, "not-taken": 6 })).toEqual({
    taken: 15,
    inCin7: 4,
    held: 8,
    waiting: 3,
    notTaken: 6,
  });
});

describe("GET home and header", () => {
  beforeEach(async () => void (await addStore("zzz999")));

  it("counts this store's orders only, today by the store's own day", async () => {
    const store = await addStore();
    // 20:00 in Melbourne on 21 November; its day began at 13:00 UTC on the 20th.
    await addOrder(1, { state: "sent", placedAt: "2026-11-20T12:59:59.000Z", saleNumber: "SO-1" });
    await addOrder(2, { state: "held", placedAt: "2026-11-20T13:00:00.000Z" });
    await addOrder(3, { state: "pending" });
    await addOrder(9, { storeHash: "zzz999", state: "held" });
    await raise(db(), tenant(), [{ kind: "cin7-denied" }], 2, iso());
    await raise(db(), tenant("zzz999"), [{ kind: "cin7-denied" }], null, iso());
    await saveSettings(db(), tenant(), { basedOn: 0, settings: ready(set("orders.on", true)), changes: [], by: "x", at: iso() });
    const { get } = await api(homeRoutes, store, { role: "view" });
    const { body } = await get("/home");
    expect(body).toMatchObject({
      ready: true,
      ordersOn: true,
      header: { attention: 1, waiting: 1, held: 1, lastOrderAt: iso(NOW), clearsAt: null, down: [] },
      today: { taken: 2, inCin7: 0, held: 1, waiting: 1, notTaken: 0 },
      meter: null,
    });
    expect(body.recent.map((r: { id: number }) => r.id)).toEqual([3, 2, 1]);
    expect(body.recent.map((r: { problems: number }) => r.problems)).toEqual([0, 1, 0]);
    expect((await get("/header")).body).toEqual(body.header);
  });

  it("shows how many of Cin7's calls are used, and when the last one goes while orders wait", async () => {
    const meter = { used: 55, quota: 55, windowMs: 60_000, waitingCalls: 90, clearsAt: iso(NOW + 120_000) };
    const store = await addStore();
    const { get } = await api(homeRoutes, store, { meter });
    expect((await get("/home")).body.meter).toEqual(meter);
    expect((await get("/header")).body.clearsAt).toBeNull();
    await addOrder(1, { state: "pending" });
    expect((await get("/header")).body.clearsAt).toBe(iso(NOW + 120_000));
  });

  it("a store that is not connected yet shows its checklist", async () => {
    const { get } = await api(homeRoutes, await addStore("alone1", null), { role: "view" });
    const { body } = await get("/home");
    expect(body).toMatchObject({ ready: false, ordersOn: false, meter: null, recent: [] });
    expect(body.checklist[0].state).toBe("todo");
  });
});
