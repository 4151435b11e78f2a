import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

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
