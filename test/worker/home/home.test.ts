import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checklist, type FirstRunSoFar, isReady, NOTHING_YET } from "../../../worker/home/checklist.ts";
import { homeRoutes } from "../../../worker/home/routes.ts";
import { todayOf } from "../../../worker/home/today.ts";
import { raise } from "../../../worker/problems/store.ts";
import { defaults } from "../../../worker/settings/parts/compose.ts";
import { saveSettings } from "../../../worker/settings/store.ts";
import { addOrder, addStore, api, db, iso, NOW, ready, set, tenant } from "../../harness/api.ts";

afterEach(() => vi.restoreAllMocks());
const account = { company: "Harbour Trading Pty Ltd", currency: "AUD", timeZone: "Melbourne" };
const heard: FirstRunSoFar = { ...NOTHING_YET, heardBy: ["shop@example.com", "books@example.com"] };
const states = (steps: ReturnType<typeof checklist>) => Object.fromEntries(steps.map((s) => [s.id, s.state]));

describe("checklist (ui.md 10.3, M42)", () => {
  it("an address that is not confirmed keeps its step open and says what to do; without mail there is no code to wait for", () => {
    const step = (over: Partial<FirstRunSoFar>) =>
      checklist({ account, version: 0, settings: defaults() }, "UTC", { ...heard, ...over })[1];
    expect(step({})).toMatchObject({ state: "done", text: "shop@example.com and books@example.com." });
    expect(step({ unconfirmed: ["books@example.com"] })).toMatchObject({
      state: "todo",
      text: "Enter the code that was mailed to books@example.com. Until then nothing else is sent there.",
    });
    expect(step({ unconfirmed: ["books@example.com"], mail: false })?.state).toBe("done");
  });
  it("before Cin7 Core is connected everything else waits for it", () => {
    const steps = checklist({ account: null, version: 0, settings: defaults() }, "UTC");
    expect(steps).toHaveLength(12);
    expect(new Set(steps.slice(1).map((s) => s.state))).toEqual(new Set(["blocked"]));
    expect(steps[0]).toMatchObject({ state: "todo", to: "/setup/connection" });
  });
  it("connected: each step is open by itself, switching on is not", () => {
    const all = states(checklist({ account, version: 0, settings: defaults() }, "UTC"));
    expect(all).toEqual({
      connect: "done",
      alerts: "todo",
      "other-connection": "todo",
      "ship-from": "todo",
      "take-orders": "todo",
      tax: "todo",
      payments: "todo",
      charges: "todo",
      customer: "todo",
      trial: "blocked",
      "orders-on": "blocked",
      "open-orders": "blocked",
    });
  });
  it("what the start leaves outside is a step of its own: open once orders are on, done when a person decided (M21)", () => {
    const setUp = { account, version: 3, settings: ready((s) => [set("orders.on", true), set("orders.takeFrom", iso())].map((f) => f(s))) };
    const step = (openBy: string | null) => checklist(setUp, "UTC", { ...heard, openBy }).at(-1);
    expect(step(null)).toMatchObject({
      ...{ id: "open-orders", state: "todo", to: "/first-run/open-orders" },
      text: "Orders placed before 2026-11-21 09:00 stay out unless you choose them.",
    });
    expect(step("Ann")).toMatchObject({ state: "done", text: "Ann decided which of them come. Others can still be chosen." });
  });
  it("ready for the first order: payments may stay open (F47)", () => {
    const setUp = { account, version: 3, settings: ready() };
    expect([isReady(setUp), isReady(setUp, heard)]).toEqual([false, true]);
    expect(states(checklist(setUp, "UTC"))).toMatchObject({ "orders-on": "blocked", trial: "blocked" });
    expect(states(checklist(setUp, "UTC", heard))).toMatchObject({
      payments: "todo",
      "orders-on": "todo",
      trial: "todo",
      tax: "done",
      charges: "done",
    });
    const texts = Object.fromEntries(checklist(setUp, "UTC", heard).map((s) => [s.id, s.text]));
    expect(texts).toMatchObject({
      connect: "Harbour Trading Pty Ltd, AUD, Melbourne. Changes there are asked for once a minute, so no Automation module is needed.",
      "ship-from": "Sales ship from Main Warehouse.",
      tax: "1 of 1 tax classes matched.",
      charges: "3 of 9 charge items are in Cin7: orders that need another one are held.",
      "orders-on": "Everything that the first order needs is there.",
    });
  });
  it("orders may go on before an address is confirmed; beside the switch it says who hears nothing, before and after (docs/decisions/0035-who-frames-the-app.md)", () => {
    const setUp = { account, version: 3, settings: ready() };
    const on = { ...setUp, settings: { ...ready(), orders: { ...ready().orders, on: true } } };
    const said = (over: Partial<FirstRunSoFar>, of = setUp) =>
      checklist(of, "UTC", { ...heard, ...over }).find((s) => s.id === "orders-on")?.text;
    const unconfirmed = ["books@example.com"];
    expect(said({ unconfirmed })).toBe(
      "Everything that the first order needs is there. books@example.com is not confirmed yet and told of nothing until then.",
    );
    expect(said({ unconfirmed }, on)).toBe(
      "Orders go to Cin7 Core by themselves. books@example.com is not confirmed yet and told of nothing until then.",
    );
    expect(said({ unconfirmed: heard.heardBy })).toContain("shop@example.com and books@example.com are not confirmed yet");
    expect(said({ unconfirmed, mail: false })).toContain("Nobody is told by mail");
    expect(said({}, on)).toBe("Orders go to Cin7 Core by themselves.");
  });
  it("another connection blocks until it is off or quiet; a person who says so is named (M22)", () => {
    const setUp = { account, version: 3, settings: ready() };
    const found = [{ name: "Cin7's own integration", sales: 212, lastAt: iso() }];
    const running: FirstRunSoFar = { ...heard, other: { lookedAt: iso(), found, off: null, blocks: true } };
    expect(isReady(setUp, running)).toBe(false);
    const step = (first: FirstRunSoFar) => checklist(setUp, "UTC", first).find((s) => s.id === "other-connection");
    expect(step(running)).toMatchObject({ state: "todo", text: "Cin7's own integration sent 212 sales in 30 days. Switch it off first." });
    expect(states(checklist(setUp, "UTC", running))["orders-on"]).toBe("blocked");
    const off: FirstRunSoFar = { ...heard, other: { lookedAt: iso(), found, off: { by: "Robin", at: iso() }, blocks: false } };
    expect(step(off)).toMatchObject({ state: "done", text: expect.stringContaining("Robin said that it is switched off.") });
    expect(isReady(setUp, off)).toBe(true);
    expect(step({ ...heard, other: { lookedAt: iso(), found: [], off: null, blocks: false } })).toMatchObject({
      state: "done",
      text: "Nothing found.",
    });
  });
  it("the trial says how many totals tie", () => {
    const trial = (tried: FirstRunSoFar["tried"]) =>
      checklist({ account, version: 3, settings: ready() }, "UTC", { ...heard, tried }).find((s) => s.id === "trial");
    expect(trial({ orders: 20, tie: 20 })).toMatchObject({ state: "done", text: "20 of 20 totals tie." });
    expect(trial({ orders: 20, tie: 19 })).toMatchObject({ state: "todo", text: "19 of 20 totals tie." });
  });
  it("that a moment was chosen is said when somebody chose one, not when Setup was saved about something else", () => {
    const step = (change: Parameters<typeof ready>[0]) =>
      checklist({ account, version: 3, settings: ready(change) }, "UTC", heard).find((s) => s.id === "take-orders");
    expect(step(() => {})).toMatchObject({
      state: "todo",
      text: "Once the money counts as paid. From the moment you switch orders on. Nobody has chosen otherwise yet: it stays so when you switch orders on.",
    });
    expect(step(set("orders.captureWhen", "created"))).toMatchObject({
      state: "done",
      text: "As soon as the order is placed, paid or not. From the moment you switch orders on.",
    });
    expect(step(set("orders.takeFrom", "2026-11-01T00:00:00.000Z"))?.state).toBe("done");
    expect(step(set("orders.on", true))?.state).toBe("done");
  });
  it("a trial with nothing to try is not done, and once orders are on it is asked for no more", () => {
    const trial = (tried: FirstRunSoFar["tried"], settings = ready()) =>
      checklist({ account, version: 3, settings }, "UTC", { ...heard, tried }).find((s) => s.id === "trial");
    expect(trial({ orders: 0, tie: 0 })).toMatchObject({ state: "todo", text: "There was no order to try yet." });
    expect(trial(null, ready(set("orders.on", true)))).toBeUndefined();
    expect(trial({ orders: 2, tie: 2 }, ready(set("orders.on", true)))?.state).toBe("done");
  });
  it("on: done", () => {
    const settings = ready(set("orders.on", true));
    expect(states(checklist({ account, version: 3, settings }, "UTC"))["orders-on"]).toBe("done");
  });
});

