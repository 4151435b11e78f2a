import { rankOf, type WorkClass } from "../../cin7/priority.ts";
import type { Side } from "../breaker.ts";
import { ITS_TURN } from "../outcome.ts";
import { callsOf, classOf, keyOf, keysOfOrder, laneOf, type Work, type WorkKind, wokenBy } from "../work.ts";
import { callsOfKind, turnOf, turnOfKind } from "./turn.ts";

/**
 * Work items in the inbox's own SQLite (design 5): how they come, wait and go. Plain statements, no judgement; a row is written
 * only when something of it changes. What is next: `due.ts`; the tables: `migrations.ts`.
 */
export type WorkRow = {
  work: Work;
  key: string;
  lane: string;
  seq: number;
  due: number;
  attempts: number;
  strikes: number;
  why: string;
  since: number;
  /** Sides that are away and that this run is to try. */
  probes: Side[];
};

/** `waits`: 0 it is due, 1 it is not, 2 it is not, and only for want of a permit. */
const waitsFor = (due: number, now: number, why: string): number => (due <= now ? 0 : why === ITS_TURN ? 2 : 1);

/** Items that an older release wrote, or one that was rolled back to, get their place: by what their kind says today. */
export function place(sql: SqlStorage, now: number): void {
  sql.exec(
    `UPDATE work SET turn = ${turnOfKind()}, calls = ${callsOfKind()}, waits = CASE WHEN due <= ?1 THEN 0 WHEN why = ?2 THEN 2 ELSE 1 END
     WHERE parked = 0 AND waits = 0 AND turn IS NULL`,
    now,
    ITS_TURN,
  );
}

/**
 * New item, or a wake-up of the one that is there: its `seq` moves, so that a run in progress runs again (design 2). A wake-up
 * of an item that is due and not running changes nothing. `running`: it may be running now.
 */
export function put(sql: SqlStorage, work: Work, due: number, now: number, running = true): void {
  const key = keyOf(work);
  type There = { data: string; due: number; strikes: number; parked: number; why: string; waits: number; turn: number | null };
  const there = sql.exec<There>("SELECT data, due, strikes, parked, why, waits, turn FROM work WHERE key = ?", key).toArray()[0];
  if (!there) {
    insert(sql, work, due, now);
    return;
  }
  const data = JSON.stringify(wokenBy(JSON.parse(there.data) as Work, work));
  const at = Math.min(there.due, due);
  const waits = waitsFor(at, now, there.why);
  if (at !== there.due || waits !== there.waits || there.parked === 1 || there.turn === null) {
    const set = "seq = seq + 1, due = ?, strikes = 0, parked = 0, data = ?, waits = ?, turn = ?, calls = ?";
    sql.exec(`UPDATE work SET ${set} WHERE key = ?`, at, data, waits, turnOf(work.kind), callsOf(work.kind), key);
  } else if (running || there.strikes > 0 || data !== there.data) {
    sql.exec("UPDATE work SET seq = seq + 1, strikes = 0, data = ? WHERE key = ?", data, key);
  }
}

function insert(sql: SqlStorage, work: Work, due: number, now: number): void {
  sql.exec(
    `INSERT INTO work (key, kind, lane, rank, turn, calls, data, seq, due, waits, attempts, strikes, why, parked, since)
     VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 0, 0, '', 0, ?)`,
    keyOf(work),
    work.kind,
    laneOf(work),
    rankOf(classOf(work)),
    turnOf(work.kind),
    callsOf(work.kind),
    JSON.stringify(work),
    due,
    waitsFor(due, now, ""),
    now,
  );
}

const isThere = (sql: SqlStorage, key: string): boolean => sql.exec("SELECT 1 FROM work WHERE key = ?", key).toArray().length > 0;

/** An item that schedules itself is there from now on, due then; one that is there stays as it is. */
export function schedule(sql: SqlStorage, work: Work, due: number, now: number): void {
  if (!isThere(sql, keyOf(work))) insert(sql, work, due, now);
}

