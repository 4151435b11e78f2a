import { describe, expect, it } from "vitest";
import { clearsAt, type Demand, decide, type QuotaState } from "../../worker/cin7/quota.ts";

const LIMITS = { calls: 55, windowMs: 60_000 };
const NOW = 1_000_000;
const calls = (n: number, at = NOW - 1000, store = "a") => Array.from({ length: n }, (_, i) => ({ at: at + i, store }));
const state = (more: Partial<QuotaState> = {}): QuotaState => ({ calls: [], demand: [], closedUntil: 0, ...more });
const demand = (cls: Demand["cls"], store: string, want: number): Demand => ({ cls, store, want, at: NOW - 10 });

describe("sixty calls a minute, 55 of them ours (design 6; cin7-core.md 1.2)", () => {
  it("grants until the window is full, then says when the oldest call leaves it", () => {
    expect(decide(state({ calls: calls(54) }), { cls: "order", store: "a", want: 1 }, LIMITS, NOW).granted).toBe(true);
    const full = decide(state({ calls: calls(55) }), { cls: "order", store: "a", want: 1 }, LIMITS, NOW);
    expect(full).toEqual({ granted: false, at: NOW - 1000 + 60_000 });
  });

  it("calls that left the window count no more", () => {
    expect(decide(state({ calls: calls(55, NOW - 60_100) }), { cls: "order", store: "a", want: 1 }, LIMITS, NOW).granted).toBe(true);
  });

  it("a lower class gets what is left after the demand of higher ones", () => {
    const waiting = state({ calls: calls(45), demand: [demand("order", "a", 10)] });
    expect(decide(waiting, { cls: "money", store: "a", want: 1 }, LIMITS, NOW).granted).toBe(false);
    expect(decide(waiting, { cls: "order", store: "a", want: 10 }, LIMITS, NOW).granted).toBe(true);
    expect(
      decide(state({ calls: calls(40), demand: [demand("order", "a", 10)] }), { cls: "money", store: "a", want: 1 }, LIMITS, NOW).granted,
    ).toBe(true);
  });

  it("the sweep always gets its calls, however much waits above it", () => {
    const busy = state({ calls: calls(50), demand: [demand("order", "a", 1000)] });
    expect(decide(busy, { cls: "sweep", store: "a", want: 1 }, LIMITS, NOW).granted).toBe(true);
    expect(decide(busy, { cls: "money", store: "a", want: 1 }, LIMITS, NOW).granted).toBe(false);
  });

  it("a store with a thousand orders waiting leaves room for the single order of another", () => {
    const both = state({ calls: calls(54, NOW - 1000, "big"), demand: [demand("order", "big", 1000), demand("order", "small", 1)] });
    expect(decide(both, { cls: "order", store: "big", want: 1000 }, LIMITS, NOW).granted).toBe(false);
    expect(decide(both, { cls: "order", store: "small", want: 1 }, LIMITS, NOW).granted).toBe(true);
  });

  it("when every store had its share, the last calls are not kept back from anybody", () => {
    const even = [...calls(27, NOW - 1000, "a"), ...calls(27, NOW - 900, "b")];
    const both = state({ calls: even, demand: [demand("order", "a", 9), demand("order", "b", 9)] });
    const granted = ["a", "b"].filter((store) => decide(both, { cls: "order", store, want: 9 }, LIMITS, NOW).granted);
    expect(granted).not.toEqual([]);
  });

  it("after a throttle it is closed for everyone until the window has passed", () => {
    expect(decide(state({ closedUntil: NOW + 9 }), { cls: "cancel", store: "a", want: 1 }, LIMITS, NOW)).toEqual({
      granted: false,
      at: NOW + 9,
    });
  });

  it("says when a backlog clears: whole windows after the free calls are used", () => {
    expect(clearsAt(state(), 0, LIMITS, NOW)).toBeNull();
    expect(clearsAt(state(), 55, LIMITS, NOW)).toBe(NOW);
    expect(clearsAt(state(), 56, LIMITS, NOW)).toBe(NOW + 60_000);
    expect(clearsAt(state({ calls: calls(55) }), 110, LIMITS, NOW)).toBe(NOW + 120_000);
  });
});
