import { and, count, desc, eq, exists, gt, inArray, isNotNull, isNull, max, sql } from "drizzle-orm";
import type { Settings } from "../contract/index.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import {
  accounts,
  orders,
  problemOrders,
  problems,
  products,
  settingsVersions,
  sharedThings,
  stores,
  waitingFor,
} from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import type { Problem, ProblemKind } from "../problems/define-problem.ts";
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

/** One version as it was saved; null: there is none of this number for the linked account. */
export async function savedVersion(
  db: Db,
  tenant: Tenant,
  version: number,
): Promise<(Saved & { savedAt: string; savedBy: string }) | null> {
  const row = await db
    .select()
    .from(settingsVersions)
    .where(and(ofTenant(tenant), eq(settingsVersions.version, version)))
    .get();
  return row ? { version, settings: readDocument(row.document), savedAt: row.savedAt, savedBy: row.savedBy } : null;
}

/** The hour with most orders since `from`: its first instant and how many; null: none. */
export async function busiestHour(db: Db, tenant: Tenant, from: string): Promise<{ at: string; orders: number } | null> {
  const hour = sql<string>`substr(${orders.placedAt}, 1, 13)`;
  const n = sql<number>`COUNT(*)`;
  const row = await db
    .select({ hour, n })
    .from(orders)
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account ?? ""),
        gt(orders.orderId, 0),
        sql`${orders.placedAt} >= ${from}`,
      ),
    )
    .groupBy(hour)
    .orderBy(desc(n))
    .limit(1)
    .get();
  return row ? { at: `${row.hour}:00:00.000Z`, orders: row.n } : null;
}

/** What Cin7 Core was found to refuse in this account (M2, M18). */
export async function refusals(db: Db, tenant: Linked): Promise<{ negativeCharges: boolean; zeroPrice: boolean }> {
  const row = await db.select().from(accounts).where(eq(accounts.id, tenant.account)).get();
  return { negativeCharges: row?.negativeCharges === "refused", zeroPrice: row?.zeroPrice === "refused" };
}

/** Company facts as `/me` says them today (M13, M43). True: the lock date is another one. */
export async function saveCompany(
  db: Db,
  tenant: Linked,
  me: { lockDate: string | null; taxCalculation: string; autoDiscounts: boolean },
  now: string,
): Promise<boolean> {
  const before = await db.select({ lockDate: accounts.lockDate }).from(accounts).where(eq(accounts.id, tenant.account)).get();
  await db
    .update(accounts)
    .set({ ...me, updatedAt: now })
    .where(eq(accounts.id, tenant.account))
    .run();
  return (before?.lockDate ?? null) !== me.lockDate;
}

/** How the shop's prices are entered, as BigCommerce says it today (F152). */
export async function savePriceBasis(db: Db, tenant: Linked, pricesIncludeTax: boolean): Promise<void> {
  await db
    .update(stores)
    .set({ pricesIncludeTax })
    .where(and(eq(stores.hash, tenant.store), eq(stores.epoch, tenant.epoch)))
    .run();
}

/** In a query of `stores`, whether the store's newest settings for the account have orders on. */
export const ordersOn = (account: string) =>
  sql<number>`COALESCE((SELECT json_extract(v.document, '$.orders.on') FROM ${settingsVersions} v
    WHERE v.store_hash = "stores"."hash" AND v.account_id = ${account} ORDER BY v.version DESC LIMIT 1), 0)`;

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

/** Open problems of these kinds, as they are stored. */
export async function openProblems(db: Db, tenant: Linked, kinds: readonly ProblemKind[]): Promise<{ key: string; problem: Problem }[]> {
  const mine = and(eq(problems.storeHash, tenant.store), eq(problems.accountId, tenant.account));
  const rows = await db
    .select({ key: problems.key, facts: problems.facts })
    .from(problems)
    .where(and(mine, isNull(problems.clearedAt), inArray(problems.kind, [...kinds])))
    .all();
  return rows.map(({ key, facts }) => ({ key, problem: facts as Problem }));
}

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
      ? [
          db
            .update(stores)
            .set({ lookBefore: save.at })
            .where(
              and(
                eq(stores.hash, tenant.store),
                eq(stores.epoch, tenant.epoch),
                exists(db.select({ one: sql`1` }).from(settingsVersions).where(saved)),
              ),
            ),
        ]
      : []),
  ]);
  return result.meta.changes > 0 ? version : null;
}

/** Orders that wait and of which nothing is in Cin7 Core. */
export async function ordersWaiting(db: Db, tenant: Tenant): Promise<number> {
  const row = await db
    .select({ n: count() })
    .from(orders)
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account ?? ""),
        gt(orders.orderId, 0),
        inArray(orders.state, ["pending", "sending"]),
        isNull(orders.saleId),
        isNull(orders.dayCut),
      ),
    )
    .get();
  return row?.n ?? 0;
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

