import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { accountKeys, accounts, orders, settingsVersions, storeCredentials, stores } from "../lib/db/schema/tables.ts";
import type { AccountId, StoreHash } from "../lib/ids.ts";

const NEWEST_VERSION = sql`(SELECT MAX(v.version) FROM settings_versions v WHERE v.store_hash = ${stores.hash} AND v.account_id = ${stores.accountId})`;
const NEWEST_KEY = sql`(SELECT k.id FROM account_keys k WHERE k.account_id = ${stores.accountId} AND k.active ORDER BY k.created_at DESC LIMIT 1)`;

/** What a run begins with, in one statement: the store with its credentials, its account and key, its newest Setup, and an order. */
export function storeRows(db: Db, hash: StoreHash, orderId: number | null) {
  return db
    .select({
      store: stores,
      credentials: storeCredentials,
      key: { id: accountKeys.id, account: accountKeys.accountId, sealedKey: accountKeys.sealedKey },
      account: accounts,
      saved: settingsVersions,
      order: orders,
    })
    .from(stores)
    .leftJoin(storeCredentials, eq(storeCredentials.storeHash, stores.hash))
    .leftJoin(accounts, eq(accounts.id, stores.accountId))
    .leftJoin(accountKeys, eq(accountKeys.id, NEWEST_KEY))
    .leftJoin(settingsVersions, and(eq(settingsVersions.storeHash, stores.hash), eq(settingsVersions.version, NEWEST_VERSION)))
    .leftJoin(orders, and(eq(orders.storeHash, stores.hash), eq(orders.orderId, sql`${orderId}`)))
    .where(eq(stores.hash, hash))
    .get();
}

/** The account's key that is used now, sealed. */
export function keyRow(db: Db, account: AccountId) {
  return db
    .select({ id: accountKeys.id, account: accountKeys.accountId, sealedKey: accountKeys.sealedKey, currency: accounts.currency })
    .from(accountKeys)
    .innerJoin(accounts, eq(accounts.id, accountKeys.accountId))
    .where(and(eq(accountKeys.accountId, account), eq(accountKeys.active, true)))
    .orderBy(desc(accountKeys.createdAt))
    .get();
}
