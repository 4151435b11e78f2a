import { and, eq, sql } from "drizzle-orm";
import type { Refusal } from "../cin7/refusals.ts";
import type { Takes } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { accounts } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";
import { lockedTo } from "./lock-date.ts";

/** What is known of the Cin7 account besides its currency: found at refusals and daily, the same for all its stores. */
export type AccountFacts = { negativeChargesRefused: boolean; zeroPriceRefused: boolean; lockedTo: string | null };

export async function accountFacts(db: Db, tenant: Linked): Promise<AccountFacts> {
  const { negativeCharges, zeroPrice, lockDate } = accounts;
  return factsIn(await db.select({ negativeCharges, zeroPrice, lockDate }).from(accounts).where(eq(accounts.id, tenant.account)).get());
}

/** The same as an item's run found it. */
export const factsFor = async (c: LinkedContext): Promise<AccountFacts> =>
  c.began ? factsIn(c.began.account) : accountFacts(c.db, c.tenant);

function factsIn(row: Pick<typeof accounts.$inferSelect, "negativeCharges" | "zeroPrice" | "lockDate"> | undefined): AccountFacts {
  return {
    negativeChargesRefused: row?.negativeCharges === "refused",
    zeroPriceRefused: row?.zeroPrice === "refused",
    lockedTo: lockedTo(row?.lockDate),
  };
}

/** What is written of an account on behalf of a store, while it is this store's. */
const mine = (tenant: Linked) => and(eq(accounts.id, tenant.account), inEpoch(tenant));

export async function rememberRefusal(db: Db, tenant: Linked, refusal: Refusal): Promise<void> {
  const set = refusal === "negative-charges" ? { negativeCharges: "refused" as const } : { zeroPrice: "refused" as const };
  await db.update(accounts).set(set).where(mine(tenant)).run();
}

/** What a test sale found, or that nothing is known any more (""). */
export async function rememberTakes(db: Db, tenant: Linked, what: Refusal, takes: Takes): Promise<void> {
  const set = what === "negative-charges" ? { negativeCharges: takes } : { zeroPrice: takes };
  await db.update(accounts).set(set).where(mine(tenant)).run();
}

export type ChargeTrial = NonNullable<typeof accounts.$inferSelect.chargeTrial>;
type Known = { negativeCharges: Takes; zeroPrice: Takes; trial: ChargeTrial | null };

export async function takesOf(db: Db, tenant: Linked): Promise<Known> {
  const { negativeCharges, zeroPrice, chargeTrial } = accounts;
  const row = await db
    .select({ negativeCharges, zeroPrice, trial: chargeTrial })
    .from(accounts)
    .where(eq(accounts.id, tenant.account))
    .get();
  return row ?? { negativeCharges: "", zeroPrice: "", trial: null };
}

/** Begins a test sale; false: one runs that was asked for after `staleBefore` (ISO 8601), perhaps by another store of the account. */
export async function beginTrial(db: Db, tenant: Linked, trial: ChargeTrial, staleBefore: string): Promise<boolean> {
  const { chargeTrial } = accounts;
  const result = await db
    .update(accounts)
    .set({ chargeTrial: trial })
    .where(
      and(
        mine(tenant),
        sql`(${chargeTrial} IS NULL OR json_extract(${chargeTrial}, '$.endedAt') IS NOT NULL OR json_extract(${chargeTrial}, '$.askedAt') < ${staleBefore})`,
      ),
    )
    .run();
  return result.meta.changes > 0;
}

/** Ends the test sale that was asked for then; a later one stays as it is. */
export async function endTrial(db: Db, tenant: Linked, askedAt: string, endedAt: string, note: string): Promise<void> {
  const { chargeTrial } = accounts;
  await db
    .update(accounts)
    .set({ chargeTrial: sql`json_set(${chargeTrial}, '$.endedAt', ${endedAt}, '$.note', ${note})` })
    .where(and(mine(tenant), sql`json_extract(${chargeTrial}, '$.askedAt') = ${askedAt}`))
    .run();
}

/** As `/me` says it now (M13: on refusal); the account's row that this run found says so too. */
export async function rememberLock(c: LinkedContext, lockDate: string | null): Promise<void> {
  await c.db.update(accounts).set({ lockDate }).where(mine(c.tenant)).run();
  if (c.began) c.began.account.lockDate = lockDate;
}

/** Company facts as `/me` says them today (M13, M43). True: the lock date is another one. */
export async function saveCompany(
  db: Db,
  tenant: Linked,
  me: { lockDate: string | null; taxCalculation: string; autoDiscounts: boolean },
  now: string,
): Promise<boolean> {
  const before = await db.select({ lockDate: accounts.lockDate }).from(accounts).where(eq(accounts.id, tenant.account)).get();
  await db
    .update(accounts)
    .set({ ...me, updatedAt: now })
    .where(mine(tenant))
    .run();
  return (before?.lockDate ?? null) !== me.lockDate;
}

/** The account's own currency, as read when it was linked; "" while there is none. */
export async function accountCurrency(db: Db, tenant: Linked): Promise<string> {
  return (await db.select({ currency: accounts.currency }).from(accounts).where(eq(accounts.id, tenant.account)).get())?.currency ?? "";
}
