import { and, count, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { daySales, orders } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

const mine = (tenant: Tenant) => and(eq(daySales.storeHash, tenant.store), eq(daySales.accountId, tenant.account ?? ""));
const PROBLEMS = sql<number>`(SELECT COUNT(*) FROM problem_orders o JOIN problems p ON p.store_hash = o.store_hash AND p.key = o.key
  AND p.cleared_at IS NULL WHERE o.store_hash = "orders"."store_hash" AND o.order_id = "orders"."order_id")`;

/** Daily sales, the newest day first, each with its row among the orders; and how many there are in all. */
export async function listDays(db: Db, tenant: Tenant, limit: number, offset: number) {
  // Not in one batch: both tables have columns of the same name, which D1 tells apart only in rows of a single statement.
  const rows = await db
    .select({ day: daySales, order: orders, problems: PROBLEMS })
    .from(daySales)
    .innerJoin(orders, and(eq(orders.storeHash, daySales.storeHash), eq(orders.orderId, daySales.daySale)))
    .where(mine(tenant))
    .orderBy(desc(daySales.cut), desc(daySales.daySale))
    .limit(limit)
    .offset(offset)
    .all();
  const counted = await db.select({ n: count() }).from(daySales).where(mine(tenant)).get();
  return { rows, total: counted?.n ?? 0 };
}

/** The settings in force, as they were stored; null: nothing is saved. */
export async function isDailyChosen(db: Db, tenant: Tenant): Promise<boolean> {
  const row = await db.get<
    { mode: string | null } | undefined
  >(sql`SELECT json_extract(document, '$.orders.consolidate') AS mode FROM settings_versions
    WHERE store_hash = ${tenant.store} AND account_id = ${tenant.account ?? ""} ORDER BY version DESC LIMIT 1`);
  return row?.mode === "daily";
}
