import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Told } from "../inbox/outcome.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { healthEvents, salesSweeps } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

/** The timeline of a store's connections (N13). Of an older epoch nothing is written (design 5). `now`: ISO 8601 UTC. */
export async function tell(db: Db, tenant: Tenant, told: readonly Told[], now: string): Promise<void> {
  await db.run(sql`INSERT INTO health_events (store_hash, account_id, at, side, what, text)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, ${now}, value ->> 'side', value ->> 'what', value ->> 'text' FROM json_each(${JSON.stringify(told)})
    WHERE ${inEpoch(tenant)}`);
}

/** Newest first. */
export async function timelineOf(db: Db, tenant: Tenant, limit: number) {
  const { at, side, what, text } = healthEvents;
  return db
    .select({ at, side, what, text })
    .from(healthEvents)
    .where(and(eq(healthEvents.storeHash, tenant.store), eq(healthEvents.accountId, tenant.account ?? "")))
    .orderBy(desc(at), desc(healthEvents.id))
    .limit(limit)
    .all();
}

/** When the account's list of sales was last looked through. */
export async function salesSweptAt(db: Db, tenant: Tenant): Promise<string | null> {
  const row = await db
    .select({ at: salesSweeps.sweptAt })
    .from(salesSweeps)
    .where(eq(salesSweeps.accountId, tenant.account ?? ""))
    .get();
  return row?.at ?? null;
}

const KEPT_DAYS = 90;

/** Forgets lines older than 90 days, at most 5,000 at a time; how many. `now`: epoch milliseconds. */
export async function pruneTimeline(db: Db, tenant: Tenant, now: number): Promise<number> {
  const before = new Date(now - KEPT_DAYS * 86_400_000).toISOString();
  const old = db
    .select({ id: healthEvents.id })
    .from(healthEvents)
    .where(and(eq(healthEvents.storeHash, tenant.store), lt(healthEvents.at, before)))
    .limit(5000);
  return (
    await db
      .delete(healthEvents)
      .where(sql`${healthEvents.id} IN ${old} AND ${inEpoch(tenant)}`)
      .run()
  ).meta.changes;
}
