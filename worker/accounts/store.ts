import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "../db/open.ts";
import { accountKeys, accounts, oneTimeCodes } from "../db/schema.ts";
import { fingerprint, type SealingKeys, seal } from "../lib/crypto.ts";
import type { AccountId } from "../lib/ids.ts";
import type { Company } from "./company.ts";
import { LINK_CODE_MS } from "./link-code.ts";
import { fingerprintSecrets, keyPlace, keyText, linkText } from "./secret.ts";

export type AccountRow = typeof accounts.$inferSelect;

/** Who proved account and key at `/me`: the account as it is now, made if new. */
export async function upsertAccount(db: Db, id: AccountId, company: Company, now: string): Promise<AccountRow> {
  const set = { ...company, updatedAt: now };
  return db
    .insert(accounts)
    .values({ id, createdAt: now, ...set })
    .onConflictDoUpdate({ target: accounts.id, set })
    .returning()
    .get();
}

/** Attaches a key that was just proved; the same key again is the same row, so that it keeps its gate. True: it is new. */
export async function attachKey(db: Db, keys: SealingKeys, account: AccountId, key: string, now: string): Promise<boolean> {
  const prints = await Promise.all(fingerprintSecrets(keys).map((secret) => fingerprint(secret, keyText(account, key))));
  const known = await db
    .update(accountKeys)
    .set({ active: true })
    .where(and(eq(accountKeys.accountId, account), inArray(accountKeys.fingerprint, prints)))
    .run();
  if (known.meta.changes > 0) return false;
  const id = crypto.randomUUID();
  const sealedKey = await seal(keys, keyPlace(account, id), key);
  const added = await db
    .insert(accountKeys)
    .values({ id, accountId: account, fingerprint: prints[0] as string, sealedKey, active: true, createdAt: now })
    .onConflictDoNothing()
    .run();
  return added.meta.changes > 0;
}

/** Only the code's HMAC is kept: 8 characters could be tried out on a copy of the database. */
export async function keepLinkCode(db: Db, keys: SealingKeys, account: AccountId, code: string, nowMs: number): Promise<string> {
  const expiresAt = new Date(nowMs + LINK_CODE_MS).toISOString();
  const codeHash = await fingerprint(fingerprintSecrets(keys)[0] as string, linkText(code));
  await db.insert(oneTimeCodes).values({ codeHash, purpose: "link", subject: { account }, expiresAt });
  return expiresAt;
}
