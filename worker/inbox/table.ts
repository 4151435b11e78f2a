import type { SideDown, StoredAttempt } from "./client.ts";
import { classOf, keyOf, laneOf, rankOf, type Work, type WorkClass } from "./work.ts";

/**
 * The inbox's own SQLite (design 5): work items, claims, frozen drafts and attempts. Plain statements, no judgement.
 * Migrations are appended, never edited; old code tolerates new columns.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE work (
     key TEXT PRIMARY KEY, kind TEXT NOT NULL, lane TEXT NOT NULL, rank INTEGER NOT NULL, data TEXT NOT NULL,
     seq INTEGER NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL, strikes INTEGER NOT NULL,
     why TEXT NOT NULL, parked INTEGER NOT NULL, since INTEGER NOT NULL);
   CREATE INDEX work_due ON work (parked, due, rank);
   CREATE TABLE claims (
     step TEXT PRIMARY KEY, mark TEXT NOT NULL, started INTEGER NOT NULL, attempt INTEGER NOT NULL,
     looked INTEGER, answer TEXT);
   CREATE TABLE drafts (order_id INTEGER PRIMARY KEY, draft TEXT NOT NULL, at INTEGER NOT NULL);
   CREATE TABLE attempts (
     id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER, at INTEGER NOT NULL, step TEXT NOT NULL, side TEXT NOT NULL,
     method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL, ms INTEGER NOT NULL,
     note TEXT NOT NULL, request TEXT, response TEXT);
   CREATE INDEX attempts_order ON attempts (order_id, id);
   CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL);
   CREATE TABLE sides (side TEXT PRIMARY KEY, since INTEGER NOT NULL, tries INTEGER NOT NULL, why TEXT NOT NULL)`,
];

export function migrate(storage: DurableObjectStorage): void {
  const { sql } = storage;
  sql.exec("CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY)");
  const applied = sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM migrations").one().n;
  for (let id = applied; id < MIGRATIONS.length; id++) {
    storage.transactionSync(() => {
      sql.exec(MIGRATIONS[id] as string);
      sql.exec("INSERT INTO migrations (id) VALUES (?)", id);
    });
  }
}

export function rememberName(sql: SqlStorage, name: string): void {
  sql.exec("INSERT INTO identity (id, name) VALUES (1, ?) ON CONFLICT (id) DO NOTHING", name);
}

export const nameOf = (sql: SqlStorage): string | null =>
  sql.exec<{ name: string }>("SELECT name FROM identity").toArray()[0]?.name ?? null;

// ---- work ------------------------------------------------------------------------------------------------------

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
};
type Raw = {
  key: string;
  lane: string;
  data: string;
  seq: number;
  due: number;
  attempts: number;
  strikes: number;
  why: string;
  since: number;
};
const COLUMNS = "key, lane, data, seq, due, attempts, strikes, why, since";
const read = (r: Raw): WorkRow => ({ ...r, work: JSON.parse(r.data) as Work });

/**
 * New item, or a wake-up of the one that is there: its `seq` moves, so that a run in progress runs again (design 2). A
 * person's *Process* that waits is not forgotten because BigCommerce tells of the order meanwhile.
 */
export function put(sql: SqlStorage, work: Work, due: number, now: number): void {
  sql.exec(
    `INSERT INTO work (key, kind, lane, rank, data, seq, due, attempts, strikes, why, parked, since) VALUES (?, ?, ?, ?, ?, 1, ?, 0, 0, '', 0, ?)
     ON CONFLICT (key) DO UPDATE SET seq = seq + 1, due = MIN(due, excluded.due), strikes = 0, parked = 0,
       data = CASE WHEN json_extract(data, '$.pressed') THEN data ELSE excluded.data END`,
    keyOf(work),
    work.kind,
    laneOf(work),
    rankOf(classOf(work)),
    JSON.stringify(work),
    due,
    now,
  );
}

/** The due item of the highest class whose lane is free; a deferred item blocks nothing. */
export function nextDue(sql: SqlStorage, now: number, busyLanes: readonly string[]): WorkRow | null {
  const row = sql
    .exec<Raw>(
      `SELECT ${COLUMNS} FROM work WHERE parked = 0 AND due <= ? AND lane NOT IN (SELECT value FROM json_each(?)) ORDER BY rank, due, since LIMIT 1`,
      now,
      JSON.stringify(busyLanes),
    )
    .toArray()[0];
  return row ? read(row) : null;
}

/** When the alarm is needed next, epoch milliseconds; null: nothing waits. */
export const nextAlarm = (sql: SqlStorage): number | null =>
  sql.exec<{ due: number | null }>("SELECT MIN(due) AS due FROM work WHERE parked = 0").one().due;

/** True when the item was settled as the run saw it; false: it was woken meanwhile and runs again. */
export function remove(sql: SqlStorage, key: string, seq: number): boolean {
  return sql.exec("DELETE FROM work WHERE key = ? AND seq = ?", key, seq).rowsWritten > 0;
}

export function defer(
  sql: SqlStorage,
  key: string,
  seq: number,
  to: { due: number; attempts: number; strikes: number; why: string; parked: boolean },
): void {
  sql.exec(
    "UPDATE work SET due = ?, attempts = ?, strikes = ?, why = ?, parked = ? WHERE key = ? AND seq = ?",
    to.due,
    to.attempts,
    to.strikes,
    to.why,
    to.parked ? 1 : 0,
    key,
    seq,
  );
  // Woken meanwhile: it stays due, but what the run learned about tries is kept.
  sql.exec("UPDATE work SET attempts = ?, strikes = ? WHERE key = ? AND seq <> ?", to.attempts, to.strikes, key, seq);
}

