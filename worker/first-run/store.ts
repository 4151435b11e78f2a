import { and, eq, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { firstRuns } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";

/** What the first run found (M22, N4), and what it needs to know. */
export type FirstRun = typeof firstRuns.$inferSelect;
const mine = (tenant: Tenant) => and(eq(firstRuns.storeHash, tenant.store), eq(firstRuns.accountId, tenant.account ?? ""));

export async function firstRun(db: Db, tenant: Tenant): Promise<FirstRun | null> {
  return (await db.select().from(firstRuns).where(mine(tenant)).get()) ?? null;
}

type Changes = Partial<Omit<FirstRun, "storeHash" | "accountId">>;

/** Notes what was found; of an older epoch nothing. */
export async function note(db: Db, tenant: Linked, changes: Changes): Promise<void> {
  const { changes: made } = (
    await db.run(sql`INSERT INTO first_runs (store_hash, account_id) SELECT ${tenant.store}, ${tenant.account} WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash) DO UPDATE SET account_id = excluded.account_id`)
  ).meta;
  if (made > 0)
    await db
      .update(firstRuns)
      .set(changes)
      .where(and(mine(tenant), inEpoch(tenant)))
      .run();
}
