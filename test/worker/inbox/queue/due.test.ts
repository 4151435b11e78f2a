import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { rankOf } from "../../../../worker/cin7/priority.ts";
import type { Side } from "../../../../worker/inbox/breaker.ts";
import { ITS_TURN } from "../../../../worker/inbox/outcome.ts";
import { demand, nextAlarm, nextDue } from "../../../../worker/inbox/queue/due.ts";
import * as queue from "../../../../worker/inbox/queue/items.ts";
import { callsAhead, placesOf, waiting } from "../../../../worker/inbox/queue/places.ts";
import { answered, awayToTell, breakerOf, giveBackProbe, meet, sidesDown, takeProbe, trouble } from "../../../../worker/inbox/sides.ts";
import { asksAs, type Work } from "../../../../worker/inbox/work.ts";

/** The queue's own statements on a real SQLite of a Durable Object; the clock is the test's. */
const NOW = 1_000_000;
const inQueue = <T>(run: (sql: SqlStorage) => T): Promise<T> =>
  runInDurableObject(env.INBOX.getByName(`store:queue${Math.random().toString(36).slice(2, 8)}`), (_, state) => run(state.storage.sql));
const put = (sql: SqlStorage, ...works: Work[]) => {
  works.forEach((work, i) => void queue.put(sql, work, NOW, NOW + i));
};
const order = (orderId: number): Work => ({ kind: "order.send", orderId });
const changed = (orderId: number): Work => ({ kind: "order.changed", orderId });
/** As an alarm does: what is due now, each once. */
const runnable = (sql: SqlStorage, now: number): string[] => {
  const keys: string[] = [];
  const lanes: string[] = [];
  for (;;) {
    const row = nextDue(sql, now, lanes);
    if (!row) return keys;
    takeProbe(sql, row.work, now, 1);
    keys.push(row.key);
    lanes.push(row.lane);
  }
};
const dueOf = (sql: SqlStorage, key: string) =>
  sql.exec<{ due: number; why: string }>("SELECT due, why FROM work WHERE key = ?", key).one();

it("a side that is away: nothing that needs it runs but one probe in half a minute; the rest goes on (K10)", () =>
  inQueue((sql) => {
    put(sql, order(1), order(2), order(3), changed(4));
    for (let i = 0; i < 3; i++) trouble(sql, "Cin7 Core", NOW, 1);
    expect(runnable(sql, NOW)).toEqual(["order.changed:4"]);
    expect(placesOf(sql, [2], NOW)).toMatchObject([{ due: NOW + 30_000, why: "Cin7 Core does not answer." }]);
    expect(nextAlarm(sql, NOW)).toBe(NOW);
    expect(demand(sql, NOW)).toEqual({ order: 2 });
    expect(sidesDown(sql)).toMatchObject([{ side: "Cin7 Core", since: new Date(NOW).toISOString() }]);
    queue.remove(sql, "order.changed:4", 1);
    expect(nextAlarm(sql, NOW)).toBe(NOW + 30_000);
    expect(runnable(sql, NOW + 30_000)).toEqual(["order.send:1"]);
    expect(runnable(sql, NOW + 30_001)).toEqual([]);
  }));

it("a side that refuses our key is not said to be silent: whoever must act is told so, and by its own problem only", () =>
  inQueue((sql) => {
    put(sql, order(1), order(2));
    const met = { asked: new Set<Side>(), troubled: new Set<Side>(), back: [] };
    for (let i = 0; i < 3; i++) meet(sql, met, { side: "Cin7 Core", is: "denied" }, NOW, 1);
    expect(sidesDown(sql)).toMatchObject([{ side: "Cin7 Core", refuses: true, why: "Cin7 Core does not let us in." }]);
    expect(placesOf(sql, [2], NOW)).toMatchObject([{ why: "Cin7 Core does not let us in." }]);
    expect(awayToTell(sql, NOW + 600_000, 1), "it is told as a refused key").toEqual([]);
    // The probe asks again and is refused again: the same is said.
    expect(runnable(sql, NOW + 30_000)).toEqual(["order.send:1"]);
    expect(sidesDown(sql)).toMatchObject([{ refuses: true }]);
    // Now it is silent: that is another thing.
    meet(sql, met, { side: "Cin7 Core", is: "trouble" }, NOW + 30_000, 1);
    expect(sidesDown(sql)[0]).not.toHaveProperty("refuses");
    expect(awayToTell(sql, NOW + 600_000, 1)).toHaveLength(1);
  }));

