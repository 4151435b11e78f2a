/** Rows and statements as Cloudflare bills them, counted on their way. */
export type Rows = { read: number; written: number };

/** Issue 9: what an order may cost, from its first notice to its payment and the note in BigCommerce (decision 0030). */
export const ORDER_BARS = { d1Queries: 22, d1Written: 25, objectRead: 300, objectWritten: 50 };

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

/** Of one piece of work that is done at once; one that throws leaves nothing of the counting behind. */
export function rowsOf(sql: SqlStorage, run: () => void): Rows {
  const counted = meterSql(sql);
  let rows: Rows;
  try {
    run();
  } finally {
    rows = counted();
  }
  return rows;
}

type Fetcher = { fetch(url: unknown, init: { body: string }): Promise<Response> };
type Answer = { meta?: { rows_read?: number; rows_written?: number } };

/**
 * Tells of each statement that this binding asks D1 and of its answer, until the function it returns is called. Workerd's own client
 * hides the rows of `raw()`, so answers are read on their way to it.
 */
export function watchD1(db: D1Database, told: (asked: string[], answers: Answer[]) => void): () => void {
  const session = (db as unknown as { alwaysPrimarySession: { fetcher: Fetcher } }).alwaysPrimarySession;
  const { fetcher } = session;
  session.fetcher = {
    async fetch(url, init) {
      const response = await fetcher.fetch(url, init);
      const answers = [(await response.clone().json()) as Answer | Answer[]].flat();
      const asked = [JSON.parse(init.body) as { sql: string } | { sql: string }[]].flat();
      told(
        asked.map(({ sql }) => sql),
        answers,
      );
      return response;
    },
  };
  return () => {
    session.fetcher = fetcher;
  };
}

/** From now on, of D1 as this binding asks it. */
export function meterD1(db: D1Database): () => Rows & { statements: string[] } {
  const spent = { read: 0, written: 0, statements: [] as string[] };
  const restore = watchD1(db, (asked, answers) => {
    spent.statements.push(...asked);
    for (const { meta } of answers) {
      spent.read += meta?.rows_read ?? 0;
      spent.written += meta?.rows_written ?? 0;
    }
  });
  return () => {
    restore();
    return spent;
  };
}
