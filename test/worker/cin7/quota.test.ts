import { describe, expect, it } from "vitest";
import { clearsAt, type Demand, decide, goesAt, type QuotaState } from "../../../worker/cin7/quota.ts";
import { simulate } from "./window.ts";

const LIMITS = { calls: 55, windowMs: 60_000 };
const NOW = 1_000_000;
const calls = (n: number, at = NOW - 1000, store = "a", cls: Demand["cls"] = "order") =>
  Array.from({ length: n }, (_, i) => ({ at: at + i, store, cls }));
const state = (more: Partial<QuotaState> = {}): QuotaState => ({ calls: [], demand: [], closedUntil: 0, ...more });
const demand = (cls: Demand["cls"], store: string, want: number): Demand => ({ cls, store, want, at: NOW - 10 });

describe("sixty calls a minute, 55 of them ours (design 6; cin7-core.md 1.2)", () => {
  it("grants until the window is full, then says when the oldest call leaves it", () => {
    expect(decide(state({ calls: calls(54) }), { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
    const full = decide(state({ calls: calls(55) }), { cls: "order", store: "a", size: 1 }, LIMITS, NOW);
    expect(full).toEqual({ granted: false, at: NOW - 1000 + 60_000 });
  });

  it("calls that left the window count no more", () => {
    expect(decide(state({ calls: calls(55, NOW - 60_100) }), { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
  });

  it("a lower class gets what is left after the demand of higher ones", () => {
    const waiting = state({ calls: calls(45), demand: [demand("order", "a", 10)] });
    expect(decide(waiting, { cls: "money", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(false);
    expect(decide(waiting, { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
    expect(
      decide(state({ calls: calls(40), demand: [demand("order", "a", 10)] }), { cls: "money", store: "a", size: 1 }, LIMITS, NOW).granted,
    ).toBe(true);
  });

  it("the sweep always gets its calls, however much waits above it", () => {
    const busy = state({ calls: calls(50), demand: [demand("order", "a", 1000)] });
    expect(decide(busy, { cls: "sweep", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
    expect(decide(busy, { cls: "money", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(false);
  });

  it("a store with a thousand orders waiting leaves room for the single order of another", () => {
    const both = state({ calls: calls(54, NOW - 1000, "big"), demand: [demand("order", "big", 1000), demand("order", "small", 1)] });
    expect(decide(both, { cls: "order", store: "big", size: 1 }, LIMITS, NOW).granted).toBe(false);
    expect(decide(both, { cls: "order", store: "small", size: 1 }, LIMITS, NOW).granted).toBe(true);
  });

  it("when every store had its share, the last calls are not kept back from anybody", () => {
    const even = [...calls(27, NOW - 1000, "a"), ...calls(27, NOW - 900, "b")];
    const both = state({ calls: even, demand: [demand("order", "a", 9), demand("order", "b", 9)] });
    const granted = ["a", "b"].filter((store) => decide(both, { cls: "order", store, size: 1 }, LIMITS, NOW).granted);
    expect(granted).not.toEqual([]);
  });

  it("an item begins only when all its calls find room, so that no sale is left without its order", () => {
    const one = state({ calls: calls(54) });
    expect(decide(one, { cls: "order", store: "a", size: 2 }, LIMITS, NOW)).toEqual({ granted: false, at: NOW - 1000 + 60_000 });
    expect(decide(one, { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
  });

  it("what has begun keeps its calls: nothing begins in their place, and itself goes on", () => {
    const begun = [{ store: "a", key: "order.send:1", calls: 1, at: NOW - 100 }];
    const two = state({ calls: calls(53), begun });
    expect(decide(two, { cls: "order", store: "b", size: 2 }, LIMITS, NOW).granted).toBe(false);
    expect(decide(two, { cls: "order", store: "a", size: 1, begun: true }, LIMITS, NOW).granted).toBe(true);
    // Whoever told it has nothing left to ask: after a sixth of the window it is forgotten.
    const old = state({ calls: calls(53), begun: [{ store: "a", key: "order.send:1", calls: 1, at: NOW - 10_001 }] });
    expect(decide(old, { cls: "order", store: "b", size: 2 }, LIMITS, NOW).granted).toBe(true);
  });

  it("says with each permit when the next item of the class finds room", () => {
    const next = (used: number) => decide(state({ calls: calls(used) }), { cls: "order", store: "a", size: 2 }, LIMITS, NOW);
    expect(next(51)).toEqual({ granted: true, next: NOW });
    expect(next(52)).toEqual({ granted: true, next: NOW - 1000 + 60_000 });
    expect(next(53)).toEqual({ granted: true, next: NOW - 1000 + 1 + 60_000 });
  });

  it("calls are kept for a sweep that waits, and for no other", () => {
    const waits = state({ calls: calls(54), demand: [demand("sweep", "account", 1)] });
    expect(decide(waits, { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(false);
    const had = state({ calls: [...calls(52), ...calls(2, NOW - 500, "account", "sweep")], demand: [demand("sweep", "account", 1)] });
    expect(decide(had, { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
  });

  it("after a throttle it is closed for everyone until the window has passed", () => {
    expect(decide(state({ closedUntil: NOW + 9 }), { cls: "cancel", store: "a", size: 1 }, LIMITS, NOW)).toEqual({
      granted: false,
      at: NOW + 9,
    });
  });

  it("says when a backlog clears: whole windows after the free calls are used", () => {
    expect(clearsAt(state(), 0, LIMITS, NOW)).toBeNull();
    expect(clearsAt(state(), 55, LIMITS, NOW)).toBe(NOW);
    expect(clearsAt(state(), 56, LIMITS, NOW)).toBe(NOW + 60_000);
    expect(clearsAt(state({ calls: calls(55) }), 110, LIMITS, NOW)).toBe(NOW - 1000 + 54 + 120_000);
  });
});

describe("a person's click has a small sure share (docs/decisions/0039)", () => {
  const person = { cls: "order" as const, store: "person:a", size: 1, person: true };
  const busy = demand("order", "a", 1000);
  const shared = (n: number, at = NOW - 900) => calls(n, at, "person:a").map((call) => ({ ...call, cls: "person" as const }));

  it("goes through when all calls of the window are used and a thousand orders wait; an order does not", () => {
    const full = state({ calls: calls(55), demand: [busy] });
    expect(decide(full, person, LIMITS, NOW)).toEqual({ granted: true, next: NOW, shared: true });
    expect(decide(full, { ...person, person: false }, LIMITS, NOW).granted).toBe(false);
  });

  it("while there is room in turn the share is left for when there is none", () => {
    expect(decide(state({ calls: calls(10) }), person, LIMITS, NOW)).toMatchObject({ granted: true });
    expect(decide(state({ calls: calls(10) }), person, LIMITS, NOW)).not.toHaveProperty("shared");
  });

  it("used up, it names the moment at which one of its calls is back, and then there is room whatever came meanwhile", () => {
    const used = [...calls(55), ...shared(4)];
    const refused = decide(state({ calls: used, demand: [busy] }), person, LIMITS, NOW);
    expect(refused).toEqual({ granted: false, at: NOW - 900 + 60_000 });
    const at = NOW - 900 + 60_000;
    // The window is full of others' calls again.
    const then = [...shared(4), ...calls(55, at - 5000)];
    expect(decide(state({ calls: then, demand: [{ ...busy, at }] }), person, LIMITS, at).granted).toBe(true);
  });

  it("counts like every call: work goes on when the window is down to its limit, so that sixty are never reached", () => {
    const over = [...calls(53), ...shared(4)];
    expect(decide(state({ calls: over }), { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(false);
    expect(decide(state({ calls: over.slice(3) }), { cls: "order", store: "a", size: 1 }, LIMITS, NOW).granted).toBe(true);
    expect(decide(state({ calls: [...calls(59)] }), person, { calls: 59, windowMs: 60_000 }, NOW).granted).toBe(false);
  });
});

describe("in turn among stores and classes, simulated (design 6, K15)", () => {
  const order = (store: string, calls: number, from = 0) => ({ store, cls: "order" as const, calls, from });

  it("a single order of another store goes within two windows beside a thousand orders of one", () => {
    const run = simulate(
      [order("big", 2000), ...["b", "c", "d"].map((s) => order(s, 40, 3000)), order("single", 2, 20_000)],
      LIMITS,
      300_000,
    );
    const own = run.granted.filter((call) => call.store === "single");
    expect(own).toHaveLength(2);
    expect((own[1]?.at ?? 0) - 20_000).toBeLessThan(2 * LIMITS.windowMs);
    // Nobody is starved, and nothing is wasted: every window is used up.
    const inFive = run.granted.filter((call) => call.at < 300_000).length;
    expect(inFive).toBeGreaterThan(LIMITS.calls * 5 * 0.95);
  });

  it("at the real quota nothing of what is possible is lost: 300 orders of four calls, each begun item whole", () => {
    const money = { store: "a", cls: "money" as const, calls: 600, from: 0 };
    const run = simulate([order("a", 600), money], LIMITS, 3_000_000);
    expect(run.granted).toHaveLength(1200);
    // 54 of 55: the odd call of a window waits for its pair, or for a sweep.
    expect(Math.max(...run.granted.map((call) => call.at))).toBeLessThan((1200 / 54) * LIMITS.windowMs);
    expect(Math.min(...run.granted.filter((call) => call.cls === "money").map((call) => call.at))).toBeGreaterThanOrEqual(
      Math.max(...run.granted.filter((call) => call.cls === "order").map((call) => call.at)),
    );
    expect(run.asks / run.granted.length).toBeLessThan(1.3);
  });

  it("never more than its calls in any window, and few asks for each call", () => {
    const run = simulate([order("a", 300), order("b", 300)], LIMITS, 300_000);
    for (const { at } of run.granted) {
      const within = run.granted.filter((call) => call.at > at - LIMITS.windowMs && call.at <= at).length;
      expect(within).toBeLessThanOrEqual(LIMITS.calls);
    }
    expect(run.asks / run.granted.length).toBeLessThan(1.5);
  });

  it("the sweep gets its two a minute under any load; invoices wait until every order is authorised", () => {
    const sweep = { store: "account", cls: "sweep" as const, calls: 8, from: 100, latency: 30_000, size: 1 };
    const money = { store: "a", cls: "money" as const, calls: 100, from: 5000 };
    const run = simulate([order("a", 200), money, sweep], LIMITS, 400_000);
    const lastOrder = Math.max(...run.granted.filter((call) => call.cls === "order").map((call) => call.at));
    const firstMoney = Math.min(...run.granted.filter((call) => call.cls === "money").map((call) => call.at));
    // The last order has its room when the first invoice takes what is left.
    expect(firstMoney).toBeGreaterThan(lastOrder - 300);
    const sweeps = run.granted.filter((call) => call.cls === "sweep").map((call) => call.at);
    expect(sweeps.filter((at) => at < 180_000).length).toBeGreaterThanOrEqual(5);
  });
});

describe("sent at about (N9)", () => {
  it.each([
    ["one store", [{ store: "a", cls: "order" as const, calls: 400, from: 0 }]],
    [
      "two stores, and invoices behind",
      [
        { store: "a", cls: "order" as const, calls: 400, from: 0 },
        { store: "b", cls: "order" as const, calls: 90, from: 0 },
        { store: "a", cls: "money" as const, calls: 300, from: 0 },
      ],
    ],
  ])("%s: the estimate is off by less than a tenth of the wait", (_, askers) => {
    const run = simulate(askers, LIMITS, 1_200_000);
    const now = 20_000;
    const state = run.stateAt(now);
    const mine = run.granted.filter((call) => call.store === "a" && call.cls === "order");
    const gone = mine.filter((call) => call.at <= now).length;
    const errors: number[] = [];
    for (let n = 2; gone + n <= mine.length; n += 2) {
      const actual = mine[gone + n - 1]?.at ?? 0;
      const said = goesAt(state, { cls: "order", store: "a" }, n, LIMITS, now);
      // Below a window the wait is a matter of seconds: measured against a window.
      errors.push(Math.abs(said - actual) / Math.max(actual - now, LIMITS.windowMs));
    }
    const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
    expect(mean).toBeLessThan(0.1);
    expect(errors.filter((error) => error > 0.1).length / errors.length).toBeLessThan(0.1);
  });

  it("what can go now goes now; after a throttle not before it is open again", () => {
    expect(goesAt(state(), { cls: "order", store: "a" }, 2, LIMITS, NOW)).toBe(NOW);
    expect(goesAt(state({ closedUntil: NOW + 5000 }), { cls: "order", store: "a" }, 2, LIMITS, NOW)).toBe(NOW + 5000);
  });
});
