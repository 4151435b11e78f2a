/**
 * The inbox's own SQLite (design 5): its name, claims and what is frozen (`queue`, `attempts`, `sides`: beside it). Plain statements,
 * no judgement. Its tables: `migrations.ts`.
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

// ---- claims and what is frozen (design 3.1, 3.4) -----------------------------------------------------------------------

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

export function forgetClaim(sql: SqlStorage, step: string): void {
  sql.exec("DELETE FROM claims WHERE step = ?", step);
}

/** `step` null: as a release before kept it, of whichever generation; its own place until `settleDraft`. */
export function newestFrozen(sql: SqlStorage, orderId: number, end: string): { step: string | null; body: string } | null {
  const rows = sql.exec<{ step: string | null; body: string }>(
    `SELECT step, body, at FROM frozen WHERE order_id = ?1 AND substr(step, -length(?2)) = ?2
     UNION ALL SELECT NULL, draft, at FROM drafts WHERE order_id = ?1 ORDER BY at DESC, step DESC LIMIT 1`,
    orderId,
    end,
  );
  return rows.toArray()[0] ?? null;
}

export function freeze(sql: SqlStorage, orderId: number, step: string, body: string, now: number): void {
  sql.exec(
    `INSERT INTO frozen (order_id, step, body, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (order_id, step) DO UPDATE SET body = excluded.body, at = excluded.at`,
    orderId,
    step,
    body,
    now,
  );
}

export const olderDrafts = (sql: SqlStorage, limit: number): number[] =>
  sql
    .exec<{ id: number }>("SELECT order_id AS id FROM drafts LIMIT ?", limit)
    .toArray()
    .map(({ id }) => id);

/** What was kept meanwhile under the step stays. */
export function settleDraft(sql: SqlStorage, orderId: number, step: string, body: string): void {
  sql.exec(
    `INSERT INTO frozen (order_id, step, body, at) SELECT order_id, ?2, ?3, at FROM drafts WHERE order_id = ?1
     ON CONFLICT (order_id, step) DO NOTHING`,
    orderId,
    step,
    body,
  );
  sql.exec("DELETE FROM drafts WHERE order_id = ?", orderId);
}
