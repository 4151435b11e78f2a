/**
 * Brings a Durable Object's own SQLite up to date: the list is appended to, never edited, and each entry is applied once
 * (design 5). Safe to call again after `deleteAll()`.
 */
export function migrate(storage: DurableObjectStorage, migrations: readonly string[]): void {
  const { sql } = storage;
  sql.exec("CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY)");
  const applied = sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM migrations").one().n;
  for (let id = applied; id < migrations.length; id++) {
    storage.transactionSync(() => {
      sql.exec(migrations[id] as string);
      sql.exec("INSERT INTO migrations (id) VALUES (?)", id);
    });
  }
}
