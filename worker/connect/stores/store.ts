import { and, asc, desc, eq, exists, inArray, isNull, sql } from "drizzle-orm";
import { LINK_CODE_MS, LINK_TRIES_MS } from "../../accounts/link-code.ts";
import type { AccountRow } from "../../accounts/store.ts";
import type { StoreSummary } from "../../contract/index.ts";
import { isGood, peekCode, putCode, takeCode } from "../../lib/db/codes.ts";
import { storeInEpoch } from "../../lib/db/epoch.ts";
import type { Db } from "../../lib/db/open.ts";
import { accounts, linkTries, orders, problems, settingsVersions, stores } from "../../lib/db/schema/tables.ts";
import { type AccountId, accountId, type StoreHash, type Tenant } from "../../lib/ids.ts";
import { ordersOn, summary } from "./summary.ts";

export type { AccountRow };

export async function accountRow(db: Db, id: string): Promise<AccountRow | null> {
  return (await db.select().from(accounts).where(eq(accounts.id, id)).get()) ?? null;
}

/** The stores that a session sees: the launched one (panel), every one of the account (console). */
export async function summaries(db: Db, who: { store: StoreHash | null; account: AccountId | null }): Promise<StoreSummary[]> {
  const which = who.store !== null ? eq(stores.hash, who.store) : who.account !== null ? eq(stores.accountId, who.account) : sql`0`;
  const rows = await db
    .select({
      store: stores,
      company: accounts.company,
      document: sql<
        string | null
      >`(SELECT ${settingsVersions.document} FROM ${settingsVersions} WHERE ${settingsVersions.storeHash} = ${stores.hash} ORDER BY ${desc(settingsVersions.version)} LIMIT 1)`,
      attention: sql<number>`(SELECT count(*) FROM ${problems} WHERE ${problems.storeHash} = ${stores.hash} AND ${isNull(problems.clearedAt)})`,
      waiting: sql<number>`(SELECT count(*) FROM ${orders} WHERE ${orders.storeHash} = ${stores.hash} AND ${inArray(orders.state, ["pending", "sending"])})`,
      lastOrderAt: sql<string | null>`(SELECT max(${orders.placedAt}) FROM ${orders} WHERE ${orders.storeHash} = ${stores.hash})`,
    })
    .from(stores)
    .leftJoin(accounts, eq(accounts.id, stores.accountId))
    .where(which)
    .orderBy(asc(stores.name), asc(stores.hash))
    .limit(500);
  return rows.map(({ store, company, document, ...counts }) =>
    summary(store, company, { ...counts, ordersOn: document !== null && ordersOn(JSON.parse(document)) }),
  );
}

// ---- linking --------------------------------------------------------------------------------------------------

/** Counts a try before it is made, so that many at once cannot pass; answers how many there were in the window. */
export async function countTry(db: Db, tenant: Tenant, nowMs: number): Promise<number> {
  const now = new Date(nowMs).toISOString();
  const cut = new Date(nowMs - LINK_TRIES_MS).toISOString();
  const stale = sql`${linkTries.since} < ${cut}`;
  const row = await db
    .insert(linkTries)
    .values({ storeHash: tenant.store, tries: 1, since: now })
    .onConflictDoUpdate({
      target: linkTries.storeHash,
      set: {
        tries: sql`CASE WHEN ${stale} THEN 1 ELSE ${linkTries.tries} + 1 END`,
        since: sql`CASE WHEN ${stale} THEN ${now} ELSE ${linkTries.since} END`,
      },
    })
    .returning({ tries: linkTries.tries })
    .get();
  return row.tries;
}

/** A right code was no wrong try. */
export async function uncountTry(db: Db, tenant: Tenant): Promise<void> {
  await db
    .update(linkTries)
    .set({ tries: sql`max(${linkTries.tries} - 1, 0)` })
    .where(eq(linkTries.storeHash, tenant.store))
    .run();
}

/** Whose code it is, without using it up. */
export async function peekLinkCode(db: Db, hashes: readonly string[], now: string): Promise<AccountId | null> {
  return accountId((await peekCode(db, "link", hashes, now))?.["account"]);
}

/** The account that this store was linked to with this code, within the code's time. */
export async function usedLinkCode(db: Db, usedHashes: readonly string[], now: string): Promise<AccountId | null> {
  return accountId((await peekCode(db, "link", usedHashes, now))?.["used"]);
}

/**
 * Links a store that is linked to nobody and uses the code up, in one transaction: a code serves one store, and is still
 * good when the store turns out to be linked elsewhere. The same account again is the same link. Older orders are looked up
 * before their first POST (design 3.5). `used`: this call took the code. `account`: whose the store is now; null: nobody's,
 * or the epoch is over.
 */
export async function link(
  db: Db,
  tenant: Tenant,
  account: AccountId,
  code: { hashes: readonly string[]; used: string },
  now: string,
): Promise<{ used: boolean; account: AccountId | null }> {
  const good = isGood(db, "link", code.hashes, now);
  const linked = exists(
    db
      .select({ one: sql`1` })
      .from(stores)
      .where(and(storeInEpoch(tenant), eq(stores.accountId, account))),
  );
  const expiresAt = new Date(Date.parse(now) + LINK_CODE_MS).toISOString();
  const [, taken] = await db.batch([
    db
      .update(stores)
      .set({ accountId: account, lookBefore: now, updatedAt: now })
      .where(and(storeInEpoch(tenant), isNull(stores.accountId), good)),
    takeCode(db, "link", code.hashes, now, linked),
  ]);
  if (taken.length > 0) {
    await putCode(db, { codeHash: code.used, purpose: "link", subject: { used: account }, expiresAt }).onConflictDoNothing();
  }
  const row = await db.select({ account: stores.accountId }).from(stores).where(storeInEpoch(tenant)).get();
  return { used: taken.length > 0, account: accountId(row?.account) };
}
