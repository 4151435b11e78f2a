import { CLASSES, rankOf, type WorkClass } from "../cin7/priority.ts";
import type { Side } from "./breaker.ts";
import type { OrderPlace } from "./client.ts";
import { ITS_TURN } from "./outcome.ts";
import { CALLING, CALLS, classOf, keyOf, laneOf, SCHEDULED, type Work, type WorkKind } from "./work.ts";

/**
 * The inbox's own SQLite (design 5): work items, claims and frozen drafts (`attempts`, `sides`: beside it). Plain statements, no judgement.
 * Its tables: `migrations.ts`.
 */

export function rememberName(sql: SqlStorage, name: string): void {
  sql.exec("INSERT INTO identity (id, name) VALUES (1, ?) ON CONFLICT (id) DO NOTHING", name);
}

export const nameOf = (sql: SqlStorage): string | null =>
  sql.exec<{ name: string }>("SELECT name FROM identity").toArray()[0]?.name ?? null;

/** Everything before this instant was forgotten, epoch ms; 0: nothing ever was. */
export const erasedAt = (sql: SqlStorage): number => sql.exec<{ at: number }>("SELECT erased_at AS at FROM identity").toArray()[0]?.at ?? 0;

export function rememberErased(sql: SqlStorage, now: number): void {
  sql.exec("UPDATE identity SET erased_at = ?", now);
}

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
  /** Sides that are away and that this run is to try. */
  probes: Side[];
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
const CALLS_OF = `CASE kind ${Object.entries(CALLS)
  .map(([kind, calls]) => `WHEN '${kind}' THEN ${calls}`)
  .join(" ")} ELSE 0 END`;
const oneOf = (kinds: readonly WorkKind[]) => `kind IN (${kinds.map((kind) => `'${kind}'`).join(", ")})`;
const IS_CALLING = oneOf(CALLING);
const HELD_UNTIL = "COALESCE((SELECT until FROM holds WHERE holds.rank = work.rank), 0)";
const GOES_AT = `CASE WHEN ${IS_CALLING} THEN MAX(due, ${HELD_UNTIL}) ELSE due END`;
const inFront = (rank: string) => `(rank <= ${rank} OR rank = ${rankOf("sweep")})`;
/** Waits for nothing but its permit; bound: now, and what is noted on an item that was refused one. */
const WANTED = `(parked = 0 AND side IS NULL AND ${CALLS_OF} > 0 AND (due <= ? OR why = ?))`;
const COLUMNS = "key, lane, data, seq, due, attempts, strikes, why, since";
const read = (r: Raw): WorkRow => ({ ...r, work: JSON.parse(r.data) as Work, probes: [] });

/**
 * New item, or a wake-up of the one that is there: its `seq` moves, so that a run in progress runs again (design 2). A
 * person's *Process* that waits is not forgotten because BigCommerce tells of the order meanwhile, nor is the earliest
 * instant from which a sweep is to look again.
 */
export function put(sql: SqlStorage, work: Work, due: number, now: number): void {
  sql.exec(
    `INSERT INTO work (key, kind, lane, rank, data, seq, due, attempts, strikes, why, parked, since) VALUES (?, ?, ?, ?, ?, 1, ?, 0, 0, '', 0, ?)
     ON CONFLICT (key) DO UPDATE SET seq = seq + 1, due = MIN(due, excluded.due), strikes = 0, parked = 0,
       data = CASE WHEN json_extract(data, '$.pressed') OR json_extract(data, '$.from') < COALESCE(json_extract(excluded.data, '$.from'), '~')
         THEN data ELSE excluded.data END`,
    keyOf(work),
    work.kind,
    laneOf(work),
    rankOf(classOf(work)),
    JSON.stringify(work),
    due,
    now,
  );
}

/** An item that schedules itself is there from now on, due then; one that is there stays as it is. */
export function schedule(sql: SqlStorage, work: Work, due: number): void {
  if (sql.exec("SELECT 1 FROM work WHERE key = ?", keyOf(work)).toArray().length === 0) put(sql, work, due, due);
}

/**
 * The due item of the highest class whose lane is free and whose class the gate does not hold; a deferred item blocks nothing.
 * What has calls to make goes before orders that are only to be read: a permit lapses, reading does not. Then who came first.
 * `asking`: ranks of running items that have no permit yet. Where room is scarce one item of a class asks at a time.
 */
export function nextDue(sql: SqlStorage, now: number, busyLanes: readonly string[], asking: readonly number[] = []): WorkRow | null {
  const row = sql
    .exec<Raw>(
      `SELECT ${COLUMNS} FROM work WHERE parked = 0 AND due <= ?1 AND lane NOT IN (SELECT value FROM json_each(?2))
         AND (NOT ${IS_CALLING} OR (${HELD_UNTIL} <= ?1 AND ${inFront("?4")}
           AND NOT (${HELD_UNTIL} > 0 AND rank IN (SELECT value FROM json_each(?3)))))
       ORDER BY rank, kind = 'order.changed', since LIMIT 1`,
      now,
      JSON.stringify(busyLanes),
      JSON.stringify(asking),
      front(sql, now).rank,
    )
    .toArray()[0];
  return row ? read(row) : null;
}

