import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { CLASSES, rankOf } from "../../../../worker/cin7/priority.ts";
import type { Breaker } from "../../../../worker/inbox/breaker.ts";
import { ITS_TURN } from "../../../../worker/inbox/outcome.ts";
import { demand, nextAlarm, nextDue } from "../../../../worker/inbox/queue/due.ts";
import * as queue from "../../../../worker/inbox/queue/items.ts";
import { callsAhead, waiting } from "../../../../worker/inbox/queue/places.ts";
import { answered, breakerOf, SIDES, takeProbe, trouble } from "../../../../worker/inbox/sides.ts";
import { callsOf, definitionOf, isCalling, sidesOf, type Work, type WorkKind } from "../../../../worker/inbox/work.ts";
import { createRandom } from "../../../twins/random.ts";

// Hundreds of looks at every row in each test: more than one moment on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/**
 * What indexes and counters answer is what a plain look at every row answers, whatever happened before: the rules of the queue
 * (design 2, 6; K10) written down once more, as slowly and simply as can be.
 */
type Row = { key: string; kind: WorkKind; lane: string; rank: number; due: number; why: string; side: string | null; since: number };
const rowsIn = (sql: SqlStorage): Row[] =>
  sql.exec<Row>("SELECT key, kind, lane, rank, due, why, side, since FROM work WHERE parked = 0").toArray();

function scan(sql: SqlStorage, now: number) {
  const rows = rowsIn(sql);
  const holds = new Map(
    sql
      .exec<{ rank: number; until: number }>("SELECT rank, until FROM holds")
      .toArray()
      .map((h) => [h.rank, h.until]),
  );
  const breakers = SIDES.map((side): [string, Breaker | null] => [side, breakerOf(sql, side)]);
  const away = new Map(breakers.flatMap(([side, b]) => (b && b.troubles >= 3 && now < b.probe ? [[side, b.probe] as const] : [])));
  const triedAt = (row: Row) => Math.max(0, ...sidesOf(row.kind).map((side) => away.get(side) ?? 0));
  const wants = (row: Row) => (row.side === null && triedAt(row) === 0 && (row.due <= now || row.why === ITS_TURN) ? callsOf(row.kind) : 0);
  const wanted = (rank: number) => rows.filter((row) => row.rank === rank).reduce((n, row) => n + wants(row), 0);
  const front = CLASSES.map((_, rank) => rank).find((rank) => (holds.get(rank) ?? 0) > 0 && wanted(rank) > 0);
  const calling = (row: Row) => isCalling(row.kind);
  const behind = (row: Row) => front !== undefined && row.rank > front && row.rank !== rankOf("sweep");
  const goesAt = (row: Row) => {
    const held = calling(row) ? Math.max(holds.get(row.rank) ?? 0, behind(row) ? (holds.get(front as number) ?? 0) : 0) : 0;
    return Math.max(row.due, triedAt(row), held);
  };
  const place = (row: Row) => [row.rank, row.kind === "order.changed" ? 1 : 0, row.since];
  const before = (a: Row, b: Row) =>
    place(a)
      .map((n, i) => n - (place(b)[i] as number))
      .find((n) => n !== 0) ?? 0;
  return {
    next: (busy: readonly string[], asking: readonly number[]) =>
      rows
        .filter((row) => goesAt(row) <= now && !busy.includes(row.lane))
        .filter((row) => !calling(row) || !((holds.get(row.rank) ?? 0) > 0 && asking.includes(row.rank)))
        .sort(before)[0]?.key ?? null,
    alarm: rows.length === 0 ? null : Math.max(now, Math.min(...rows.map(goesAt))),
    demand: Object.fromEntries(CLASSES.map((cls, rank) => [cls, wanted(rank)] as const).filter(([, n]) => n > 0)),
    waiting: rows.filter((row) => !definitionOf(row.kind).scheduled).length,
  };
}

