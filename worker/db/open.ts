import type { SQL } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { Env } from "../env.ts";
import type { AccountId } from "../lib/ids.ts";
import * as schema from "./schema.ts";

export type Db = DrizzleD1Database<typeof schema> & { $client: D1Database };

/** The only way to a database. D1 ends at 10 GB: an account may one day live in another one (design 5). */
export function open(env: Pick<Env, "DB">, _account?: AccountId): Db {
  return drizzle(env.DB, { schema });
}

const dialect = new SQLiteAsyncDialect();

/** Several statements in one transaction and one round trip. Drizzle's own `batch` cannot take `sql` statements on D1 (tried, 0.45). */
export async function runAll(db: Db, statements: readonly SQL[]): Promise<void> {
  if (statements.length === 0) return;
  const prepared = statements.map((statement) => {
    const { sql, params } = dialect.sqlToQuery(statement);
    return db.$client.prepare(sql).bind(...params);
  });
  await db.$client.batch(prepared);
}
