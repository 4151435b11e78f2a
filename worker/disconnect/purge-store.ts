import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import {
  accountKeys,
  accounts,
  audit,
  disconnects,
  keptLinks,
  productSweeps,
  products,
  salesSweeps,
  sharedThings,
  stores,
} from "../lib/db/schema/tables.ts";
import { type AccountId, accountId, storeHash, type Tenant, tenantOf } from "../lib/ids.ts";
import { NOTHING } from "./store.ts";
import { KEEP_DAYS } from "./words.ts";

/** What the night ends: links kept long enough, stores uninstalled long ago, accounts of no store. */

/**
 * Sealed links whose 30 days are over go (decision 1.17), and with them all that was left of the store: who did what, its name and
 * addresses.
 */
export async function purgeKept(db: Db, now: string): Promise<void> {
  const monthAgo = new Date(Date.parse(now) - KEEP_DAYS * 86_400_000).toISOString();
  const left = sql`(SELECT ${disconnects.storeHash} FROM ${disconnects} JOIN ${stores} ON ${stores.hash} = ${disconnects.storeHash}
    WHERE ${stores.state} = 'disconnected' AND ${disconnects.endedAt} < ${monthAgo})`;
  await db.batch([
    db.delete(keptLinks).where(lt(keptLinks.keepUntil, now)),
    db.delete(audit).where(sql`${audit.storeHash} IN ${left}`),
    db
      .update(stores)
      .set(NOTHING)
      .where(sql`${stores.hash} IN ${left} AND (${stores.name} || ${stores.domain} <> '' OR ${stores.differing} IS NOT NULL)`),
    db
      .update(disconnects)
      .set({ accountId: null })
      .where(sql`${disconnects.storeHash} IN ${left} AND ${disconnects.accountId} IS NOT NULL`),
  ]);
}

/** Stores that BigCommerce has not let us into for 30 days: uninstalled, and not installed again. */
export async function longRefused(db: Db, now: string, limit: number): Promise<Tenant[]> {
  const before = new Date(Date.parse(now) - KEEP_DAYS * 86_400_000).toISOString();
  const rows = await db
    .select()
    .from(stores)
    .where(and(eq(stores.state, "reconnect"), lt(stores.updatedAt, before)))
    .limit(limit)
    .all();
  return rows.flatMap((row) => {
    const hash = storeHash(row.hash);
    return hash ? [tenantOf(hash, accountId(row.accountId), row.epoch)] : [];
  });
}

const DAY_MS = 86_400_000;

/** Accounts of no store for a day, of which nothing is kept for a reconnect: somebody signed in and went away, or all is over. */
export async function storelessAccounts(db: Db, now: string, limit: number): Promise<{ account: AccountId; keyIds: string[] }[]> {
  const before = new Date(Date.parse(now) - DAY_MS).toISOString();
  const rows = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(lt(accounts.updatedAt, before), free))
    .limit(limit)
    .all();
  const found = [];
  for (const { id } of rows) {
    const account = accountId(id);
    const keys = await db.select({ id: accountKeys.id }).from(accountKeys).where(eq(accountKeys.accountId, id)).all();
    if (account) found.push({ account, keyIds: keys.map((key) => key.id) });
  }
  return found;
}

const free = sql`NOT EXISTS (SELECT 1 FROM ${stores} WHERE ${stores.accountId} = ${accounts.id})
  AND NOT EXISTS (SELECT 1 FROM ${keptLinks} WHERE ${keptLinks.accountId} = ${accounts.id})`;

/** Everything of such an account goes, its keys first, unless a store came meanwhile. */
export async function removeAccount(db: Db, account: AccountId): Promise<void> {
  const still = sql`EXISTS (SELECT 1 FROM ${accounts} WHERE ${accounts.id} = ${account} AND ${free})`;
  const tables = [accountKeys, sharedThings, products, salesSweeps, productSweeps] as const;
  const [first, ...rest] = tables.map((table) => db.delete(table).where(and(eq(table.accountId, account), still)));
  if (first) await db.batch([first, ...rest, db.delete(accounts).where(and(eq(accounts.id, account), free))]);
}