const ORDER_KINDS = ["order.changed", "order.send", "order.money", "order.seen", "order.unpaid", "sale.check"] as const;
const OTHERS: readonly Work[] = [
  { kind: "orders.sweep" },
  { kind: "settings.check" },
  { kind: "orders.release" },
  { kind: "hooks.ensure" },
  { kind: "key.changed" },
  { kind: "products.refresh" },
];

/** A queue's life: whatever its inbox may do to it, in any order. */
function live(sql: SqlStorage, seed: number, steps: number): void {
  const random = createRandom(seed).next;
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const running = new Map<string, queue.WorkRow>();
  let now = 1_000_000;
  const work = (): Work => (random() < 0.85 ? { kind: pick(ORDER_KINDS), orderId: 1 + below(12) } : pick(OTHERS));
  const acts: (() => void)[] = [
    () => queue.put(sql, work(), now + (random() < 0.3 ? below(5000) : 0), now, random() < 0.5),
    () => queue.schedule(sql, pick(OTHERS), now + below(9000), now),
    () => {
      const row = nextDue(
        sql,
        now,
        [...running.values()].map((r) => r.lane),
      );
      if (!row) return;
      takeProbe(sql, row.work, now, 1);
      running.set(row.key, row);
    },
    () => end((row) => void queue.remove(sql, row.key, row.seq)),
    () =>
      end((row) =>
        queue.follow(
          sql,
          row,
          Array.from({ length: below(3) }, () => (random() < 0.5 ? sibling(row) : work())),
          now,
          () => random() < 0.5,
        ),
      ),
    () => end((row) => queue.again(sql, row.key, row.seq, row.work, now + below(4000) - 500)),
    () =>
      end((row) => {
        const to = { due: now + below(4000), attempts: 1, strikes: 0, why: pick([ITS_TURN, "a person"]), parked: random() < 0.1 };
        queue.defer(sql, row.key, row.seq, to, random() < 0.3 ? pick(SIDES) : null);
      }),
    () => queue.hold(sql, pick(CLASSES), random() < 0.4 ? 0 : now + below(6000) - 2000),
    () => trouble(sql, pick(SIDES), now, 10),
    () => void answered(sql, pick(SIDES), now),
    () => {
      now += below(1500);
    },
  ];
  const sibling = (row: queue.WorkRow): Work => ("orderId" in row.work ? { kind: pick(ORDER_KINDS), orderId: row.work.orderId } : row.work);
  const end = (how: (row: queue.WorkRow) => void) => {
    const row = [...running.values()][below(running.size)];
    if (!row) return;
    how(row);
    running.delete(row.key);
  };
  for (let step = 0; step < steps; step++) {
    // Nobody comes at the same moment as another, so that who came first is one.
    now += 1;
    pick(acts)();
    const truth = scan(sql, now);
    const busy = [...running.values()].map((row) => row.lane);
    const asking = [pick(CLASSES), pick(CLASSES)].map(rankOf);
    const told = { seed, step };
    expect({ ...told, demand: demand(sql, now) }).toEqual({ ...told, demand: truth.demand });
    expect({ ...told, next: nextDue(sql, now, busy, asking)?.key ?? null }).toEqual({ ...told, next: truth.next(busy, asking) });
    expect({ ...told, alarm: nextAlarm(sql, now) }).toEqual({ ...told, alarm: truth.alarm });
    expect({ ...told, n: waiting(sql).reduce((n, row) => n + row.n, 0) }).toEqual({ ...told, n: truth.waiting });
  }
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "whatever happened to a queue, its indexes and counters say what a look at every row says (seed %i)",
  (seed) =>
    runInDurableObject(env.INBOX.getByName(`store:count${seed}`), (_, state) => {
      live(state.storage.sql, seed, 300);
    }),
);

it("each kind's calls are in its row, so that what waits ahead is counted from the rows alone", () =>
  runInDurableObject(env.INBOX.getByName("store:count9"), (_, { storage: { sql } }) => {
    queue.put(sql, { kind: "order.send", orderId: 1 }, 5, 5);
    queue.put(sql, { kind: "order.money", orderId: 2 }, 5, 5);
    expect(callsAhead(sql)).toBe(callsOf("order.send") + 2 * callsOf("order.money"));
  }));
