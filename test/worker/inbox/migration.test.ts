import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import type { InboxStub } from "../../../worker/inbox/client.ts";
import { MIGRATIONS } from "../../../worker/inbox/migrations.ts";
import { ITS_TURN } from "../../../worker/inbox/outcome.ts";
import { demand, nextAlarm, nextDue } from "../../../worker/inbox/queue/due.ts";
import * as queue from "../../../worker/inbox/queue/items.ts";

afterEach(() => vi.restoreAllMocks());

const NAME = "store:broken1";
const object = () => env.INBOX.getByName(NAME);
const inbox = () => object() as unknown as InboxStub;
const exec = (query: string) => runInDurableObject(object(), (_, state) => state.storage.sql.exec(query).toArray());
const told = (spy: { mock: { calls: unknown[][] } }) =>
  spy.mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string; kind?: string; store?: string });

it("a migration that fails: the queue stays readable, takes work in, runs none of it, and the operator is told; mended, it goes on", async () => {
  await inbox().put([{ kind: "order.changed", orderId: 7 }], { delayMs: 3_600_000_000 });
  // The newest entries are to be applied again, and the first of them cannot be: its column is there.
  await exec("DELETE FROM migrations WHERE id >= (SELECT MAX(id) - 1 FROM migrations)");
  const spy = vi.spyOn(console, "log").mockImplementation(() => {});
  await evictDurableObject(object());

  expect(await inbox().status()).toMatchObject({ waiting: 1, calls: 4 });
  expect(await inbox().attempts(7)).toEqual([]);
  expect(told(spy)).toContainEqual({ event: "alert", kind: "migration-failed", store: NAME });
  await inbox().put([{ kind: "order.changed", orderId: 8 }]);
  await inbox().poke();
  expect((await inbox().status()).waiting).toBe(2);
  expect(told(spy).filter((line) => line.event === "item")).toEqual([]);

  await exec("INSERT INTO migrations (id) SELECT MAX(id) + 1 FROM migrations");
  await inbox().poke();
  expect(
    told(spy)
      .filter((line) => line.event === "item")
      .map((line) => line.kind),
  ).toEqual(["order.changed"]);
  expect((await inbox().status()).waiting).toBe(1);
  await inbox().erase();
});

const old = (name: string) => env.INBOX.getByName(name);
/** An object as the release before the counters left it (`1d44b6e`): its tables, and what its statements wrote. */
const leaveAsBefore = (name: string, rows: { key: string; kind: string; rank: number; due: number; why?: string; parked?: number }[]) =>
  runInDurableObject(old(name), async (_, state) => {
    await state.storage.deleteAll();
    const { sql } = state.storage;
    sql.exec("CREATE TABLE migrations (id INTEGER PRIMARY KEY)");
    for (const [id, statements] of MIGRATIONS.slice(0, 5).entries()) {
      sql.exec(statements);
      sql.exec("INSERT INTO migrations (id) VALUES (?)", id);
    }
    rows.forEach((row, n) => void insertAsBefore(sql, row, n));
  });
const insertAsBefore = (
  sql: SqlStorage,
  row: { key: string; kind: string; rank: number; due: number; why?: string; parked?: number },
  n: number,
) => {
  const orderId = Number(row.key.split(":")[1]);
  sql.exec(
    "INSERT INTO work (key, kind, lane, rank, data, seq, due, attempts, strikes, why, parked, since) VALUES (?, ?, ?, ?, ?, 1, ?, 0, 0, ?, ?, ?)",
    row.key,
    row.kind,
    `order:${orderId}`,
    row.rank,
    JSON.stringify({ kind: row.kind, orderId }),
    row.due,
    row.why ?? "",
    row.parked ?? 0,
    n,
  );
};
const HOUR = 3_600_000;

it("an object with the tables of before comes up: what waits is found in the same order, and its calls are counted", async () => {
  const name = "store:before1";
  const now = Date.now();
  await leaveAsBefore(name, [
    { key: "order.money:1", kind: "order.money", rank: 4, due: 5 },
    { key: "order.changed:2", kind: "order.changed", rank: 2, due: 5 },
    { key: "order.send:3", kind: "order.send", rank: 2, due: 5 },
    { key: "order.send:4", kind: "order.send", rank: 2, due: now + HOUR, why: ITS_TURN },
    { key: "order.send:5", kind: "order.send", rank: 2, due: now + HOUR, why: "It has its reasons." },
    { key: "order.send:6", kind: "order.send", rank: 2, due: 5, parked: 1 },
  ]);
  await evictDurableObject(old(name));
  await runInDurableObject(old(name), (_, { storage: { sql } }) => {
    expect(demand(sql, now)).toEqual({ order: 2 * 3, money: 2 });
    const keys: string[] = [];
    for (let row = nextDue(sql, now, []); row; row = nextDue(sql, now, [])) {
      keys.push(row.key);
      queue.remove(sql, row.key, row.seq);
    }
    expect(keys).toEqual(["order.send:3", "order.changed:2", "order.money:1"]);
    expect(nextAlarm(sql, now)).toBe(now + HOUR);
    queue.put(sql, { kind: "order.send", orderId: 6 }, now, now);
    expect(nextDue(sql, now, [])?.key).toBe("order.send:6");
    expect(demand(sql, now)).toEqual({ order: 2 * 2 });
  });
});

it("rolled back to the release before for a while, its statements on these tables lose no item, and the counters stay right", async () => {
  const name = "store:before2";
  const now = Date.now();
  await runInDurableObject(old(name), (_, { storage: { sql } }) => {
    for (const orderId of [1, 2, 3]) queue.put(sql, { kind: "order.send", orderId }, now, now + orderId);
    // As it put, deferred, and removed.
    insertAsBefore(sql, { key: "order.send:4", kind: "order.send", rank: 2, due: now }, 0);
    sql.exec(
      "UPDATE work SET due = ?, attempts = 1, strikes = 0, why = 'x', parked = 0, side = NULL WHERE key = 'order.send:1'",
      now + HOUR,
    );
    sql.exec("DELETE FROM work WHERE key = 'order.send:2' AND seq = 1");
  });
  await evictDurableObject(old(name));
  await runInDurableObject(old(name), (_, { storage: { sql } }) => {
    expect(nextDue(sql, now, [])?.key).toBe("order.send:4");
    expect(nextDue(sql, now, ["order:4"])?.key).toBe("order.send:3");
    expect(nextDue(sql, now, ["order:4", "order:3"])).toBeNull();
    expect(demand(sql, now)).toEqual({ order: 2 * 2 });
    expect(nextDue(sql, now + HOUR, ["order:4", "order:3"])?.key).toBe("order.send:1");
  });
});
