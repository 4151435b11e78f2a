import { and, type SQL } from "drizzle-orm";
import { storeInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { stores } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";

/** What rooms that did not connect a store note on its row. */

/** How the shop's prices are entered, as BigCommerce says it today (F152). */
export async function savePriceBasis(db: Db, tenant: Linked, pricesIncludeTax: boolean): Promise<void> {
  await db.update(stores).set({ pricesIncludeTax }).where(storeInEpoch(tenant)).run();
}

/** A statement of a batch: orders placed before `at` are looked up before their first write from now on (design 3.5). */
export const lookBeforeFrom = (db: Db, tenant: Linked, at: string, where: SQL) =>
  db
    .update(stores)
    .set({ lookBefore: at })
    .where(and(storeInEpoch(tenant), where));

/** A sweep came to its end: the cron leaves the store alone for a while. */
export async function swept(db: Db, tenant: Linked, now: string): Promise<void> {
  await db.update(stores).set({ sweptAt: now }).where(storeInEpoch(tenant)).run();
}
