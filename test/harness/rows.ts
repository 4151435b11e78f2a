/** Rows that a piece of work reads and writes in a Durable Object's own SQLite, as Cloudflare bills them. */
export function rowsOf(sql: SqlStorage, run: () => void): { read: number; written: number } {
  const exec = sql.exec;
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
  Object.defineProperty(sql, "exec", {
    configurable: true,
    value: (query: string, ...bound: unknown[]) => {
      const cursor = exec.call(sql, query, ...bound) as SqlStorageCursor<Record<string, SqlStorageValue>>;
      cursors.push(cursor);
      return cursor;
    },
  });
  try {
    run();
  } finally {
    Reflect.deleteProperty(sql, "exec");
  }
  // A cursor knows its rows once it was read.
  const sum = (of: (cursor: (typeof cursors)[number]) => number) => cursors.reduce((n, cursor) => n + of(cursor), 0);
  return { read: sum((c) => c.rowsRead), written: sum((c) => c.rowsWritten) };
}
