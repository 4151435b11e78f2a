import type { Attempt } from "../contract/index.ts";

/**
 * Every call made for an order, in the inbox's own SQLite (design 5): its calls lie together, a row each. Plain statements;
 * `recorder` seals what was sent. `attempts` holds what an older release wrote: read and forgotten like the rest.
 */
export type AttemptRow = Omit<Attempt, "id" | "at"> & { orderId: number; at: number };

const DAY_MS = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** Calls of a run that have ended, in their order. */
export function recordAttempts(sql: SqlStorage, attempts: readonly AttemptRow[]): void {
  for (const attempt of attempts) record(sql, attempt);
  const days = new Set(attempts.map(({ at, orderId }) => `${dayOf(at)} ${orderId}`));
  for (const day of days)
    sql.exec("INSERT INTO call_days (day, order_id) VALUES (?, ?) ON CONFLICT DO NOTHING", ...day.split(" ").map(Number));
}

function record(sql: SqlStorage, a: AttemptRow): void {
  sql.exec(
    `INSERT INTO order_calls (order_id, n, at, step, side, method, path, status, outcome, ms, note, request, response)
     SELECT ?1, COALESCE(MAX(n), (SELECT MAX(id) FROM attempts), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
     FROM order_calls WHERE order_id = ?1`,
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
  );
}

export function attemptsOf(sql: SqlStorage, orderId: number): (AttemptRow & { id: number })[] {
  const columns = "order_id AS orderId, at, step, side, method, path, status, outcome, ms, note, request, response";
  return sql
    .exec<AttemptRow & { id: number }>(
      `SELECT n AS id, ${columns} FROM order_calls WHERE order_id = ?1
       UNION ALL SELECT id, ${columns} FROM attempts WHERE order_id = ?1 ORDER BY at DESC, id DESC LIMIT 200`,
      orderId,
    )
    .toArray();
}

const TABLES = ["order_calls", "attempts"] as const;
const PATH_ONLY = "CASE WHEN instr(path, '?') > 0 THEN substr(path, 1, instr(path, '?') - 1) ELSE path END";
/** What was sent and answered, with the query of each path: gone. */
const EMPTIED = `request = NULL, response = NULL, note = '', path = ${PATH_ONLY}`;
const HOLDS_SOME = "(request IS NOT NULL OR response IS NOT NULL OR instr(path, '?') > 0 OR note LIKE 'sealed:%')";
const CALLED_UP_TO = "order_id IN (SELECT order_id FROM call_days WHERE day <= ?)";

/**
 * What was sent and answered, and the query of each path, are kept `days` (F140); the line itself 90 (design 5). With them go
 * the names of customers that were made that long ago. `now`: epoch milliseconds.
 */
export function pruneAttempts(sql: SqlStorage, now: number, days: number): void {
  const before = now - days * DAY_MS;
  const gone = now - 90 * DAY_MS;
  sql.exec(`UPDATE order_calls SET ${EMPTIED} WHERE ${CALLED_UP_TO} AND at < ? AND ${HOLDS_SOME}`, dayOf(before), before);
  sql.exec(`DELETE FROM order_calls WHERE ${CALLED_UP_TO} AND at < ?`, dayOf(gone), gone);
  sql.exec("DELETE FROM call_days WHERE day < ?", dayOf(gone));
  sql.exec(`UPDATE attempts SET ${EMPTIED} WHERE at < ? AND ${HOLDS_SOME}`, before);
  sql.exec("DELETE FROM attempts WHERE at < ?", gone);
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
 * what is frozen, and names of customers in claims. That the calls were made stays. How many attempts lost something.
 */
export function forgetOrders(sql: SqlStorage, orderIds: readonly number[]): number {
  const these = "order_id IN (SELECT value FROM json_each(?))";
  const ids = JSON.stringify(orderIds);
  const emptied = (table: (typeof TABLES)[number]) =>
    sql.exec(`UPDATE ${table} SET ${EMPTIED} WHERE ${these} AND ${HOLDS_SOME} RETURNING 1`, ids).toArray().length;
  const forgotten = TABLES.reduce((n, table) => n + emptied(table), 0);
  for (const table of ["frozen", "drafts"]) sql.exec(`DELETE FROM ${table} WHERE ${these}`, ids);
  sql.exec("DELETE FROM claims WHERE step LIKE 'customer:%' AND answer IS NOT NULL");
  return forgotten;
}