it("today is counted by what became of the orders: each is in exactly one tile, so that the tiles add up to all of them (M54)", () => {
  expect(todayOf({ pending: 1, sending: 2, held: 3, sent: 4, failed: 5, "not-taken": 6 })).toEqual({
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
    await saveSettings(db(), tenant(), {
      basedOn: 0,
      settings: ready(set("orders.on", true)),
      changes: [],
      by: "x",
      at: iso(),
      lookBefore: false,
    });
    const { get } = await api(homeRoutes, store, { role: "view" });
    const { body } = await get("/home");
    expect(body).toMatchObject({
      ready: true,
      ordersOn: true,
      header: { attention: 1, waiting: 1, held: 1, lastOrderAt: iso(NOW), clearsAt: null, down: [] },
      today: { inCin7: 0, held: 1, waiting: 1, notTaken: 0 },
      meter: null,
    });
    expect(body.recent.map((r: { id: number }) => r.id)).toEqual([3, 2, 1]);
    expect(body.recent.map((r: { problems: number }) => r.problems)).toEqual([0, 1, 0]);
    expect((await get("/header")).body).toEqual(body.header);
  });

  it("shows how many of Cin7's calls are used, and when the last one goes while orders wait", async () => {
    const meter = {
      used: 55,
      quota: 55,
      windowMs: 60_000,
      waitingCalls: 90,
      clearsAt: iso(NOW + 120_000),
      demand: [{ cls: "order" as const, want: 90 }],
    };
    const store = await addStore();
    const waits = new Map([
      [1, { why: "", at: iso(NOW + 60_000) }],
      [2, { why: "Cin7 Core does not answer.", at: iso(NOW + 30_000) }],
    ]);
    const { get } = await api(homeRoutes, store, { meter, calls: 120, waits });
    expect((await get("/home")).body.meter).toEqual({ ...meter, demand: [{ label: "Orders", calls: 90 }] });
    expect((await get("/header")).body.clearsAt).toBeNull();
    await addOrder(1, { state: "pending" });
    await addOrder(2, { state: "sending" });
    await addOrder(3, { state: "pending", note: "Waits for its turn to go to Cin7 Core." });
    expect((await get("/header")).body.clearsAt).toBe(iso(NOW + 120_000));
    // Each says what the queue knows of it (N9, F140).
    expect((await get("/home")).body.recent.map((row: { note: unknown }) => row.note)).toEqual([
      { is: "said", text: "Waits for its turn to go to Cin7 Core." },
      { is: "again", at: iso(NOW + 30_000), why: "Cin7 Core does not answer" },
      { is: "turn", at: iso(NOW + 60_000) },
    ]);
  });

  it("a store that is not connected yet shows its checklist", async () => {
    const { get } = await api(homeRoutes, await addStore("alone1", null), { role: "view" });
    const { body } = await get("/home");
    expect(body).toMatchObject({ ready: false, ordersOn: false, meter: null, recent: [] });
    expect(body.checklist[0].state).toBe("todo");
  });
});