/** Clears what only tells (with its orders), and what waits without any order. */
export async function clearAnswered(db: Db, tenant: Tenant, keys: { notices: string[]; setup: string[] }, now: string): Promise<void> {
  const open = sql`${problems.storeHash} = ${tenant.store} AND ${problems.accountId} = ${tenant.account ?? ""} AND ${problems.clearedAt} IS NULL`;
  await db.batch([
    db
      .update(problems)
      .set({ clearedAt: now })
      .where(sql`${open} AND NOT ${problems.holds} AND ${problems.key} IN (SELECT value FROM json_each(${JSON.stringify(keys.notices)}))`),
    db
      .update(problems)
      .set({ clearedAt: now })
      .where(sql`${open} AND ${problems.key} IN (SELECT value FROM json_each(${JSON.stringify(keys.setup)}))
      AND NOT EXISTS (SELECT 1 FROM ${problemOrders} WHERE ${problemOrders.storeHash} = ${problems.storeHash} AND ${problemOrders.key} = ${problems.key})`),
    db
      .delete(problemOrders)
      .where(sql`${problemOrders.storeHash} = ${tenant.store} AND EXISTS (SELECT 1 FROM ${problems} WHERE ${problems.storeHash} = ${problemOrders.storeHash}
      AND ${problems.key} = ${problemOrders.key} AND ${problems.clearedAt} = ${now} AND NOT ${problems.holds})`),
  ]);
}

/** The account's own currency, as read when it was linked; "" while there is none. */
export async function accountCurrency(db: Db, tenant: Linked): Promise<string> {
  return (await db.select({ currency: accounts.currency }).from(accounts).where(eq(accounts.id, tenant.account)).get())?.currency ?? "";
}

// ---- charge items: the row is the claim, before the look-up (design 3.6) ---------------------------------------

type Claim = { mine: boolean; cin7Id: string | null; name: string | null; claimedAt: string };
const charge = (tenant: Linked, key: string) =>
  and(eq(sharedThings.accountId, tenant.account), eq(sharedThings.kind, "charge"), eq(sharedThings.key, key));

/** Claims a charge item by its folded name. Not `mine`: ready (`cin7Id`), or somebody began with it at `claimedAt`. */
export async function claimCharge(db: Db, tenant: Linked, key: string, by: string, now: string, staleBefore: string): Promise<Claim> {
  const result = await db.run(sql`INSERT INTO shared_things (account_id, kind, key, claimed_by, claimed_at)
    VALUES (${tenant.account}, 'charge', ${key}, ${by}, ${now})
    ON CONFLICT (account_id, kind, key) DO UPDATE SET claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
    WHERE cin7_id IS NULL AND claimed_at < ${staleBefore}`);
  const row = await db.select().from(sharedThings).where(charge(tenant, key)).get();
  return { mine: result.meta.changes > 0, cin7Id: row?.cin7Id ?? null, name: row?.name ?? null, claimedAt: row?.claimedAt ?? now };
}

export async function settleCharge(db: Db, tenant: Linked, key: string, cin7Id: string, name: string): Promise<void> {
  await db.update(sharedThings).set({ cin7Id, name }).where(charge(tenant, key)).run();
}

/** Gives a claim back: surely nothing was written, or Cin7 Core no longer has it. */
export async function dropCharge(db: Db, tenant: Linked, key: string): Promise<void> {
  await db.delete(sharedThings).where(charge(tenant, key)).run();
}

/** Product IDs of charge items that Cin7 Core has just given us by name: these need no second look when they are saved. */
export async function chargeIds(db: Db, tenant: Linked): Promise<Set<string>> {
  const rows = await db
    .select({ id: sharedThings.cin7Id })
    .from(sharedThings)
    .where(and(eq(sharedThings.accountId, tenant.account), eq(sharedThings.kind, "charge")))
    .all();
  return new Set(rows.flatMap((row) => (row.id === null ? [] : [row.id])));
}

/** Service products known by name (folded), without asking Cin7 Core: made by us, or seen in the mirror. */
export async function knownCharges(db: Db, tenant: Linked, names: readonly string[]): Promise<Map<string, { id: string; name: string }>> {
  const folded = JSON.stringify(names);
  const [mirrored, made] = await db.batch([
    db
      .select({ id: products.productId, name: products.name })
      .from(products)
      .where(
        sql`${products.accountId} = ${tenant.account} AND ${products.active} AND lower(${products.type}) = 'service' AND lower(trim(${products.name})) IN (SELECT value FROM json_each(${folded}))`,
      ),
    db
      .select({ id: sharedThings.cin7Id, name: sharedThings.name, key: sharedThings.key })
      .from(sharedThings)
      .where(sql`${sharedThings.accountId} = ${tenant.account} AND ${sharedThings.kind} = 'charge' AND ${sharedThings.cin7Id} IS NOT NULL`),
  ]);
  const known = new Map(mirrored.map((row) => [row.name.trim().toLowerCase(), { id: row.id, name: row.name }]));
  for (const row of made) if (row.id && row.name) known.set(row.key, { id: row.id, name: row.name });
  return known;
}
