import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { orders, saleLines, salesSweeps, settingsVersions, stores } from "../lib/db/schema/tables.ts";
import type { AccountId, Linked } from "../lib/ids.ts";
import type { Mark } from "../orders/marks.ts";
import type { KnownSale } from "./sales.ts";

/** Whether any store of the account is connected: else there is nothing to look for. */
export async function hasStores(db: Db, account: AccountId): Promise<boolean> {
  const row = await db
    .select({ hash: stores.hash })
    .from(stores)
    .where(and(eq(stores.accountId, account), eq(stores.state, "active")))
    .limit(1)
    .get();
  return row !== undefined;
}

/** Whether there is a sale of ours that may still move: of a store that takes orders, or one whose documents wait (M10, M11). */
export async function watchesSales(db: Db, account: AccountId): Promise<boolean> {
  const row = await db.get<{
    watched: number;
  }>(sql`SELECT EXISTS (SELECT 1 FROM ${stores} s JOIN ${orders} o ON o.store_hash = s.hash AND o.waits_for > ''
      WHERE s.account_id = ${account} AND s.state = 'active')
    OR EXISTS (SELECT 1 FROM ${stores} s WHERE s.account_id = ${account} AND s.state = 'active'
        AND EXISTS (SELECT 1 FROM ${orders} o WHERE o.store_hash = s.hash AND o.state IN ('sending', 'sent') AND o.account_id = ${account})
        AND (SELECT json_extract(v.document, '$.orders.on') FROM ${settingsVersions} v WHERE v.store_hash = s.hash AND v.account_id = ${account}
          ORDER BY v.version DESC LIMIT 1)) AS watched`);
  return row?.watched === 1;
}

/** When the oldest order was placed whose sale waits for something in Cin7, but not before `from` (ISO 8601); null: none waits. */
export async function waitsSince(db: Db, account: AccountId, from: string): Promise<string | null> {
  const row = await db.get<{ since: string | null }>(sql`SELECT MIN(MAX(o.placed_at, ${from})) AS since FROM ${stores} s
    JOIN ${orders} o ON o.store_hash = s.hash AND o.waits_for > '' AND o.waits_for IN ('order', 'shipment', 'invoice')
    WHERE s.account_id = ${account} AND s.state = 'active' AND o.account_id = ${account}`);
  return row?.since ?? null;
}

/** Largest `Updated` seen, and when that was; ISO 8601. Null: never swept. */
export async function salesProgress(db: Db, account: AccountId): Promise<{ seenTo: string; sweptAt: string } | null> {
  const { seenTo, sweptAt } = salesSweeps;
  return (await db.select({ seenTo, sweptAt }).from(salesSweeps).where(eq(salesSweeps.accountId, account)).get()) ?? null;
}

export async function saveSales(db: Db, account: AccountId, seenTo: string, sweptAt: string): Promise<void> {
  await db
    .insert(salesSweeps)
    .values({ accountId: account, seenTo, sweptAt })
    .onConflictDoUpdate({ target: salesSweeps.accountId, set: { seenTo, sweptAt } })
    .run();
}

/** The orders of these marks, of stores that belong to the account now. One parameter carries them all. */
export async function knownSales(db: Db, account: AccountId, marks: readonly Mark[]): Promise<KnownSale[]> {
  const given = JSON.stringify(marks.map(({ store, orderId }) => ({ store, orderId })));
  type Raw = Omit<KnownSale, "paid" | "told"> & { paid: string; told: number };
  const rows =
    await db.all<Raw>(sql`SELECT o.store_hash AS storeHash, o.order_id AS orderId, o.generation, o.sale_id AS saleId, o.stages, o.waits_for AS waitsFor,
      ${TOTAL} AS total, ${PAID} AS paid,
      EXISTS (SELECT 1 FROM problems p WHERE p.store_hash = o.store_hash AND p.key = 'written-twice:' || o.order_id AND p.cleared_at IS NULL)
        OR EXISTS (SELECT 1 FROM problems p WHERE p.store_hash = o.store_hash AND p.cleared_at IS NULL AND p.kind = 'refund-to-enter'
          AND json_extract(p.facts, '$.sale') = o.order_id) AS told
    FROM (SELECT DISTINCT value ->> 'store' AS store, value ->> 'orderId' AS id FROM json_each(${given})) m
    JOIN ${orders} o ON o.store_hash = m.store AND o.order_id = m.id
    JOIN ${stores} s ON s.hash = o.store_hash AND s.account_id = ${account} AND s.state = 'active'
    WHERE o.account_id = ${account}`);
  return rows.map((row) => ({ ...row, paid: JSON.parse(row.paid) as string[], told: row.told === 1 }));
}

/** What went to Cin7, also when the order has changed since; and the amounts of the payments that are there. */
const TOTAL = sql`COALESCE((SELECT l.total FROM ${saleLines} l WHERE l.store_hash = o.store_hash AND l.order_id = o.order_id AND l.generation = o.generation), o.total)`;
const PAID = sql`(SELECT json_group_array(y.amount) FROM order_payments y WHERE y.store_hash = o.store_hash AND y.order_id = o.order_id AND y.state = 'posted')`;

// ---- one order, for its own store's flow -----------------------------------------------------------------------

export type SaleOfOrder = Pick<
  typeof orders.$inferSelect,
  "generation" | "saleId" | "saleNumber" | "stages" | "waitsFor" | "statusId" | "state" | "currency" | "invoiceTaskId"
> & { total: string; paid: string[] /** Of a daily sale: what stands in its mark in place of the order. */; stem: string | null };

export async function saleOfOrder(db: Db, tenant: Linked, orderId: number): Promise<SaleOfOrder | null> {
  type Raw = Omit<SaleOfOrder, "paid"> & { paid: string };
  const row = await db.get<
    Raw | undefined
  >(sql`SELECT o.generation, o.sale_id AS saleId, o.sale_number AS saleNumber, o.stages, o.waits_for AS waitsFor, o.status_id AS statusId,
      o.state, o.currency, o.invoice_task_id AS invoiceTaskId, ${TOTAL} AS total, ${PAID} AS paid, d.stem AS stem
    FROM orders o LEFT JOIN day_sales d ON d.store_hash = o.store_hash AND d.day_sale = o.order_id WHERE o.store_hash = ${tenant.store} AND o.account_id = ${tenant.account} AND o.order_id = ${orderId}`);
  return row ? { ...row, paid: JSON.parse(row.paid) as string[] } : null;
}
