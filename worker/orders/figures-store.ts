import { and, count, desc, eq, gt, gte, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";

/** What Setup and the first run ask of all orders of a store: how many, how fast, how far rounded, which numbers. */

/** The hour with most orders since `from`: its first instant and how many; null: none. */
export async function busiestHour(db: Db, tenant: Tenant, from: string): Promise<{ at: string; orders: number } | null> {
  const hour = sql<string>`substr(${orders.placedAt}, 1, 13)`;
  const n = sql<number>`COUNT(*)`;
  const row = await db
    .select({ hour, n })
    .from(orders)
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account ?? ""),
        gt(orders.orderId, 0),
        sql`${orders.placedAt} >= ${from}`,
      ),
    )
    .groupBy(hour)
    .orderBy(desc(n))
    .limit(1)
    .get();
  return row ? { at: `${row.hour}:00:00.000Z`, orders: row.n } : null;
}

/** Orders that wait and of which nothing is in Cin7 Core. */
export async function ordersWaiting(db: Db, tenant: Tenant): Promise<number> {
  const row = await db
    .select({ n: count() })
    .from(orders)
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account ?? ""),
        gt(orders.orderId, 0),
        inArray(orders.state, ["pending", "sending"]),
        isNull(orders.saleId),
        isNull(orders.dayCut),
      ),
    )
    .get();
  return row?.n ?? 0;
}

/** Order numbers of this store that Lockstep knows of, taken or not, changed since an instant (ISO 8601 UTC). */
export async function numbersSince(db: Db, tenant: Linked, from: string): Promise<Set<number>> {
  const mineOf = and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account), gte(orders.updatedAt, from));
  const rows = await db.select({ id: orders.orderId }).from(orders).where(mineOf).all();
  return new Set(rows.map((row) => row.id));
}

/** A calendar month of the store with its first instant and that of the next (ISO 8601 UTC). */
export type Month = { month: string; from: string; to: string };
/** Rounding charges of one amount in one currency in a month. */
export type MonthRoundings = { month: string; currency: string; amount: string; orders: number };

/** Rounding charges of the sales that are in Cin7 Core, counted by month, currency and amount; newest month first. */
export async function roundings(db: Db, tenant: Tenant, months: readonly Month[]): Promise<MonthRoundings[]> {
  return db.all<MonthRoundings>(sql`SELECT m.value ->> 'month' AS month, o.currency AS currency, o.rounding AS amount, COUNT(*) AS orders
    FROM orders o JOIN json_each(${JSON.stringify(months)}) m
      ON COALESCE(o.met_at, o.placed_at) >= m.value ->> 'from' AND COALESCE(o.met_at, o.placed_at) < m.value ->> 'to'
    WHERE o.store_hash = ${tenant.store} AND o.account_id = ${tenant.account ?? ""} AND o.state = 'sent' AND o.rounding IS NOT NULL
      AND instr(o.stages, 'voided') = 0
    GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3`);
}
