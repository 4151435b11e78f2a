import { and, desc, eq, exists, lte, max, sql } from "drizzle-orm";
import { lookBeforeFrom } from "../accounts/store-row-store.ts";
import type { Settings } from "../contract/index.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { settingsVersions } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import { documentIn } from "./current-store.ts";
import { readDocument } from "./document.ts";

/** Version 0 are the defaults: nothing was saved yet. `savedAt`: ISO 8601 UTC. */
export type Saved = { version: number; settings: Settings; savedAt: string | null; savedBy: string | null };

const ofTenant = (tenant: Tenant) =>
  and(eq(settingsVersions.storeHash, tenant.store), eq(settingsVersions.accountId, tenant.account ?? ""));

/** The settings in force: the newest version for the account the store is linked to, else the defaults as version 0. */
export async function currentSettings(db: Db, tenant: Tenant): Promise<Saved> {
  const row = await db.select().from(settingsVersions).where(ofTenant(tenant)).orderBy(desc(settingsVersions.version)).limit(1).get();
  return asSaved(row ?? null);
}

/** The newest version's row as it is read; null: nothing was saved yet. */
export function asSaved(row: typeof settingsVersions.$inferSelect | null): Saved {
  return { ...documentIn(row), savedAt: row?.savedAt ?? null, savedBy: row?.savedBy ?? null };
}

/** Newest first, at most 200. */
export async function settingsHistory(
  db: Db,
  tenant: Tenant,
): Promise<{ version: number; savedAt: string; savedBy: string; changes: string[] }[]> {
  const { version, savedAt, savedBy, changes } = settingsVersions;
  return db
    .select({ version, savedAt, savedBy, changes })
    .from(settingsVersions)
    .where(ofTenant(tenant))
    .orderBy(desc(version))
    .limit(200)
    .all();
}

/** What a version says whose values are no longer kept: as JSON. */
const GONE = "null";
const hasValues = sql`${settingsVersions.document} <> ${GONE}`;

/** One version as it was saved; null: there is none of this number for the linked account, or its values are no longer kept. */
export async function savedVersion(
  db: Db,
  tenant: Tenant,
  version: number,
): Promise<(Saved & { savedAt: string; savedBy: string }) | null> {
  const row = await db
    .select()
    .from(settingsVersions)
    .where(and(ofTenant(tenant), eq(settingsVersions.version, version), hasValues))
    .get();
  return row ? { version, settings: readDocument(row.document), savedAt: row.savedAt, savedBy: row.savedBy } : null;
}

/** In a query of `stores`, whether the store's newest settings for the account have orders on. */
export const ordersOn = (account: string) =>
  sql<number>`COALESCE((SELECT json_extract(v.document, '$.orders.on') FROM ${settingsVersions} v
    WHERE v.store_hash = "stores"."hash" AND v.account_id = ${account} ORDER BY v.version DESC LIMIT 1), 0)`;

/** `lookBefore`: orders placed before this moment are looked up before their first write from now on (design 3.5). */
export type Save = { basedOn: number; settings: Settings; changes: string[]; by: string; at: string; lookBefore: boolean };

/**
 * Saves a new version; its number, or null when another one was saved since `basedOn` or the connection has ended.
 * One statement: judged and written at once, and the primary key decides a race (design 5); the look-up line moves with it.
 */
export async function saveSettings(db: Db, tenant: Linked, save: Save): Promise<number | null> {
  const top = await db
    .select({ top: max(settingsVersions.version) })
    .from(settingsVersions)
    .where(eq(settingsVersions.storeHash, tenant.store))
    .get();
  const version = (top?.top ?? 0) + 1;
  const judged = sql`SELECT ${tenant.store}, ${version}, ${tenant.account}, ${JSON.stringify(save.settings)}, ${JSON.stringify(save.changes)}, ${save.by}, ${save.at}
    WHERE ${save.basedOn} = COALESCE((SELECT MAX(version) FROM settings_versions WHERE store_hash = ${tenant.store} AND account_id = ${tenant.account}), 0)
      AND ${inEpoch(tenant)}`;
  const saved = and(
    ofTenant(tenant),
    eq(settingsVersions.version, version),
    eq(settingsVersions.savedAt, save.at),
    eq(settingsVersions.savedBy, save.by),
  );
  const [result] = await db.batch([
    db.insert(settingsVersions).select(judged).onConflictDoNothing(),
    ...(save.lookBefore
      ? [lookBeforeFrom(db, tenant, save.at, exists(db.select({ one: sql`1` }).from(settingsVersions).where(saved)))]
      : []),
  ]);
  if (result.meta.changes === 0) return null;
  if (version % EACH === 0) await forgetValues(db, tenant, version);
  return version;
}

/**
 * Of how many versions everything is kept, and of how many that they were; looked at each so many saves. Whoever saves without
 * end fills nothing: a version is as large as its tables are long.
 */
const WHOLE = 100;
const KNOWN = 1000;
const EACH = 20;

/** What orders were mapped with stays whole, whatever its age: documents that follow are made by it. */
async function forgetValues(db: Db, tenant: Linked, newest: number): Promise<void> {
  const used = sql`${settingsVersions.version} IN (SELECT settings_version FROM orders WHERE store_hash = ${tenant.store} AND settings_version IS NOT NULL)`;
  const before = (version: number) => and(ofTenant(tenant), lte(settingsVersions.version, version), sql`NOT ${used}`, inEpoch(tenant));
  await db.batch([
    db
      .update(settingsVersions)
      .set({ document: sql`${GONE}` })
      .where(and(before(newest - WHOLE), hasValues)),
    db.delete(settingsVersions).where(before(newest - KNOWN)),
  ]);
}

const OFF = "Orders: off, because the link to Cin7 Core ended";

/**
 * The link ends, and with it the switch: whoever links the same account again finds Setup as it was with orders off, because
 * another connection may have taken over meanwhile (M22) and nobody may hear of trouble (M42). A version of its own.
 */
export async function ordersOff(db: Db, tenant: Linked, now: string): Promise<void> {
  const newest = sql`(SELECT MAX(version) FROM settings_versions WHERE store_hash = ${tenant.store} AND account_id = ${tenant.account})`;
  await db.run(sql`INSERT INTO settings_versions (store_hash, version, account_id, document, changes, saved_by, saved_at)
    SELECT store_hash, (SELECT MAX(version) + 1 FROM settings_versions WHERE store_hash = ${tenant.store}), account_id,
      json_set(document, '$.orders.on', json('false')), ${JSON.stringify([OFF])}, 'Lockstep', ${now}
    FROM settings_versions WHERE store_hash = ${tenant.store} AND account_id = ${tenant.account} AND version = ${newest}
      AND json_extract(document, '$.orders.on') AND ${inEpoch(tenant)}`);
}