/** When the alarm is needed next, epoch milliseconds; null: nothing waits. */
export function nextAlarm(sql: SqlStorage, now: number): number | null {
  const { rank, until } = front(sql, now);
  const goesAt = `CASE WHEN ${IS_CALLING} AND NOT ${inFront("?1")} THEN MAX(${GOES_AT}, ?2) ELSE ${GOES_AT} END`;
  return sql.exec<{ due: number | null }>(`SELECT MIN(${goesAt}) AS due FROM work WHERE parked = 0`, rank, until).one().due;
}

/**
 * The highest class of which more waits than finds room, and when it goes on. While there is one, nothing of a lower class
 * begins: every order is authorised before the first invoice. Sweeps have calls of their own.
 */
function front(sql: SqlStorage, now: number): { rank: number; until: number } {
  const row = sql
    .exec<{ rank: number; until: number }>(
      `SELECT rank, until FROM holds WHERE until > 0 AND EXISTS (
         SELECT 1 FROM work WHERE work.rank = holds.rank AND ${WANTED}) ORDER BY rank LIMIT 1`,
      now,
      ITS_TURN,
    )
    .toArray()[0];
  return row ?? { rank: CLASSES.length, until: 0 };
}

/** True when the item was settled as the run saw it; false: it was woken meanwhile and runs again. */
export function remove(sql: SqlStorage, key: string, seq: number): boolean {
  return sql.exec("DELETE FROM work WHERE key = ? AND seq = ?", key, seq).rowsWritten > 0;
}

/** An item that schedules itself stays as `work`; woken meanwhile, it keeps what it was woken with. */
export function again(sql: SqlStorage, key: string, seq: number, work: Work, due: number): void {
  const data = JSON.stringify(work);
  const set = "data = ?, due = ?, attempts = 0, strikes = 0, why = '', parked = 0, side = NULL";
  sql.exec(`UPDATE work SET ${set} WHERE key = ? AND seq = ?`, data, due, key, seq);
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
    "UPDATE work SET due = ?, attempts = ?, strikes = ?, why = ?, parked = ?, side = ? WHERE key = ? AND seq = ?",
    to.due,
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

const COUNTED = `parked = 0 AND NOT ${oneOf(SCHEDULED)}`;

/** Items waiting by class; those that schedule themselves are nobody's waiting. */
export function waiting(sql: SqlStorage): { cls: number; n: number }[] {
  return sql.exec<{ cls: number; n: number }>(`SELECT rank AS cls, COUNT(*) AS n FROM work WHERE ${COUNTED} GROUP BY rank`).toArray();
}

/** Cin7 calls that items want now, by class: the demand that the gate is told of. */
export function demand(sql: SqlStorage, now: number): Partial<Record<WorkClass, number>> {
  const rows = sql.exec<{ rank: number; n: number }>(
    `SELECT rank, SUM(${CALLS_OF}) AS n FROM work WHERE ${WANTED} GROUP BY rank`,
    now,
    ITS_TURN,
  );
  return Object.fromEntries(rows.toArray().map(({ rank, n }) => [CLASSES[rank], n]));
}

/** Before `until` no item of the class finds room (design 6): none is begun in vain. 0: there is room. */
export function hold(sql: SqlStorage, cls: WorkClass, until: number): void {
  sql.exec(
    "INSERT INTO holds (rank, until) VALUES (?, ?) ON CONFLICT (rank) DO UPDATE SET until = excluded.until WHERE until <> excluded.until",
    rankOf(cls),
    until,
  );
}

/** Which of these orders have an item here, waiting, running or parked: any, or one of a kind. */
export function holding(sql: SqlStorage, orderIds: readonly number[], kind?: "order.changed"): Set<number> {
  const which = kind ? `key = '${kind}:' || value` : "lane = 'order:' || value";
  const rows = sql.exec<{ id: number }>(
    `SELECT DISTINCT value AS id FROM json_each(?) WHERE EXISTS (SELECT 1 FROM work WHERE ${which})`,
    JSON.stringify(orderIds),
  );
  return new Set(rows.toArray().map((row) => row.id));
}

/** Where orders stand in the queue, in the order of their coming. */
export function placesOf(sql: SqlStorage, orderIds: readonly number[]): OrderPlace[] {
  const rows = sql.exec<OrderPlace>(
    `SELECT orderId, due, why, calls FROM (
       SELECT json_extract(data, '$.orderId') AS orderId, ${GOES_AT} AS due, why, SUM(${CALLS_OF}) OVER (ORDER BY since, key) AS calls
       FROM work WHERE parked = 0 AND kind IN ('order.changed', 'order.send'))
     WHERE orderId IN (SELECT value FROM json_each(?))`,
    JSON.stringify(orderIds),
  );
  return rows.toArray();
}

/** Every Cin7 call that the orders waiting here will take, with invoice and payment of those that are not sent yet. */
export const callsAhead = (sql: SqlStorage): number =>
  sql
    .exec<{ n: number | null }>(
      `SELECT SUM(${CALLS_OF} + CASE WHEN kind IN ('order.changed', 'order.send') THEN ${CALLS["order.money"]} ELSE 0 END) AS n
       FROM work WHERE ${COUNTED} AND kind LIKE 'order.%'`,
    )
    .one().n ?? 0;

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