it("a probe that asked the side nothing leaves its place to the next", () =>
  inQueue((sql) => {
    put(sql, order(1), order(2));
    for (let i = 0; i < 3; i++) trouble(sql, "Cin7 Core", NOW, 1);
    expect(runnable(sql, NOW + 30_000)).toEqual(["order.send:1"]);
    queue.remove(sql, "order.send:1", 1);
    giveBackProbe(sql, "Cin7 Core", NOW + 30_000);
    expect(runnable(sql, NOW + 30_000)).toEqual(["order.send:2"]);
  }));

it("the first answer makes everything due that waited for that side, and nothing else", () =>
  inQueue((sql) => {
    put(sql, order(1), order(2));
    queue.defer(sql, "order.send:1", 1, { due: NOW + 300_000, attempts: 9, strikes: 0, why: "x", parked: false }, "Cin7 Core");
    queue.put(sql, changed(3), NOW + 60_000, NOW);
    for (let i = 0; i < 3; i++) trouble(sql, "Cin7 Core", NOW, 1);
    expect(runnable(sql, NOW + 5000)).toEqual([]);
    expect(answered(sql, "Cin7 Core", NOW + 5000)).toMatchObject({ troubles: 3, told: false });
    expect(dueOf(sql, "order.send:1")).toEqual({ due: NOW + 5000, why: "" });
    expect(runnable(sql, NOW + 5000)).toEqual(["order.send:1", "order.send:2"]);
    expect(dueOf(sql, "order.changed:3").due).toBe(NOW + 60_000);
    expect(breakerOf(sql, "Cin7 Core")).toBeNull();
    expect(answered(sql, "Cin7 Core", NOW)).toBeNull();
  }));

it("a class that the gate holds begins nothing in vain, in one row; reading orders goes on (design 6)", () =>
  inQueue((sql) => {
    put(sql, order(1), order(2), changed(3), { kind: "sale.check", orderId: 4 });
    queue.hold(sql, "order", NOW + 9000);
    expect(runnable(sql, NOW)).toEqual(["order.changed:3", "sale.check:4"]);
    expect(dueOf(sql, "order.send:2")).toEqual({ due: NOW, why: "" });
    expect(placesOf(sql, [2], NOW)).toEqual([{ orderId: 2, due: NOW + 9000, why: "", calls: 4 }]);
    queue.remove(sql, "order.changed:3", 1);
    queue.remove(sql, "sale.check:4", 1);
    expect(nextAlarm(sql, NOW)).toBe(NOW + 9000);
    expect(runnable(sql, NOW + 9000)).toEqual(["order.send:1", "order.send:2"]);
    queue.hold(sql, "order", 0);
    expect(runnable(sql, NOW)).toEqual(["order.send:1", "order.send:2"]);
  }));

it("where room is scarce nothing of a lower class begins before what waits above it, but sweeps (design 6)", () =>
  inQueue((sql) => {
    put(sql, { kind: "order.money", orderId: 1 }, order(2), { kind: "sale.check", orderId: 3 }, { kind: "order.seen", orderId: 4 });
    expect(runnable(sql, NOW)).toEqual(["order.send:2", "order.money:1", "sale.check:3", "order.seen:4"]);
    queue.hold(sql, "order", NOW + 9000);
    expect(runnable(sql, NOW)).toEqual(["sale.check:3", "order.seen:4"]);
    queue.remove(sql, "sale.check:3", 1);
    queue.remove(sql, "order.seen:4", 1);
    expect(nextAlarm(sql, NOW)).toBe(NOW + 9000);
    queue.remove(sql, "order.send:2", 1);
    expect(runnable(sql, NOW)).toEqual(["order.money:1"]);
  }));

it("where room is scarce one item of a class asks at a time; where there is room all of them", () =>
  inQueue((sql) => {
    put(sql, order(1), order(2));
    const asking = [rankOf("order")];
    expect(asksAs(order(1))).toBe(asking[0]);
    expect(nextDue(sql, NOW, ["order:1"], asking)?.key).toBe("order.send:2");
    queue.hold(sql, "order", NOW - 5);
    expect(nextDue(sql, NOW, ["order:1"], asking)).toBeNull();
    expect(nextDue(sql, NOW, ["order:1"])?.key).toBe("order.send:2");
  }));

