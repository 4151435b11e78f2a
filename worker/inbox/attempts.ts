import type { Attempt } from "../contract/index.ts";

/** Every call made for an order, in the inbox's own SQLite (design 5). Plain statements; `recorder` seals what was sent. */
export type AttemptRow = Omit<Attempt, "id" | "at"> & { orderId: number | null; at: number };

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

const DAY_MS = 86_400_000;
const PATH_ONLY = "CASE WHEN instr(path, '?') > 0 THEN substr(path, 1, instr(path, '?') - 1) ELSE path END";

/**
 * What was sent and answered, and the query of each path, are kept `days` (F140); the line itself 90 (design 5). With them go
 * the names of customers that were made that long ago. `now`: epoch milliseconds.
 */
export function pruneAttempts(sql: SqlStorage, now: number, days: number): void {
  const before = now - days * DAY_MS;
  sql.exec(
    `UPDATE attempts SET request = NULL, response = NULL, note = '', path = ${PATH_ONLY}
     WHERE at < ? AND (request IS NOT NULL OR response IS NOT NULL OR instr(path, '?') > 0)`,
    before,
  );
  sql.exec("DELETE FROM attempts WHERE at < ?", now - 90 * DAY_MS);
  sql.exec("DELETE FROM claims WHERE step LIKE 'customer:%' AND answer IS NOT NULL AND started < ?", before);
}

/**
 * Sales done for so long that nothing of them is kept but their link (design 5): as for an erased shopper, and the closed
 * claims. Should one of them be looked at again, every document is looked for before it is written.
 */
export function closeOrders(sql: SqlStorage, orderIds: readonly number[]): void {
  forgetOrders(sql, orderIds);
  sql.exec(
    `DELETE FROM claims WHERE answer IS NOT NULL AND step IN (
       SELECT c.step FROM json_each(?) o JOIN claims c ON c.step >= 'order:' || o.value || ':' AND c.step < 'order:' || o.value || ';')`,
    JSON.stringify(orderIds),
  );
}

/**
 * A shopper is erased (M46): of these orders go what was sent and answered, the query of each path (it may hold an e-mail),
 * the draft, and names of customers in claims. That the calls were made stays. How many attempts lost something.
 */
export function forgetOrders(sql: SqlStorage, orderIds: readonly number[]): number {
  const these = "order_id IN (SELECT value FROM json_each(?))";
  const ids = JSON.stringify(orderIds);
  const forgotten = sql
    .exec(
      `UPDATE attempts SET request = NULL, response = NULL, note = '', path = ${PATH_ONLY}
       WHERE ${these} AND (request IS NOT NULL OR response IS NOT NULL OR instr(path, '?') > 0) RETURNING id`,
      ids,
    )
    .toArray().length;
  sql.exec(`DELETE FROM drafts WHERE ${these}`, ids);
  sql.exec("DELETE FROM claims WHERE step LIKE 'customer:%' AND answer IS NOT NULL");
  return forgotten;
}
