/** Rows and statements as Cloudflare bills them, counted on their way. */
export type Rows = { read: number; written: number };
type Cursor = SqlStorageCursor<Record<string, SqlStorageValue>>;

/** From now on, of a Durable Object's own SQLite. */
export function meterSql(sql: SqlStorage): () => Rows {
  const exec = sql.exec;
  const cursors: Cursor[] = [];
  Object.defineProperty(sql, "exec", {
    configurable: true,
    value: (query: string, ...bound: unknown[]) => {
      const cursor = exec.call(sql, query, ...bound) as Cursor;
      cursors.push(cursor);
      return cursor;
    },
  });
  return () => {
    Reflect.deleteProperty(sql, "exec");
    // A cursor knows its rows once it was read.
    const sum = (of: (cursor: Cursor) => number) => cursors.reduce((n, cursor) => n + of(cursor), 0);
    return { read: sum((c) => c.rowsRead), written: sum((c) => c.rowsWritten) };
  };
}

/** Of one piece of work that is done at once. */
export function rowsOf(sql: SqlStorage, run: () => void): Rows {
  const counted = meterSql(sql);
  run();
  return counted();
}

type Fetcher = { fetch(url: unknown, init: { body: string }): Promise<Response> };
type Meta = { rows_read?: number; rows_written?: number };

/** From now on, of D1 as this binding asks it; workerd's client hides the rows of some answers, so they are read on their way to it. */
export function meterD1(db: D1Database): () => Rows & { statements: string[] } {
  const session = (db as unknown as { alwaysPrimarySession: { fetcher: Fetcher } }).alwaysPrimarySession;
  const { fetcher } = session;
  const spent = { read: 0, written: 0, statements: [] as string[] };
  session.fetcher = {
    async fetch(url, init) {
      const response = await fetcher.fetch(url, init);
      const answers = [(await response.clone().json()) as { meta?: Meta } | { meta?: Meta }[]].flat();
      const asked = [JSON.parse(init.body) as { sql: string } | { sql: string }[]].flat();
      spent.statements.push(...asked.map(({ sql }) => sql));
      for (const { meta } of answers) {
        spent.read += meta?.rows_read ?? 0;
        spent.written += meta?.rows_written ?? 0;
      }
      return response;
    },
  };
  return () => {
    session.fetcher = fetcher;
    return spent;
  };
}
