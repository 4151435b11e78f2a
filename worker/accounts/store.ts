import { eq } from "drizzle-orm";
import { fingerprints, type SealingKeys } from "../lib/crypto.ts";
import { putCode } from "../lib/db/codes.ts";
import type { Db } from "../lib/db/open.ts";
import { accounts } from "../lib/db/schema/tables.ts";
import type { AccountId } from "../lib/ids.ts";
import type { CompanyOfKey } from "./company.ts";
import { LINK_CODE_MS } from "./link-code.ts";
import { linkText } from "./secret.ts";

export type AccountRow = typeof accounts.$inferSelect;

/** Who proved account and key at `/me`: the account as it is now, made if new. */
export async function upsertAccount(db: Db, id: AccountId, company: CompanyOfKey, now: string): Promise<AccountRow> {
  const set = { ...company, updatedAt: now };
  return (
    db
      .insert(accounts)
      // An account that was removed and comes again has another epoch than before: no session of then is good.
      .values({ id, createdAt: now, epoch: Math.floor(Date.parse(now) / 1000), ...set })
      .onConflictDoUpdate({ target: accounts.id, set })
      .returning()
      .get()
  );
}

/** Only the code's HMAC is kept: 8 characters could be tried out on a copy of the database. */
export async function keepLinkCode(db: Db, keys: SealingKeys, account: AccountId, code: string, nowMs: number): Promise<string> {
  const expiresAt = new Date(nowMs + LINK_CODE_MS).toISOString();
  const [codeHash = ""] = await fingerprints(keys, "link-code", linkText(code));
  await putCode(db, { codeHash, purpose: "link", subject: { account }, expiresAt });
  return expiresAt;
}

/** Raised when its key is replaced and when its last store leaves: sessions of before are over. */
export async function accountEpoch(db: Db, id: AccountId): Promise<number> {
  return (await db.select({ epoch: accounts.epoch }).from(accounts).where(eq(accounts.id, id)).get())?.epoch ?? 1;
}
