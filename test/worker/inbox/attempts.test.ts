import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { type AttemptRow, attemptsOf, forgetOrders, pruneAttempts, recordAttempts } from "../../../worker/inbox/attempts.ts";
import { rowsOf } from "../../harness/rows.ts";

/** Calls made for orders, in a Durable Object's own SQLite. */
const DAY = 86_400_000;
const NOW = 200 * DAY + 5000;
const call = (orderId: number, daysAgo: number, path = "/v2/orders?email=a"): AttemptRow => ({
  orderId,
  at: NOW - daysAgo * DAY,
  step: "Read the order",
  side: "BigCommerce",
  method: "GET",
  path,
  status: 200,
  outcome: "ok",
  ms: 5,
  note: "a note",
  request: "sealed",
  response: "sealed",
});
const asBefore = (sql: SqlStorage, a: AttemptRow) => {
  const { orderId, at, step, side, method, path, status, outcome, ms, note, request, response } = a;
  sql.exec(
    `INSERT INTO attempts (order_id, at, step, side, method, path, status, outcome, ms, note, request, response)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[orderId, at, step, side, method, path, status, outcome, ms, note, request, response],
  );
};
const inInbox = (run: (sql: SqlStorage) => void) =>
  runInDurableObject(env.INBOX.getByName(`store:calls${Math.random().toString(36).slice(2, 8)}`), (_, state) => run(state.storage.sql));
const shown = (sql: SqlStorage, orderId: number) =>
  attemptsOf(sql, orderId).map(({ at, request }) => ({ daysAgo: Math.round((NOW - at) / DAY), kept: request !== null }));

it("an order's calls are shown newest first, those that an older release kept among them, each with a number of its own", () =>
  inInbox((sql) => {
    asBefore(sql, call(1, 9));
    asBefore(sql, call(1, 8));
    for (const daysAgo of [7, 6]) recordAttempts(sql, [call(1, daysAgo)]);
    recordAttempts(sql, [call(2, 5)]);
    expect(shown(sql, 1).map((each) => each.daysAgo)).toEqual([6, 7, 8, 9]);
    expect(new Set(attemptsOf(sql, 1).map((each) => each.id)).size).toBe(4);
  }));

it("what was sent goes after so many days, the line after 90, whichever release kept it; what is younger stays (F140)", () =>
  inInbox((sql) => {
    for (const daysAgo of [91, 90.5, 89, 31, 29, 0]) {
      asBefore(sql, call(1, daysAgo));
      recordAttempts(sql, [call(2, daysAgo)]);
      recordAttempts(sql, [call(3, daysAgo)]);
    }
    pruneAttempts(sql, NOW, 30);
    for (const orderId of [1, 2, 3])
      expect(shown(sql, orderId)).toEqual([
        { daysAgo: 0, kept: true },
        { daysAgo: 29, kept: true },
        { daysAgo: 31, kept: false },
        { daysAgo: 89, kept: false },
      ]);
    expect(attemptsOf(sql, 2).at(-1)).toMatchObject({ path: "/v2/orders", note: "", response: null });
    pruneAttempts(sql, NOW + 365 * DAY, 30);
    expect(sql.exec("SELECT order_id FROM order_calls UNION ALL SELECT order_id FROM call_days").toArray()).toEqual([]);
  }));

it("a shopper who is erased is erased in both (M46)", () =>
  inInbox((sql) => {
    asBefore(sql, call(1, 3));
    recordAttempts(sql, [call(1, 2)]);
    recordAttempts(sql, [call(2, 2)]);
    expect(forgetOrders(sql, [1])).toBe(2);
    expect([shown(sql, 1), shown(sql, 2)].map((list) => list.some((each) => each.kept))).toEqual([false, true]);
    expect(forgetOrders(sql, [1])).toBe(0);
  }));

it("each call is one row, and one more for the order's day", () =>
  inInbox((sql) => {
    expect(rowsOf(sql, () => recordAttempts(sql, [call(1, 0)])).written).toBe(2);
    expect(rowsOf(sql, () => recordAttempts(sql, [call(1, 0)])).written).toBe(1);
  }));
