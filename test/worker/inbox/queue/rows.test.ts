import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { ITS_TURN } from "../../../../worker/inbox/outcome.ts";
import { demand, nextAlarm, nextDue } from "../../../../worker/inbox/queue/due.ts";
import * as queue from "../../../../worker/inbox/queue/items.ts";
import { awayUntil, trouble } from "../../../../worker/inbox/sides.ts";
import type { Work } from "../../../../worker/inbox/work.ts";
import { rowsOf } from "../../../harness/rows.ts";

/** What an order costs beside others that wait, in rows: the same, however many they are. */
const NOW = 1_000_000;
const LATER = NOW + 600_000;
const deferred =
  (sql: SqlStorage, why: string, parked = false) =>
  (orderId: number) => {
    queue.put(sql, { kind: "order.send", orderId }, NOW - 10_000, NOW - 10_000 + orderId);
    queue.defer(sql, `order.send:${orderId}`, 1, { due: LATER, attempts: 1, strikes: 0, why, parked }, null);
  };
const due = (sql: SqlStorage, kind: "order.changed" | "order.send" | "order.money") => (orderId: number) =>
  queue.put(sql, { kind, orderId }, NOW - 10_000, NOW - 10_000 + orderId);

const WAITING: Record<string, (sql: SqlStorage) => (orderId: number) => void> = {
  "to be read": (sql) => due(sql, "order.changed"),
  "to be sent": (sql) => due(sql, "order.send"),
  "to be paid, behind a class that finds no room": (sql) => {
    queue.hold(sql, "order", LATER);
    return due(sql, "order.money");
  },
  "for a class that finds no room": (sql) => {
    queue.hold(sql, "order", LATER);
    return due(sql, "order.send");
  },
  "for a permit each": (sql) => deferred(sql, ITS_TURN),
  "until later": (sql) => deferred(sql, "It has its reasons."),
  "for a person, parked": (sql) => deferred(sql, "It has its reasons.", true),
  "for Cin7 Core, which is away": (sql) => {
    for (let i = 0; i < 3; i++) trouble(sql, "Cin7 Core", NOW, 1);
    queue.hold(sql, "order", NOW - 5);
    return due(sql, "order.send");
  },
};

/** One order's way through the queue, with every question that is asked on it. */
function goThrough(sql: SqlStorage): void {
  const orderId = 9_999_999;
  const steps: Work["kind"][] = ["order.changed", "order.send", "order.money", "order.seen"];
  queue.put(sql, { kind: "order.changed", orderId }, NOW, NOW, false);
  // Told of it twice more.
  for (let i = 0; i < 2; i++) queue.put(sql, { kind: "order.changed", orderId }, NOW, NOW, false);
  for (const [n, kind] of steps.entries()) {
    nextDue(sql, NOW, ["order:1", "order:2", "order:3"]);
    nextDue(sql, NOW, ["order:1", "order:2", "order:3", `order:${orderId}`]);
    // While Cin7 Core is away no call is asked for.
    if (awayUntil(sql, NOW).size === 0) demand(sql, NOW);
    queue.hold(sql, "money", 0);
    const next = steps[n + 1];
    const row = { key: `${kind}:${orderId}`, seq: 1, lane: `order:${orderId}` } as queue.WorkRow;
    queue.follow(sql, row, next ? [{ kind: next, orderId } as Work] : [], NOW, () => false);
    nextAlarm(sql, NOW);
  }
}

const spent = (waits: string, n: number) =>
  runInDurableObject(env.INBOX.getByName(`store:rows${n}${waits.length}`), (_, { storage: { sql } }) => {
    const add = (WAITING[waits] as (typeof WAITING)[string])(sql);
    for (let orderId = 1; orderId <= n; orderId++) add(orderId);
    return rowsOf(sql, () => goThrough(sql));
  });

it.each(Object.keys(WAITING))("an order costs as many rows beside 2,000 others as beside 100 that wait %s", async (waits) => {
  const [few, many] = [await spent(waits, 100), await spent(waits, 2000)];
  expect(many).toEqual(few);
  expect(few.written).toBeLessThanOrEqual(20);
  expect(few.read).toBeLessThanOrEqual(160);
});
