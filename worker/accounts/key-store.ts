import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { fingerprint, fingerprints, type SealingKeys, seal, unseal } from "../lib/crypto.ts";
import type { Db } from "../lib/db/open.ts";
import { accountKeys, accounts, audit, stores } from "../lib/db/schema/tables.ts";
import type { AccountId } from "../lib/ids.ts";
import { formerSecrets, keyPlace, keyText } from "./secret.ts";

/** The application key that an account's calls are made with: one at a time (design 6). */
type Used = { id: string; secret: string; since: string };

/** The first is written; by the others, of other keys and of an older release, it is found again. */
async function printsOf(keys: SealingKeys, account: AccountId, key: string): Promise<string[]> {
  const text = keyText(account, key);
  const former = formerSecrets(keys).map((secret) => fingerprint(secret, text));
  return [...(await fingerprints(keys, "cin7-key", text)), ...(await Promise.all(former))];
}

export async function usedKey(db: Db, keys: SealingKeys, account: AccountId): Promise<Used | null> {
  const row = await db
    .select()
    .from(accountKeys)
    .where(and(eq(accountKeys.accountId, account), eq(accountKeys.active, true)))
    .orderBy(desc(accountKeys.createdAt))
    .get();
  return row ? { id: row.id, secret: await unseal(keys, keyPlace(account, row.id), row.sealedKey), since: row.createdAt } : null;
}

/**
 * A key that was just proved becomes the one that is used; the others are put out of use and their sealed values erased, and
 * every session of the account is over: it was opened with a key of before. The same key again is the same row, so that it
 * keeps its gate, and ends nothing.
 */
export async function useKey(db: Db, keys: SealingKeys, account: AccountId, key: string, now: string): Promise<void> {
  const prints = await printsOf(keys, account, key);
  const itsRow = and(eq(accountKeys.accountId, account), inArray(accountKeys.fingerprint, prints));
  const find = () => db.select({ id: accountKeys.id }).from(accountKeys).where(itsRow).get();
  let row = await find();
  if (!row) {
    const fresh = { id: crypto.randomUUID(), accountId: account, fingerprint: prints[0] as string };
    // Two at once with the same key: one row, whoever made it.
    await db
      .insert(accountKeys)
      .values({ ...fresh, sealedKey: "", active: false, createdAt: now })
      .onConflictDoNothing();
    row = (await find()) ?? fresh;
  }
  const { id } = row;
  const sealedKey = await seal(keys, keyPlace(account, id), key);
  const another = sql`EXISTS (SELECT 1 FROM ${accountKeys} WHERE ${accountKeys.accountId} = ${account} AND ${accountKeys.active} AND ${accountKeys.id} <> ${id})`;
  await db.batch([
    db
      .update(accounts)
      .set({ epoch: sql`${accounts.epoch} + 1` })
      .where(and(eq(accounts.id, account), another)),
    db
      .update(accountKeys)
      .set({ sealedKey, active: true, createdAt: now, fingerprint: prints[0] as string })
      .where(eq(accountKeys.id, id)),
    db
      .update(accountKeys)
      .set({ sealedKey: "", active: false })
      .where(and(eq(accountKeys.accountId, account), ne(accountKeys.id, id))),
  ]);
}

/** Stores of an account whose queues work. */
export async function storesOf(db: Db, account: AccountId): Promise<string[]> {
  const rows = await db
    .select({ hash: stores.hash })
    .from(stores)
    .where(and(eq(stores.accountId, account), eq(stores.state, "active")))
    .all();
  return rows.map((row) => row.hash);
}

/** One line of the audit in every store of the account: the key is everybody's. `by`: named in their own store, else where it was done. */
export async function auditAll(
  db: Db,
  account: AccountId,
  line: { at: string; by: string; store: string | null; what: string },
): Promise<void> {
  const by =
    line.store === null ? sql`${line.by}` : sql`CASE WHEN hash = ${line.store} THEN ${line.by} ELSE 'In another store of this account' END`;
  await db
    .insert(audit)
    .select(sql`SELECT NULL, hash, account_id, ${line.at}, ${by}, ${line.what} FROM stores WHERE account_id = ${account}`);
}
