import { and, desc, eq, gt, inArray, notInArray, or, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";
import type { Waiting } from "../orders/capture/capture-preview.ts";
import { NEVER_TAKEN } from "../orders/capture/capture-table.ts";

/** More than this many are not judged, the newest first. */
const MOST = 5000;

/** Orders that are not in Cin7 Core and that another rule might treat otherwise: not what is on its way, nor what somebody skipped, nor daily sales. */
export async function waitingOrders(db: Db, tenant: Tenant): Promise<Waiting[]> {
  const { orderId, state, facts } = orders;
  const mayCome = or(
    inArray(state, ["pending", "held", "failed"]),
    and(eq(state, "not-taken"), notInArray(orders.statusId, [...NEVER_TAKEN])),
  );
  const skipped = sql`EXISTS (SELECT 1 FROM decisions d WHERE d.store_hash = "orders"."store_hash" AND d.account_id = "orders"."account_id" AND d.key = 'skip:' || "orders"."order_id")`;
  const rows = await db
    .select({ orderId, state, facts })
    .from(orders)
    .where(
      and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account ?? ""), gt(orderId, 0), mayCome, sql`NOT ${skipped}`),
    )
    .orderBy(desc(orderId))
    .limit(MOST)
    .all();
  return rows as Waiting[];
}
