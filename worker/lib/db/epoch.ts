import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Tenant } from "../ids.ts";
import type { Db } from "./open.ts";
import { stores } from "./schema/tables.ts";

/** The store's own row, while its epoch is the tenant's. */
export const storeInEpoch = (tenant: Tenant) => and(eq(stores.hash, tenant.store), eq(stores.epoch, tenant.epoch));

/** True only while the tenant's epoch is the store's: a flow that outlived a disconnect writes nothing (design 5). */
export const inEpoch = (tenant: Tenant) =>
  sql`EXISTS (SELECT 1 FROM ${stores} WHERE ${stores.hash} = ${tenant.store} AND ${stores.epoch} = ${tenant.epoch})`;

/** A new row; nothing is written once the epoch is over. Not `db.run`: D1's batch does not take it (decision 0002). */
export function insertInEpoch<T extends SQLiteTable>(db: Db, tenant: Tenant, table: T, row: T["$inferInsert"]) {
  const given = row as Record<string, unknown>;
  const values = Object.entries(getTableColumns(table)).map(([key, column]) => sql.param(given[key] ?? column.default ?? null, column));
  return db.insert(table).select(sql`SELECT ${sql.join(values, sql`, `)} WHERE ${inEpoch(tenant)}`);
}