it("an order that is only read asks for nothing: where room is scarce another is sent meanwhile", () =>
  inQueue((sql) => {
    put(sql, changed(1), order(2));
    queue.hold(sql, "order", NOW - 5);
    const asking = [asksAs(changed(1))].filter((rank) => rank !== null);
    expect(nextDue(sql, NOW, ["order:1"], asking)?.key).toBe("order.send:2");
  }));

it("what has calls to make goes before orders that are only to be read, then who came first", () =>
  inQueue((sql) => {
    put(sql, changed(1), order(2), changed(3), order(4));
    sql.exec("UPDATE work SET due = due - 5 WHERE key = 'order.send:4'");
    expect(runnable(sql, NOW)).toEqual(["order.send:2", "order.send:4", "order.changed:1", "order.changed:3"]);
  }));

it("the gate is told of calls, not of items, and the screens of nothing that schedules itself", () =>
  inQueue((sql) => {
    put(sql, order(1), changed(2), { kind: "order.money", orderId: 3 }, { kind: "orders.sweep" });
    queue.put(sql, order(9), NOW + 900_000, NOW);
    expect(demand(sql, NOW)).toMatchObject({ order: 4, money: 2 });
    queue.defer(sql, "order.send:1", 1, { due: NOW + 5000, attempts: 1, strikes: 0, why: ITS_TURN, parked: false }, null);
    expect(demand(sql, NOW)).toMatchObject({ order: 4, money: 2 });
    queue.defer(sql, "order.send:1", 1, { due: NOW + 5000, attempts: 1, strikes: 0, why: "a person", parked: false }, null);
    expect(demand(sql, NOW)).toMatchObject({ order: 2, money: 2 });
    expect(waiting(sql).reduce((n, row) => n + row.n, 0)).toBe(4);
    expect(callsAhead(sql)).toBe(3 * 4 + 2);
  }));

it("where an order stands: in the order of their coming, its own calls included (N9)", () =>
  inQueue((sql) => {
    put(sql, order(11), changed(12), { kind: "order.money", orderId: 13 }, order(14));
    expect(placesOf(sql, [14, 12, 13], NOW)).toEqual([
      { orderId: 12, due: NOW, why: "", calls: 4 },
      { orderId: 14, due: NOW, why: "", calls: 6 },
    ]);
    expect([...queue.holding(sql, [12, 13, 99])].sort()).toEqual([12, 13]);
    expect([...queue.holding(sql, [12, 13, 99], "order.changed")]).toEqual([12]);
  }));

it("a sweep stays as it says; woken meanwhile it keeps what it was woken with, and the earliest gap", () =>
  inQueue((sql) => {
    const seen = { seenTo: "b", line: "a", nightlyAt: "a" };
    const data = () => JSON.parse(sql.exec<{ data: string }>("SELECT data FROM work").one().data) as Work;
    put(sql, { kind: "orders.sweep", from: "2026-11-21T09:00:00.000Z" });
    queue.put(sql, { kind: "orders.sweep" }, NOW, NOW);
    queue.put(sql, { kind: "orders.sweep", from: "2026-11-21T10:00:00.000Z" }, NOW, NOW);
    expect(data()).toEqual({ kind: "orders.sweep", from: "2026-11-21T09:00:00.000Z" });
    queue.again(sql, "orders.sweep", 1, { kind: "orders.sweep", seen }, NOW + 300_000);
    expect(dueOf(sql, "orders.sweep").due).toBe(NOW);
    queue.again(sql, "orders.sweep", 3, { kind: "orders.sweep", seen }, NOW + 300_000);
    expect(data()).toEqual({ kind: "orders.sweep", seen });
    expect(dueOf(sql, "orders.sweep").due).toBe(NOW + 300_000);
  }));

it("the list of sales that is gone through in parts is gone on with, also when the cron wakes it meanwhile", () =>
  inQueue((sql) => {
    const rest: Work = { kind: "sales.sweep", from: "2026-11-21T09:00:00.000Z", page: 11, last: "2026-11-21T10:00:00.000Z" };
    put(sql, { kind: "sales.sweep" });
    queue.again(sql, "sales.sweep", 1, rest, NOW);
    queue.put(sql, { kind: "sales.sweep" }, NOW, NOW);
    expect(JSON.parse(sql.exec<{ data: string }>("SELECT data FROM work").one().data)).toEqual(rest);
  }));
