import { and, eq, lt, sql } from "drizzle-orm";
import { putCode, saysOf, takeCode } from "../lib/db/codes.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { alertAddresses, askedMails } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

/** Codes that confirm an address, and how many messages people asked for. */
const CODE_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** In an hour to one address, whichever stores ask; and of one store to all addresses. */
const TO_ONE = 3;
const OF_STORE = 6;

/** Counts a message before it is sent. False: this address, or this store, has had its share of the hour. */
export async function mayAsk(db: Db, tenant: Tenant, recipient: string, nowMs: number): Promise<boolean> {
  const hourAgo = new Date(nowMs - HOUR_MS).toISOString();
  const count = (which: ReturnType<typeof sql>) => sql`(SELECT COUNT(*) FROM asked_mails WHERE ${which} AND at > ${hourAgo})`;
  const counted = await db
    .insert(askedMails)
    .select(
      sql`SELECT NULL, ${tenant.store}, ${recipient}, ${new Date(nowMs).toISOString()} WHERE ${count(sql`recipient = ${recipient}`)} < ${TO_ONE}
        AND ${count(sql`store_hash = ${tenant.store}`)} < ${OF_STORE} AND ${inEpoch(tenant)}`,
    )
    .run();
  return counted.meta.changes > 0;
}

export async function keepCode(db: Db, tenant: Tenant, codeHash: string, email: string, nowMs: number): Promise<void> {
  const subject = { store: tenant.store, email: email.toLowerCase() };
  await putCode(db, { codeHash, purpose: "address", subject, expiresAt: new Date(nowMs + CODE_MS).toISOString() });
}

/** The code is used up and its address confirmed, wherever the store hears by it. False: no such code, or another address by now. */
export async function confirmBy(db: Db, tenant: Tenant, codeHash: string, now: string): Promise<boolean> {
  const used = await takeCode(db, "address", [codeHash], now, sql`${saysOf("store")} = ${tenant.store}`);
  const email = used[0]?.subject["email"];
  if (typeof email !== "string") return false;
  const theirs = and(
    eq(alertAddresses.storeHash, tenant.store),
    eq(alertAddresses.accountId, tenant.account ?? ""),
    sql`lower(${alertAddresses.email}) = ${email}`,
  );
  const confirmed = await db
    .update(alertAddresses)
    .set({ confirmedAt: now })
    .where(and(theirs, inEpoch(tenant)))
    .run();
  return confirmed.meta.changes > 0;
}

/** For the daily cron: an hour's count needs no more. */
export async function purgeAsked(db: Db, now: string): Promise<void> {
  const dayAgo = new Date(Date.parse(now) - CODE_MS).toISOString();
  await db.delete(askedMails).where(lt(askedMails.at, dayAgo)).run();
}
