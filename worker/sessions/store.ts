import { and, eq, lt, ne, sql } from "drizzle-orm";
import type { StoreRow } from "../api/access.ts";
import { sha256 } from "../lib/crypto.ts";
import { forgetCodes, takeCode } from "../lib/db/codes.ts";
import type { Db } from "../lib/db/open.ts";
import { accounts, linkTries, stores, usedTokens, users } from "../lib/db/schema/tables.ts";
import { type AccountId, type StoreHash, type Tenant, tenantOf } from "../lib/ids.ts";
import { SESSION_LIMIT_SECONDS, type SessionClaims } from "../lib/token.ts";
import { type CodeSubject, codeSubject, codeText } from "./code.ts";

/** Takes a code away and tells whom it was for; once, and only in time (design 1: redeemed by DELETE … RETURNING). */
export async function redeem(db: Db, code: string, now: string): Promise<CodeSubject | null> {
  const rows = await takeCode(db, "session", [await sha256(codeText(code))], now);
  const parsed = codeSubject.safeParse(rows[0]?.subject);
  return parsed.success ? parsed.data : null;
}

const endedMark = (session: string): string => `session-ended:${session}`;
const goesOn = (session: string) => sql`NOT EXISTS (SELECT 1 FROM ${usedTokens} WHERE ${usedTokens.jti} = ${endedMark(session)})`;

/** Kept for as long as a token of the session could live. */
export async function endSession(db: Db, claims: SessionClaims): Promise<void> {
  const expiresAt = new Date((claims.launchedAt + SESSION_LIMIT_SECONDS) * 1000).toISOString();
  await db
    .insert(usedTokens)
    .values({ jti: endedMark(claims.id), expiresAt })
    .onConflictDoNothing()
    .run();
}

export type PanelUser = { store: StoreRow; user: typeof users.$inferSelect };

/** The person and the store as they are now; null: removed, unknown, or the store is disconnected or of another epoch. */
export async function panelUser(db: Db, hash: StoreHash, user: number, epoch: number, session = ""): Promise<PanelUser | null> {
  const row = await db
    .select()
    .from(stores)
    .innerJoin(users, and(eq(users.storeHash, stores.hash), eq(users.userId, user), eq(users.active, true)))
    .where(and(eq(stores.hash, hash), eq(stores.epoch, epoch), ne(stores.state, "disconnected"), goesOn(session)))
    .get();
  return row ? { store: row.stores, user: row.users } : null;
}

export async function consoleAccount(db: Db, id: AccountId, epoch: number, session: string): Promise<typeof accounts.$inferSelect | null> {
  return (
    (await db
      .select()
      .from(accounts)
      .where(and(eq(accounts.id, id), eq(accounts.epoch, epoch), goesOn(session)))
      .get()) ?? null
  );
}

/** The store that a request names, if the session may see it: the launched one (panel) or one of the account (console). */
export async function storeFor(
  db: Db,
  who: { store: StoreHash | null; account: AccountId | null },
  hash: StoreHash,
): Promise<{ tenant: Tenant; store: StoreRow } | null> {
  if (who.store !== null && who.store !== hash) return null;
  const row = await db.select().from(stores).where(eq(stores.hash, hash)).get();
  if (!row) return null;
  if (who.store === null && (who.account === null || row.accountId !== who.account)) return null;
  return { tenant: tenantOf(hash, row.accountId as AccountId | null, row.epoch), store: row };
}

/** For the daily cron: what is over and cannot be used any more. */
export async function purgeExpired(db: Db, now: string): Promise<void> {
  const dayAgo = new Date(Date.parse(now) - 86_400_000).toISOString();
  await db.batch([
    forgetCodes(db, now),
    // A callback JWT lives a minute longer than it says (skew): kept for a day more.
    db.delete(usedTokens).where(lt(usedTokens.expiresAt, dayAgo)),
    db.delete(linkTries).where(lt(linkTries.since, dayAgo)),
  ]);
}
