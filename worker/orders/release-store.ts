import { and, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { orders, waitingFor } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";

/** Orders of this account that wait for a mapping, a connection or a person: the ones to look at again when that changed. Ascending. */
export async function ordersToRelease(db: Db, tenant: Tenant): Promise<number[]> {
  const rows = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account ?? ""),
        inArray(orders.state, ["held", "pending", "sending", "failed"]),
        isNull(orders.dayCut),
      ),
    )
    .orderBy(orders.orderId)
    .all();
  return rows.map((row) => row.id);
}

/** Orders whose documents wait for locked books (M13). */
export async function lockedOrders(db: Db, tenant: Linked): Promise<number[]> {
  const rows = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account), waitingFor("books")))
    .orderBy(orders.orderId)
    .all();
  return rows.map((row) => row.id);
}

/** Orders that are not taken because nobody paid yet, and hold their stock meanwhile (M31). */
export async function unpaidOrders(db: Db, tenant: Tenant): Promise<number[]> {
  const rows = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account ?? ""), isNotNull(orders.unpaidMethod)))
    .orderBy(orders.orderId)
    .all();
  return rows.map((row) => row.id);
}