/** True when the item was settled as the run saw it; false: it was woken meanwhile and runs again. */
export function remove(sql: SqlStorage, key: string, seq: number): boolean {
  return sql.exec("DELETE FROM work WHERE key = ? AND seq = ?", key, seq).rowsWritten > 0;
}

/**
 * An item is done and others follow: where one of them is of its own lane its row becomes that one's, in a single write. The rest
 * is put. `isRunning`: see `put`.
 */
export function follow(sql: SqlStorage, row: WorkRow, next: readonly Work[], now: number, isRunning: (key: string) => boolean): void {
  const heir = next.find((work) => laneOf(work) === row.lane && keyOf(work) !== row.key && !isThere(sql, keyOf(work)));
  const became = heir !== undefined && become(sql, row, heir, now);
  if (!became) remove(sql, row.key, row.seq);
  for (const work of next) if (!became || work !== heir) put(sql, work, now, now, isRunning(keyOf(work)));
}

function become(sql: SqlStorage, { key, seq }: WorkRow, work: Work, now: number): boolean {
  return (
    sql.exec(
      `UPDATE work SET key = ?, kind = ?, rank = ?, turn = ?, calls = ?, data = ?, seq = 1, due = ?, waits = 0, attempts = 0, strikes = 0,
         why = '', side = NULL, since = ? WHERE key = ? AND seq = ?`,
      keyOf(work),
      work.kind,
      rankOf(classOf(work)),
      turnOf(work.kind),
      callsOf(work.kind),
      JSON.stringify(work),
      now,
      now,
      key,
      seq,
    ).rowsWritten > 0
  );
}

/** An item that schedules itself stays as `work`; woken meanwhile, it keeps what it was woken with. */
export function again(sql: SqlStorage, key: string, seq: number, work: Work, due: number): void {
  const set = "data = ?, due = ?, waits = 1, attempts = 0, strikes = 0, why = '', parked = 0, side = NULL";
  sql.exec(`UPDATE work SET ${set} WHERE key = ? AND seq = ?`, JSON.stringify(work), due, key, seq);
}

/** `side`: the one that did not answer, if that is why it waits. */
export function defer(
  sql: SqlStorage,
  key: string,
  seq: number,
  to: { due: number; attempts: number; strikes: number; why: string; parked: boolean },
  side: string | null,
): void {
  sql.exec(
    "UPDATE work SET due = ?, waits = ?, attempts = ?, strikes = ?, why = ?, parked = ?, side = ? WHERE key = ? AND seq = ?",
    to.due,
    to.why === ITS_TURN ? 2 : 1,
    to.attempts,
    to.strikes,
    to.why,
    to.parked ? 1 : 0,
    side,
    key,
    seq,
  );
  // Woken meanwhile: it stays due, but what the run learned about tries is kept.
  sql.exec("UPDATE work SET attempts = ?, strikes = ? WHERE key = ? AND seq <> ?", to.attempts, to.strikes, key, seq);
}

/** Before `until` no item of the class finds room (design 6): none is begun in vain. 0: there is room. */
export function hold(sql: SqlStorage, cls: WorkClass, until: number): void {
  const rank = rankOf(cls);
  if (until === 0) sql.exec("DELETE FROM holds WHERE rank = ?", rank);
  else
    sql.exec(
      "INSERT INTO holds (rank, until) VALUES (?, ?) ON CONFLICT (rank) DO UPDATE SET until = excluded.until WHERE until <> excluded.until",
      rank,
      until,
    );
}

/** Which of these orders have an item here, waiting, running or parked: any, or one of a kind. */
export function holding(sql: SqlStorage, orderIds: readonly number[], kind?: WorkKind): Set<number> {
  const keys = orderIds.flatMap((id) => (kind ? [`${kind}:${id}`] : keysOfOrder(id)).map((key) => ({ id, key })));
  const rows = sql.exec<{ id: number }>(
    `SELECT DISTINCT value ->> 'id' AS id FROM json_each(?) WHERE EXISTS (SELECT 1 FROM work WHERE key = value ->> 'key')`,
    JSON.stringify(keys),
  );
  return new Set(rows.toArray().map((row) => row.id));
}
