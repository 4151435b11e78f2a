import { and, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, notLike, or, type SQL, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { orders, sweeps } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";
import type { SaleSoFar } from "../orders/money/falls-short.ts";
import type { StoredOrder } from "./changed.ts";
import type { Progress } from "./plan.ts";

const mine = (tenant: Linked) => and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account));
const among = (ids: readonly number[]) => sql`${orders.orderId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** How far the sweeps of this store came for this account; null: never swept. */
export async function progressOf(db: Db, tenant: Linked): Promise<Progress | null> {
  const { seenTo, line, nightlyAt, refundsAt } = sweeps;
  const row = await db
    .select({ seenTo, line, nightlyAt, refundsAt })
    .from(sweeps)
    .where(and(eq(sweeps.storeHash, tenant.store), eq(sweeps.accountId, tenant.account)))
    .get();
  return row ?? null;
}

export async function saveProgress(db: Db, tenant: Linked, { seenTo, line, nightlyAt, refundsAt }: Progress): Promise<void> {
  await db.run(sql`INSERT INTO sweeps (store_hash, account_id, seen_to, line, nightly_at, refunds_at)
    SELECT ${tenant.store}, ${tenant.account}, ${seenTo}, ${line}, ${nightlyAt}, ${refundsAt ?? null} WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash) DO UPDATE SET account_id = excluded.account_id, seen_to = excluded.seen_to, line = excluded.line,
      nightly_at = excluded.nightly_at, refunds_at = excluded.refunds_at`);
}

export async function knownOrders(db: Db, tenant: Linked, ids: readonly number[]): Promise<StoredOrder[]> {
  const { orderId, modifiedAt, statusId, total } = orders;
  return db
    .select({ orderId, modifiedAt, statusId, total })
    .from(orders)
    .where(and(mine(tenant), among(ids)))
    .all();
}

/** Nothing that is open holds the order: nobody is asked to do anything about it. */
const nobodyAsked = sql`NOT EXISTS (SELECT 1 FROM problem_orders o JOIN problems p ON p.store_hash = o.store_hash AND p.key = o.key
  WHERE o.store_hash = "orders"."store_hash" AND o.order_id = "orders"."order_id" AND p.holds AND p.cleared_at IS NULL)`;

const idsOf = async (db: Db, where: SQL | undefined, limit: number): Promise<number[]> => {
  const rows = await db.select({ id: orders.orderId }).from(orders).where(where).orderBy(orders.updatedAt).limit(limit).all();
  return rows.map((row) => row.id);
};

/** Not in Cin7 yet while nobody is asked to do anything: the inbox must hold an item for each of them. */
export const unfinished = (db: Db, tenant: Linked, limit: number): Promise<number[]> =>
  idsOf(
    db,
    and(
      mine(tenant),
      // What waits for something in Cin7 is woken by the sales sweep.
      eq(orders.waitsFor, ""),
      inArray(orders.state, ["pending", "sending", "failed", "held"]),
      nobodyAsked,
    ),
    limit,
  );

/** A sale that is not paid in full and not void, with what of it is in Cin7; `settingsVersion`: of Setup, when it was sent. */
export type OpenSale = SaleSoFar & { orderId: number; settingsVersion: number | null };

/** A part of them, newest first, below this order number and placed since (ISO 8601), of which nobody is asked. Orders of a daily sale go with it. */
export async function openSales(db: Db, tenant: Linked, since: string, below: number, limit: number): Promise<OpenSale[]> {
  const { orderId, settingsVersion, stages, waitsFor, statusId } = orders;
  const rows = await db
    .select({
      ...{ orderId, settingsVersion, stages, waitsFor, statusId },
      payments: sql<string>`(SELECT json_group_array(p.state) FROM order_payments p WHERE p.store_hash = "orders"."store_hash" AND p.order_id = "orders"."order_id")`,
      facts: sql<string>`(SELECT json_group_array(json(m.facts)) FROM orders m WHERE m.store_hash = "orders"."store_hash"
        AND (m.order_id = "orders"."order_id" AND m.order_id > 0 OR m.day_sale = "orders"."order_id"))`,
    })
    .from(orders)
    .where(
      and(
        mine(tenant),
        eq(orders.state, "sent"),
        isNotNull(orders.saleId),
        isNull(orders.daySale),
        gte(orders.placedAt, since),
        lt(orders.orderId, below),
        sql`(',' || ${orders.stages} || ',') NOT LIKE '%,paid,%'`,
        notLike(orders.stages, "%voided%"),
        or(eq(orders.waitsFor, "books"), nobodyAsked),
      ),
    )
    .orderBy(desc(orders.orderId))
    .limit(limit)
    .all();
  return rows.map((row) => ({
    ...row,
    payments: JSON.parse(row.payments) as SaleSoFar["payments"],
    facts: JSON.parse(row.facts) as SaleSoFar["facts"],
  }));
}

/** Unpaid orders that are not taken and hold their stock, the oldest first. */
export const heldUnpaid = (
  db: Db,
  tenant: Linked,
  limit: number,
): Promise<{ orderId: number; placedAt: string; unpaidMethod: string | null }[]> =>
  db
    .select({ orderId: orders.orderId, placedAt: orders.placedAt, unpaidMethod: orders.unpaidMethod })
    .from(orders)
    .where(and(mine(tenant), isNotNull(orders.unpaidMethod)))
    .orderBy(orders.placedAt)
    .limit(limit)
    .all();

/** Goods are still due: not in Cin7 yet, or there and not shipped. BigCommerce lists no daily sale. */
const open = and(
  gt(orders.orderId, 0),
  or(
    inArray(orders.state, ["held", "pending", "sending", "failed"]),
    and(eq(orders.state, "sent"), notLike(orders.stages, "%shipped%"), notLike(orders.stages, "%voided%")),
  ),
);

/** Open orders that changed since: the list must show them, or they are archived. */
export const openSince = (db: Db, tenant: Linked, since: string, limit: number): Promise<number[]> =>
  idsOf(db, and(mine(tenant), gte(orders.modifiedAt, since), open), limit);

/** Open orders of the last weeks, those not heard of for longest first. */
export const openPlacedSince = (db: Db, tenant: Linked, since: string, limit: number): Promise<number[]> =>
  idsOf(db, and(mine(tenant), gte(orders.placedAt, since), open), limit);