/** Items waiting by class: the demand that the gate is told of, and the count on Home. */
export function waiting(sql: SqlStorage): { cls: number; n: number }[] {
  return sql.exec<{ cls: number; n: number }>("SELECT rank AS cls, COUNT(*) AS n FROM work WHERE parked = 0 GROUP BY rank").toArray();
}

export const waitingOf = (sql: SqlStorage, cls: WorkClass): number =>
  sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM work WHERE parked = 0 AND rank = ?", rankOf(cls)).one().n;

// ---- claims and drafts (design 3.1, 3.4) -----------------------------------------------------------------------

export type ClaimRow = { step: string; mark: string; started: number; attempt: number; looked: number | null; answer: string | null };

export const claimOf = (sql: SqlStorage, step: string): ClaimRow | null =>
  sql.exec<ClaimRow>("SELECT step, mark, started, attempt, looked, answer FROM claims WHERE step = ?", step).toArray()[0] ?? null;

export function openClaim(sql: SqlStorage, step: string, mark: string, now: number): void {
  sql.exec(
    `INSERT INTO claims (step, mark, started, attempt, looked, answer) VALUES (?, ?, ?, 1, NULL, NULL)
     ON CONFLICT (step) DO UPDATE SET mark = excluded.mark, started = excluded.started, attempt = attempt + 1, looked = NULL, answer = NULL`,
    step,
    mark,
    now,
  );
}

export function lookedAt(sql: SqlStorage, step: string, now: number): void {
  sql.exec("UPDATE claims SET looked = ? WHERE step = ?", now, step);
}

export function closeClaim(sql: SqlStorage, step: string, mark: string, answer: unknown, now: number): void {
  sql.exec(
    `INSERT INTO claims (step, mark, started, attempt, looked, answer) VALUES (?, ?, ?, 1, NULL, ?)
     ON CONFLICT (step) DO UPDATE SET answer = excluded.answer`,
    step,
    mark,
    now,
    JSON.stringify(answer),
  );
}

/** A claim whose write surely did not happen (refused, throttled, never sent) is taken back. */
export function dropClaim(sql: SqlStorage, step: string): void {
  sql.exec("DELETE FROM claims WHERE step = ? AND answer IS NULL", step);
}

export const draftOf = (sql: SqlStorage, orderId: number): string | null =>
  sql.exec<{ draft: string }>("SELECT draft FROM drafts WHERE order_id = ?", orderId).toArray()[0]?.draft ?? null;

export function keepDraft(sql: SqlStorage, orderId: number, draft: string, now: number): void {
  sql.exec(
    "INSERT INTO drafts (order_id, draft, at) VALUES (?, ?, ?) ON CONFLICT (order_id) DO UPDATE SET draft = excluded.draft, at = excluded.at",
    orderId,
    draft,
    now,
  );
}

// ---- attempts --------------------------------------------------------------------------------------------------

export type AttemptRow = Omit<StoredAttempt, "id" | "at"> & { orderId: number | null; at: number };

export function recordAttempt(sql: SqlStorage, a: AttemptRow): number {
  return sql
    .exec<{ id: number }>(
      `INSERT INTO attempts (order_id, at, step, side, method, path, status, outcome, ms, note, request, response)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
      a.orderId,
      a.at,
      a.step,
      a.side,
      a.method,
      a.path,
      a.status,
      a.outcome,
      a.ms,
      a.note,
      a.request,
      a.response,
    )
    .one().id;
}

export function attemptsOf(sql: SqlStorage, orderId: number): (AttemptRow & { id: number })[] {
  return sql
    .exec<AttemptRow & { id: number }>(
      `SELECT id, order_id AS orderId, at, step, side, method, path, status, outcome, ms, note, request, response
       FROM attempts WHERE order_id = ? ORDER BY id DESC LIMIT 200`,
      orderId,
    )
    .toArray();
}

/** Payloads are kept 30 days, the line itself 90 (design 5). */
export function pruneAttempts(sql: SqlStorage, now: number): void {
  const day = 86_400_000;
  sql.exec(
    "UPDATE attempts SET request = NULL, response = NULL WHERE at < ? AND (request IS NOT NULL OR response IS NOT NULL)",
    now - 30 * day,
  );
  sql.exec("DELETE FROM attempts WHERE at < ?", now - 90 * day);
}

// ---- sides that do not answer ----------------------------------------------------------------------------------

export function sideDown(sql: SqlStorage, side: SideDown["side"], now: number, tries: number, why: string): void {
  sql.exec(
    "INSERT INTO sides (side, since, tries, why) VALUES (?, ?, ?, ?) ON CONFLICT (side) DO UPDATE SET tries = excluded.tries, why = excluded.why",
    side,
    now,
    tries,
    why,
  );
}

export function sideUp(sql: SqlStorage, side: SideDown["side"]): void {
  sql.exec("DELETE FROM sides WHERE side = ?", side);
}

export function sidesDown(sql: SqlStorage): SideDown[] {
  return sql
    .exec<{ side: SideDown["side"]; since: number; tries: number; why: string }>("SELECT side, since, tries, why FROM sides")
    .toArray()
    .map((r) => ({ side: r.side, since: new Date(r.since).toISOString(), triesAt: new Date(r.tries).toISOString(), why: r.why }));
}
