import { and, count, eq, gte, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { alertAddresses, firstRuns, orders, settingsVersions } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import { readDocument } from "../settings/document.ts";

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

/** Order numbers of this store that Lockstep knows of, taken or not, changed since an instant (ISO 8601 UTC). */
export async function numbersSince(db: Db, tenant: Linked, from: string): Promise<Set<number>> {
  const mineOf = and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account), gte(orders.updatedAt, from));
  const rows = await db.select({ id: orders.orderId }).from(orders).where(mineOf).all();
  return new Set(rows.map((row) => row.id));
}

/** Whether an older version of the settings has orders on. */
export async function turnsOn(db: Db, tenant: Tenant, version: unknown): Promise<boolean> {
  if (!Number.isSafeInteger(version)) return false;
  const row = await db
    .select({ document: settingsVersions.document })
    .from(settingsVersions)
    .where(
      and(
        eq(settingsVersions.storeHash, tenant.store),
        eq(settingsVersions.accountId, tenant.account ?? ""),
        eq(settingsVersions.version, version as number),
      ),
    )
    .get();
  return row !== undefined && readDocument(row.document).orders.on;
}

/** Both alert addresses are there (M42). */
export async function someoneHears(db: Db, tenant: Linked): Promise<boolean> {
  const row = await db
    .select({ n: count() })
    .from(alertAddresses)
    .where(and(eq(alertAddresses.storeHash, tenant.store), eq(alertAddresses.accountId, tenant.account)))
    .get();
  return (row?.n ?? 0) >= 2;
}
