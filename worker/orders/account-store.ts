import { eq } from "drizzle-orm";
import type { Db } from "../db/open.ts";
import { accounts } from "../db/schema.ts";
import type { Linked } from "../lib/ids.ts";
import { lockedTo } from "./locked.ts";
import type { Refusal } from "./refusal.ts";

/** What is known of the Cin7 account besides its currency: found at refusals and daily, the same for all its stores. */
export type AccountFacts = { negativeChargesRefused: boolean; zeroPriceRefused: boolean; lockedTo: string | null };

export async function accountFacts(db: Db, tenant: Linked): Promise<AccountFacts> {
  const { negativeCharges, zeroPrice, lockDate } = accounts;
  const row = await db.select({ negativeCharges, zeroPrice, lockDate }).from(accounts).where(eq(accounts.id, tenant.account)).get();
  return {
    negativeChargesRefused: row?.negativeCharges === "refused",
    zeroPriceRefused: row?.zeroPrice === "refused",
    lockedTo: lockedTo(row?.lockDate),
  };
}

export async function rememberRefusal(db: Db, tenant: Linked, refusal: Refusal): Promise<void> {
  const set = refusal === "negative-charges" ? { negativeCharges: "refused" as const } : { zeroPrice: "refused" as const };
  await db.update(accounts).set(set).where(eq(accounts.id, tenant.account)).run();
}

/** As `/me` says it now (M13: on refusal). */
export async function rememberLock(db: Db, tenant: Linked, lockDate: string | null): Promise<void> {
  await db.update(accounts).set({ lockDate }).where(eq(accounts.id, tenant.account)).run();
}
