import { and, eq, gt, isNotNull, notInArray, sql } from "drizzle-orm";
import { OVER } from "../bigcommerce/order-status.ts";
import type { AutoShipAffected } from "../contract/index.ts";
import type { Db } from "../lib/db/open.ts";
import { orders, settingsVersions } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";

/** So many are listed; the number says how many there are. */
const LISTED = 50;

/**
 * Sales that are in Cin7 and not shipped, by the version of Setup that each was sent with (F22): those that were sent with
 * automatic shipping, or without it. Newest first. Of a daily sale its orders are listed.
 */
export async function openSales(db: Db, tenant: Linked, sentWith: boolean): Promise<AutoShipAffected> {
  const has = (stage: string) => sql`instr(',' || ${orders.stages} || ',', ${`,${stage},`}) > 0`;
  const shipsBySelf = sql`(json_extract(${settingsVersions.document}, '$.sale.fulfil') = 'pick-pack-ship'
    AND json_extract(${settingsVersions.document}, '$.sale.status') = 'authorised')`;
  const rows = await db
    .select({ id: orders.orderId, saleNumber: orders.saleNumber, count: sql<number>`COUNT(*) OVER ()` })
    .from(orders)
    .leftJoin(settingsVersions, and(eq(settingsVersions.storeHash, orders.storeHash), eq(settingsVersions.version, orders.settingsVersion)))
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account),
        gt(orders.orderId, 0),
        isNotNull(orders.saleId),
        notInArray(orders.statusId, [...OVER]),
        sql`NOT ${has("shipped")} AND NOT ${has("voided")}`,
        sql`COALESCE(${shipsBySelf}, 0) = ${sentWith ? 1 : 0}`,
      ),
    )
    .orderBy(sql`${orders.placedAt} DESC`)
    .limit(LISTED)
    .all();
  return { count: rows[0]?.count ?? 0, orders: rows.map(({ id, saleNumber }) => ({ id, saleNumber })) };
}
