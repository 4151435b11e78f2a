import { and, eq, inArray, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import { inEpoch, insertInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { sharedThings } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import type { ShopperKeys } from "../lib/shopper.ts";

/**
 * By what shoppers are known whose customer Cin7 Core has: a row for the e-mail, which is the claim too, and one for the registered
 * customer of BigCommerce, whose `name` is the key of the e-mail with which they bought last. Keyed hashes, all of them.
 */
const ready = (tenant: Tenant) =>
  and(eq(sharedThings.accountId, tenant.account ?? ""), eq(sharedThings.kind, "customer"), isNotNull(sharedThings.cin7Id));

/** The customer in Cin7 Core: who is registered first, then the e-mail (M27). Nothing is claimed. Null: not known. */
export async function knownShopper(db: Db, tenant: Linked, keys: ShopperKeys): Promise<{ cin7Id: string; boughtAs: string | null } | null> {
  const { key, cin7Id, name } = sharedThings;
  const wanted = [keys.registered, keys.email].filter((one) => one !== null);
  const rows = await db
    .select({ key, cin7Id, name })
    .from(sharedThings)
    .where(and(ready(tenant), inArray(key, wanted)))
    .all();
  const row = rows.find((one) => one.key === keys.registered) ?? rows[0];
  return row?.cin7Id ? { cin7Id: row.cin7Id, boughtAs: row.name } : null;
}

/** A registered shopper is this customer from now on, whatever e-mail they buy with next. */
export async function keepRegistered(
  db: Db,
  tenant: Linked,
  keys: ShopperKeys,
  cin7Id: string,
  at: { by: string; now: string },
): Promise<void> {
  if (keys.registered === null) return;
  const kept = { cin7Id, name: keys.email, claimedBy: at.by, claimedAt: at.now };
  const row = { accountId: tenant.account, kind: "customer" as const, key: keys.registered, ...kept };
  await insertInEpoch(db, tenant, sharedThings, row)
    .onConflictDoUpdate({ target: [sharedThings.accountId, sharedThings.kind, sharedThings.key], set: kept })
    .run();
}

/**
 * By what a shopper with this e-mail is known, in every currency, and the registered customer behind it, also where they bought
 * with another e-mail since; the next order of theirs finds them in Cin7 Core by e-mail (M46).
 */
export async function forgetCustomer(db: Db, tenant: Tenant, prints: readonly string[]): Promise<void> {
  const asked = JSON.stringify(prints);
  const among = (column: SQL) =>
    sql`EXISTS (SELECT 1 FROM json_each(${asked}) p WHERE ${column} >= p.value || ':' AND ${column} < p.value || ';')`;
  const byEmail = sql`SELECT t.cin7_id FROM ${sharedThings} t
    WHERE t.account_id = ${tenant.account ?? ""} AND t.kind = 'customer' AND ${among(sql`t.key`)}`;
  const { key, name, cin7Id } = sharedThings;
  const registered = and(isNotNull(name), or(among(sql`${name}`), sql`${cin7Id} IN (${byEmail})`));
  await db
    .delete(sharedThings)
    .where(and(ready(tenant), or(among(sql`${key}`), registered), inEpoch(tenant)))
    .run();
}

/** Found or made before (ISO 8601): who buys again is looked up again. */
export async function pruneCustomers(db: Db, tenant: Tenant, before: string): Promise<void> {
  await db
    .delete(sharedThings)
    .where(and(ready(tenant), inEpoch(tenant), lt(sharedThings.claimedAt, before)))
    .run();
}
