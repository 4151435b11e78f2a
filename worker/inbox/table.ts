/**
 * The inbox's own SQLite (design 5): its name, claims and frozen drafts (`queue`, `attempts`, `sides`: beside it). Plain statements,
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

export function forgetClaim(sql: SqlStorage, step: string): void {
  sql.exec("DELETE FROM claims WHERE step = ?", step);
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
