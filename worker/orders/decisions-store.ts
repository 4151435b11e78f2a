import { and, eq, inArray, sql } from "drizzle-orm";
import { inEpoch } from "../db/epoch.ts";
import type { Db } from "../db/open.ts";
import { decisions, problemOrders } from "../db/schema.ts";
import type { Linked, Tenant } from "../lib/ids.ts";

/** What a person decided: `send-as-one:1042` (M24), `post-open:2025-10-31` (M13). Once decided it stays. */
export const sendAsOne = (orderId: number): string => `send-as-one:${orderId}`;
export const postOpen = (lockedTo: string): string => `post-open:${lockedTo}`;

export async function isDecided(db: Db, tenant: Linked, key: string): Promise<boolean> {
  const row = await db
    .select({ key: decisions.key })
    .from(decisions)
    .where(and(eq(decisions.storeHash, tenant.store), eq(decisions.accountId, tenant.account), eq(decisions.key, key)))
    .get();
  return row !== undefined;
}

export async function decide(db: Db, tenant: Linked, key: string, by: string, at: string): Promise<void> {
  await db.run(sql`INSERT INTO decisions (store_hash, account_id, key, by, at)
    SELECT ${tenant.store}, ${tenant.account}, ${key}, ${by}, ${at}
    WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash, key) DO UPDATE SET account_id = excluded.account_id, by = excluded.by, at = excluded.at`);
}

/** Orders that a problem names: the ones to look at again when it is decided. */
export async function ordersOf(db: Db, tenant: Tenant, problemKeys: readonly string[]): Promise<number[]> {
  const rows = await db
    .select({ id: problemOrders.orderId })
    .from(problemOrders)
    .where(and(eq(problemOrders.storeHash, tenant.store), inArray(problemOrders.key, [...problemKeys])))
    .orderBy(problemOrders.orderId)
    .all();
  return rows.map((row) => row.id);
}
