import { and, eq, isNotNull, sql } from "drizzle-orm";
import { inEpoch } from "../../lib/db/epoch.ts";
import type { Db } from "../../lib/db/open.ts";
import { stores } from "../../lib/db/schema/tables.ts";
import type { Linked } from "../../lib/ids.ts";

/** Which orders of a store in a row have other totals in Cin7 (`brake.ts`). One that is looked at again counts once. */
const mine = (tenant: Linked) => and(eq(stores.hash, tenant.store), eq(stores.accountId, tenant.account), inEpoch(tenant));

export async function differed(db: Db, tenant: Linked, orderId: number, at: string): Promise<void> {
  const { differing } = stores;
  const fresh = JSON.stringify({ account: tenant.account, orders: [orderId], at });
  const isOurs = sql`json_extract(${differing}, '$.account') = ${tenant.account}`;
  const isKnown = sql`EXISTS (SELECT 1 FROM json_each(${differing}, '$.orders') WHERE value = ${orderId})`;
  await db
    .update(stores)
    .set({
      differing: sql`CASE WHEN NOT COALESCE(${isOurs}, 0) THEN ${fresh} WHEN ${isKnown} THEN ${differing}
        ELSE json_set(json_insert(${differing}, '$.orders[#]', ${orderId}), '$.at', ${at}) END`,
    })
    .where(mine(tenant))
    .run();
}

export async function agreed(db: Db, tenant: Linked): Promise<void> {
  await db
    .update(stores)
    .set({ differing: null })
    .where(and(mine(tenant), isNotNull(stores.differing)))
    .run();
}
