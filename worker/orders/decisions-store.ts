import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { decisions, problemOrders } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import { isKnown } from "../problems/store.ts";
import { eraseKey } from "../settings/keep-days.ts";

/** What a person decided: `send-as-one:1042` (M24), `post-open:2025-10-31` (M13). Once decided it stays, unless `undecide` takes it back. */
export const sendAsOne = (orderId: number): string => `send-as-one:${orderId}`;
/** The problem that names such books. */
export const booksLocked = (lockedTo: string): string => `books-locked:${lockedTo}`;
export const postOpen = (lockedTo: string): string => `post-open:${lockedTo}`;

/** Which of the open orders of before come, and that the others stay out (M21). */
export const openOrdersDecided = "open-orders";

/**
 * About one order: its entry in the log was deleted so that it is taken again (`take-again`, until it was), and is looked up
 * before its first write from then on (`look-first`, for good); its sale is to be voided and created again (`void-sale`, until
 * it was); it is left out (`skip`, until somebody processes it); somebody chose it, so the start line does not keep it out
 * (`chosen`, for good: it may be paid weeks later, M21); somebody takes it before its moment has come, unpaid (`take-now`, for good).
 */
export type OrderDecision = "take-again" | "look-first" | "void-sale" | "skip" | "chosen" | "take-now";
const OF_ORDER: readonly OrderDecision[] = ["take-again", "look-first", "void-sale", "skip", "chosen", "take-now"];
const keyFor = (what: OrderDecision, orderId: number): string => `${what}:${orderId}`;

/** What is decided about an order, each with who did. */
export async function decidedOf(db: Db, tenant: Linked, orderId: number): Promise<Map<OrderDecision, string>> {
  const keys = OF_ORDER.map((what) => keyFor(what, orderId));
  const rows = await db
    .select({ key: decisions.key, by: decisions.by })
    .from(decisions)
    .where(and(eq(decisions.storeHash, tenant.store), eq(decisions.accountId, tenant.account), inArray(decisions.key, keys)))
    .all();
  return new Map(rows.map(({ key, by }) => [key.split(":")[0] as OrderDecision, by]));
}

/** Which of these somebody chose. */
export async function chosenAmong(db: Db, tenant: Linked, orderIds: readonly number[]): Promise<Set<number>> {
  const keys = JSON.stringify(orderIds.map((id) => keyFor("chosen", id)));
  const among = sql`${decisions.key} IN (SELECT value FROM json_each(${keys}))`;
  const rows = await db
    .select({ key: decisions.key })
    .from(decisions)
    .where(and(eq(decisions.storeHash, tenant.store), eq(decisions.accountId, tenant.account), among))
    .all();
  return new Set(rows.map(({ key }) => Number(key.split(":")[1])));
}

/** The same about many orders at once: all or none. */
export async function decideAbout(
  db: Db,
  tenant: Linked,
  what: readonly OrderDecision[],
  orderIds: readonly number[],
  { by, at }: { by: string; at: string },
): Promise<void> {
  const keys = JSON.stringify(what.flatMap((each) => orderIds.map((orderId) => keyFor(each, orderId))));
  await db.run(sql`INSERT INTO decisions (store_hash, account_id, key, by, at)
    SELECT ${tenant.store}, ${tenant.account}, value, ${by}, ${at} FROM json_each(${keys})
    WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash, key) DO UPDATE SET account_id = excluded.account_id, by = excluded.by, at = excluded.at`);
}

export async function undecide(db: Db, tenant: Linked, what: OrderDecision, orderId: number): Promise<void> {
  await undeciding(db, tenant, what, orderId).run();
}

/** The same as a statement of a batch. */
export const undeciding = (db: Db, tenant: Tenant, what: OrderDecision, orderId: number) =>
  db.delete(decisions).where(and(eq(decisions.storeHash, tenant.store), eq(decisions.key, keyFor(what, orderId)), inEpoch(tenant)));

/** Who decided it; null: nobody has. */
export async function decidedBy(db: Db, tenant: Tenant, key: string): Promise<string | null> {
  const row = await db
    .select({ by: decisions.by })
    .from(decisions)
    .where(and(eq(decisions.storeHash, tenant.store), eq(decisions.accountId, tenant.account ?? ""), eq(decisions.key, key)))
    .get();
  return row?.by ?? null;
}

export const isDecided = async (db: Db, tenant: Linked, key: string): Promise<boolean> => (await decidedBy(db, tenant, key)) !== null;

export const decide = async (db: Db, tenant: Linked, key: string, by: string, at: string): Promise<void> =>
  void (await decideWhere(db, tenant, { key, by, at }, sql`true`));

/** Whether it was decided: only where `only` holds. */
async function decideWhere(db: Db, tenant: Linked, { key, by, at }: { key: string; by: string; at: string }, only: SQL): Promise<boolean> {
  const result = await db.run(sql`INSERT INTO decisions (store_hash, account_id, key, by, at)
    SELECT ${tenant.store}, ${tenant.account}, ${key}, ${by}, ${at}
    WHERE ${inEpoch(tenant)} AND ${only}
    ON CONFLICT (store_hash, key) DO UPDATE SET account_id = excluded.account_id, by = excluded.by, at = excluded.at`);
  return result.meta.changes > 0;
}

/** Books that Cin7 Core said are locked up to that day (M13). False: it said no such thing of this store's orders, and nothing is decided. */
export const decideLocked = (db: Db, tenant: Linked, lockedTo: string, by: string, at: string): Promise<boolean> =>
  decideWhere(db, tenant, { key: postOpen(lockedTo), by, at }, isKnown(tenant, booksLocked(lockedTo)));

/** Orders that a problem names: the ones to look at again when it is decided. */
export async function ordersOf(db: Db, tenant: Tenant, problemKeys: readonly string[]): Promise<number[]> {
  const rows = await db
    .select({ id: problemOrders.orderId })
    .from(problemOrders)
    .where(and(eq(problemOrders.storeHash, tenant.store), inArray(problemOrders.key, [...problemKeys])))
    .orderBy(problemOrders.orderId)
    .all();
  return rows.map((row) => row.id);
}

// ---- a shopper is to be erased (M46) ---------------------------------------------------------------------------

/** A shopper is to be erased whose orders are on their way: each goes when it is finished. */
export async function askErase(db: Db, tenant: Tenant, orderIds: readonly number[], by: string, at: string): Promise<void> {
  const keys = JSON.stringify(orderIds.map(eraseKey));
  await db.run(sql`INSERT INTO decisions (store_hash, account_id, key, by, at)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, value, ${by}, ${at} FROM json_each(${keys}) WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash, key) DO NOTHING`);
}

export async function unaskErase(db: Db, tenant: Tenant, orderIds: readonly number[]): Promise<void> {
  const keys = JSON.stringify(orderIds.map(eraseKey));
  const these = sql`${decisions.key} IN (SELECT value FROM json_each(${keys}))`;
  await db
    .delete(decisions)
    .where(and(eq(decisions.storeHash, tenant.store), these, inEpoch(tenant)))
    .run();
}
