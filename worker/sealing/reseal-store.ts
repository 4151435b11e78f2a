import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { keyPlace, keyText } from "../accounts/secret.ts";
import { type CredentialColumn, credentialPlace } from "../connect/columns.ts";
import { keptPlace } from "../disconnect/tables.ts";
import { fingerprints, reseal, type SealingKeys, sealedNow, unseal } from "../lib/crypto.ts";
import type { Db } from "../lib/db/open.ts";
import { accountKeys, keptLinks, storeCredentials, stores } from "../lib/db/schema/tables.ts";
import { type AccountId, type StoreHash, storeHash } from "../lib/ids.ts";
import { logBug } from "../lib/log.ts";

/**
 * What D1 keeps sealed under another key than the present one, over all tenants: found by how it begins, sealed anew, and
 * written only where it is still as it was read.
 */
const older = (column: SQLiteColumn, keys: SealingKeys): SQL =>
  sql`(${column} <> '' AND substr(${column}, 1, ${sealedNow(keys).length}) <> ${sealedNow(keys)})`;

const SEALED_COLUMNS = {
  sealedToken: "sealed_token",
  sealedClientSecret: "sealed_client_secret",
  sealedHookSecret: "sealed_hook_secret",
} as const;
type Sealed = keyof typeof SEALED_COLUMNS;

/** What cannot be opened is lost already, and keeps nothing else from being sealed anew. */
async function each<T>(rows: readonly T[], run: (row: T) => Promise<void>): Promise<number> {
  for (const row of rows) await run(row).catch((error) => logBug(error, { kind: "reseal" }));
  return rows.length;
}

async function resealCredentials(db: Db, keys: SealingKeys, limit: number): Promise<number> {
  const columns = Object.keys(SEALED_COLUMNS) as Sealed[];
  const rows = await db
    .select()
    .from(storeCredentials)
    .where(or(...columns.map((name) => older(storeCredentials[name], keys))))
    .limit(limit);
  return each(rows, async (row) => {
    for (const name of columns) {
      const sealed = row[name];
      const fresh =
        sealed &&
        (await reseal(keys, credentialPlace(row.storeHash as StoreHash, SEALED_COLUMNS[name] satisfies CredentialColumn), sealed));
      if (!fresh) continue;
      await db
        .update(storeCredentials)
        .set({ [name]: fresh })
        .where(and(eq(storeCredentials.storeHash, row.storeHash), eq(storeCredentials[name], sealed)));
    }
  });
}

/** With the key goes by what it is recognised again, which hangs on the same secret. */
async function resealAccountKeys(db: Db, keys: SealingKeys, limit: number): Promise<number> {
  const rows = await db.select().from(accountKeys).where(older(accountKeys.sealedKey, keys)).limit(limit);
  return each(rows, async ({ id, accountId, sealedKey }) => {
    const place = keyPlace(accountId, id);
    const secret = await unseal(keys, place, sealedKey);
    const [fingerprint = ""] = await fingerprints(keys, "cin7-key", keyText(accountId as AccountId, secret));
    const fresh = (await reseal(keys, place, sealedKey)) ?? sealedKey;
    await db
      .update(accountKeys)
      .set({ sealedKey: fresh, fingerprint })
      .where(and(eq(accountKeys.id, id), eq(accountKeys.sealedKey, sealedKey)));
  });
}

async function resealLinks(db: Db, keys: SealingKeys, limit: number): Promise<number> {
  const rows = await db.select().from(keptLinks).where(older(keptLinks.sealed, keys)).limit(limit);
  return each(rows, async ({ id, storeHash, sealed }) => {
    const fresh = (await reseal(keys, keptPlace(storeHash, id), sealed)) ?? sealed;
    await db
      .update(keptLinks)
      .set({ sealed: fresh })
      .where(and(eq(keptLinks.id, id), eq(keptLinks.sealed, sealed)));
  });
}

/** Up to `limit` rows of each kind; how many there were. */
export async function resealRows(db: Db, keys: SealingKeys, limit: number): Promise<number> {
  return (await resealCredentials(db, keys, limit)) + (await resealAccountKeys(db, keys, limit)) + (await resealLinks(db, keys, limit));
}

/** Stores whose queue was not seen to hold nothing under another key. What left has an empty queue. */
export async function queuesToReseal(db: Db, keys: SealingKeys, limit: number): Promise<StoreHash[]> {
  const rows = await db
    .select({ hash: stores.hash })
    .from(stores)
    .where(and(ne(stores.state, "disconnected"), or(isNull(stores.sealedWith), ne(stores.sealedWith, keys.current))))
    .limit(limit)
    .all();
  return rows.flatMap(({ hash }) => storeHash(hash) ?? []);
}

export async function queueResealed(db: Db, keys: SealingKeys, store: StoreHash): Promise<void> {
  await db.update(stores).set({ sealedWith: keys.current }).where(eq(stores.hash, store));
}
