import { CLASSES, rankOf, type WorkClass } from "../../cin7/priority.ts";
import type { Side } from "../breaker.ts";
import { awayUntil } from "../sides.ts";
import type { Work } from "../work.ts";
import type { WorkRow } from "./items.ts";
import { readTurn, type Turn } from "./turn.ts";

/**
 * The questions that a queue is asked for each item: what is next, when, and which calls are wanted. Their cost does not grow
 * with what waits: the first item of each turn is found by an index, what is wanted stands in a counter (decision 0030).
 */
const RIPE = "parked = 0 AND waits = 0";
const LATER = "parked = 0 AND waits > 0";
const COLUMNS = "key, lane, data, seq, due, attempts, strikes, why, since";
type Raw = Omit<WorkRow, "work" | "probes"> & { data: string };

/** What keeps items from beginning besides their own due time. */
type Bars = {
  /** Sides that are away, and when they are tried next. */
  away: ReadonlyMap<Side, number>;
  /** Classes that find no room at Cin7, and until when; in the past: room is scarce. */
  holds: ReadonlyMap<number, number>;
  /**
   * The highest class of which more waits than finds room, and when it goes on. While there is one, nothing of a lower class
   * begins: every order is authorised before the first invoice. Sweeps have calls of their own.
   */
  front: { rank: number; until: number };
};

/**
 * The due item of the highest class whose lane is free and whose class the gate does not hold; a deferred item blocks nothing.
 * What has calls to make goes before orders that are only to be read: a permit lapses, reading does not. Then who came first.
 * `asking`: ranks of running items that have no permit yet. Where room is scarce one item of a class asks at a time.
 */
export function nextDue(sql: SqlStorage, now: number, busyLanes: readonly string[], asking: readonly number[] = []): WorkRow | null {
  ripen(sql, now);
  const bars = barsOf(sql, now);
  let best: { row: Raw; place: number } | null = null;
  for (const [code, turn] of turnsIn(sql, RIPE)) {
    const place = turn.rank * 2 + (turn.asks === "read" ? 1 : 0);
    if (best && place > best.place) break;
    const scarce = turn.asks === "calls" && bars.holds.has(turn.rank) && asking.includes(turn.rank);
    if (scarce || goesAt(turn, now, bars) > now) continue;
    const row = firstOf(sql, code, now, busyLanes);
    if (row && (!best || row.since < best.row.since)) best = { row, place };
  }
  return best && { ...best.row, work: JSON.parse(best.row.data) as Work, probes: [] };
}

/** When the alarm is needed next, epoch milliseconds; null: nothing waits. */
export function nextAlarm(sql: SqlStorage, now: number): number | null {
  ripen(sql, now);
  const bars = barsOf(sql, now);
  const times = [
    ...[...turnsIn(sql, RIPE)].map(([, turn]) => goesAt(turn, now, bars)),
    ...[...turnsIn(sql, LATER)].map(([code, turn]) => {
      const { due } = sql.exec<{ due: number }>(`SELECT MIN(due) AS due FROM work WHERE ${LATER} AND turn = ?`, code).one();
      return goesAt(turn, due, bars);
    }),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/** Cin7 calls that items want now, by class: the demand that the gate is told of. */
export function demand(sql: SqlStorage, now: number): Partial<Record<WorkClass, number>> {
  ripen(sql, now);
  return Object.fromEntries([...wanted(sql, awayUntil(sql, now))].map(([rank, calls]) => [CLASSES[rank], calls]));
}

/** When an item of this turn may begin that is due then. */
export function goesAt(turn: Turn, due: number, { away, holds, front }: Bars): number {
  const sides = turn.sides.map((side) => away.get(side) ?? 0);
  if (turn.asks !== "calls") return Math.max(due, ...sides);
  const behind = turn.rank > front.rank && turn.rank !== rankOf("sweep");
  return Math.max(due, ...sides, holds.get(turn.rank) ?? 0, behind ? front.until : 0);
}

export function barsOf(sql: SqlStorage, now: number): Bars {
  const rows = sql.exec<{ rank: number; until: number }>("SELECT rank, until FROM holds WHERE until > 0 ORDER BY rank").toArray();
  const away = awayUntil(sql, now);
  const front = rows.find(({ rank }) => isWanted(sql, rank, away)) ?? { rank: CLASSES.length, until: 0 };
  return { away, holds: new Map(rows.map(({ rank, until }) => [rank, until])), front };
}

/**
 * Calls by rank of what waits for nothing but its permit. Summed up from the rows only while a side is away, because what needs
 * that side wants nothing.
 */
function wanted(sql: SqlStorage, away: ReadonlyMap<Side, number>): Map<number, number> {
  if (away.size === 0) {
    const rows = sql.exec<{ rank: number; calls: number }>("SELECT rank, calls FROM demand WHERE calls > 0").toArray();
    return new Map(rows.map(({ rank, calls }) => [rank, calls]));
  }
  const calls = new Map<number, number>();
  for (const { turn, n } of sql.exec<{ turn: number; n: number }>("SELECT turn, SUM(wants) AS n FROM work WHERE wants > 0 GROUP BY turn")) {
    const { rank } = readTurn(turn);
    if (!needsOne(readTurn(turn), away)) calls.set(rank, (calls.get(rank) ?? 0) + n);
  }
  return calls;
}

/** Whether any call of the class is wanted: asked for each item, so never summed up. */
function isWanted(sql: SqlStorage, rank: number, away: ReadonlyMap<Side, number>): boolean {
  if (away.size === 0) return sql.exec("SELECT 1 FROM demand WHERE rank = ? AND calls > 0", rank).toArray().length > 0;
  return [RIPE, LATER].some((which) =>
    [...turnsIn(sql, which)].some(
      ([code, turn]) =>
        turn.rank === rank &&
        !needsOne(turn, away) &&
        sql.exec(`SELECT 1 FROM work WHERE ${which} AND turn = ? AND wants > 0 LIMIT 1`, code).toArray().length > 0,
    ),
  );
}

const needsOne = (turn: Turn, away: ReadonlyMap<Side, number>): boolean => turn.sides.some((side) => away.has(side));

/** What has come due since. */
function ripen(sql: SqlStorage, now: number): void {
  sql.exec(`UPDATE work SET waits = 0 WHERE ${LATER} AND due <= ?`, now);
}

/** The turns of which there are items, in order; one row read for each. */
function* turnsIn(sql: SqlStorage, which: string): Iterable<[number, Turn]> {
  for (let last = -1; ; ) {
    const row = sql.exec<{ turn: number }>(`SELECT turn FROM work WHERE ${which} AND turn > ? ORDER BY turn LIMIT 1`, last).toArray()[0];
    if (!row) return;
    yield [row.turn, readTurn(row.turn)];
    last = row.turn;
  }
}

/** Who came first of a turn whose lane is free. */
function firstOf(sql: SqlStorage, turn: number, now: number, busyLanes: readonly string[]): Raw | null {
  const free = busyLanes.length > 0 ? `AND lane NOT IN (${busyLanes.map(() => "?").join(", ")})` : "";
  const query = `SELECT ${COLUMNS} FROM work WHERE ${RIPE} AND turn = ? ${free} ORDER BY since LIMIT 1`;
  for (;;) {
    const row = sql.exec<Raw>(query, turn, ...busyLanes).toArray()[0];
    if (!row || row.due <= now) return row ?? null;
    // An older release, rolled back to for a while, has put it off without saying so here.
    sql.exec("UPDATE work SET waits = 1 WHERE key = ?", row.key);
  }
}
