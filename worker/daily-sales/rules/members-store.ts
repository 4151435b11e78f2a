import { and, eq, isNull, sql } from "drizzle-orm";
import { NO_STATUS } from "../../bigcommerce/order-status.ts";
import { inEpoch, insertInEpoch } from "../../lib/db/epoch.ts";
import type { Db } from "../../lib/db/open.ts";
import { daySales, orders } from "../../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../../lib/ids.ts";
import type { SaleDraft } from "../../orders/mapping/sale-draft.ts";
import { markOf } from "../../orders/marks.ts";
import { paidWithDay } from "../../orders/payments-store.ts";
import type { OrderRow } from "../../orders/store.ts";
import { forgetLines, keepLines } from "../../sales/lines-store.ts";

const mine = (tenant: Tenant) => eq(orders.storeHash, tenant.store);

/** The orders of a daily sale, by number. */
export async function membersOf(db: Db, tenant: Tenant, daySale: number): Promise<OrderRow[]> {
  return db
    .select()
    .from(orders)
    .where(and(mine(tenant), eq(orders.daySale, daySale)))
    .orderBy(orders.orderId)
    .all();
}

/**
 * The orders of a daily sale show its sale and how far it is; their stock is held until Cin7 holds it. `posted`: marks of their
 * tenders that are paid in Cin7 with it.
 */
export async function showDay(db: Db, tenant: Tenant, day: OrderRow, posted: readonly string[], now: string): Promise<void> {
  const { saleId, saleNumber, stages } = day;
  const sent = day.state === "sent";
  const allocated = sent && !(day.stages === "sale" || day.stages === "");
  const waits = sql`CASE WHEN ${sent ? 1 : 0} THEN '' ELSE ${orders.waitsFor} END`;
  await db
    .update(orders)
    .set({
      saleId,
      saleNumber,
      stages,
      ...(sent ? { state: "sent" as const } : {}),
      waitsFor: waits,
      ...(allocated ? { reserved: [] } : {}),
      updatedAt: now,
    })
    .where(
      and(
        mine(tenant),
        eq(orders.daySale, day.orderId),
        sql`(${orders.stages} <> ${stages} OR ${orders.saleNumber} IS NOT ${saleNumber} OR ${orders.saleId} IS NOT ${saleId} OR (${sent ? 1 : 0} AND ${orders.state} <> 'sent'))`,
        inEpoch(tenant),
      ),
    )
    .run();
  if (posted.length === 0) return;
  await paidWithDay(db, tenant, posted, now);
}

/** A restored database does not know that the order is part of a daily sale: it is again. */
export async function joinDay(db: Db, tenant: Tenant, orderId: number, day: { daySale: number; end: string }, now: string): Promise<void> {
  await db
    .update(orders)
    .set({
      dayCut: day.end,
      daySale: day.daySale,
      state: "sending",
      waitsFor: "day",
      notedFor: null,
      note: "Goes with its daily sale.",
      updatedAt: now,
    })
    .where(and(mine(tenant), eq(orders.orderId, orderId), isNull(orders.daySale), inEpoch(tenant)))
    .run();
}

/** The same for the daily sale itself, from what was to be sent. */
export async function restoreDay(
  db: Db,
  tenant: Linked,
  day: Omit<typeof daySales.$inferInsert, "storeHash" | "accountId">,
  order: Omit<typeof orders.$inferInsert, "storeHash" | "accountId" | "orderId" | "state" | "statusId">,
  draft: SaleDraft,
): Promise<void> {
  const of = { storeHash: tenant.store, accountId: tenant.account };
  await db.batch([
    insertInEpoch(db, tenant, daySales, { ...of, ...day }).onConflictDoNothing(),
    insertInEpoch(db, tenant, orders, {
      ...of,
      ...order,
      orderId: day.daySale,
      state: "pending",
      statusId: NO_STATUS,
    }).onConflictDoNothing(),
    keepLines(db, tenant, { orderId: day.daySale, generation: markOf(draft.mark)?.generation ?? 1 }, draft),
  ]);
}

/** What stands in its mark; null: there is no such daily sale. */
export async function stemOfDay(db: Db, tenant: Tenant, daySale: number): Promise<string | null> {
  const of = and(eq(daySales.storeHash, tenant.store), eq(daySales.daySale, daySale));
  return (await db.select({ stem: daySales.stem }).from(daySales).where(of).get())?.stem ?? null;
}

/** A daily sale that never came to be: its orders wait for the next one. */
export async function dissolveDay(db: Db, tenant: Tenant, daySale: number, now: string): Promise<void> {
  const waits = {
    dayCut: null,
    daySale: null,
    state: "pending" as const,
    waitsFor: "day" as const,
    note: "Goes with the next daily sale.",
    updatedAt: now,
  };
  await db.batch([
    db
      .update(orders)
      .set(waits)
      .where(and(mine(tenant), eq(orders.daySale, daySale), inEpoch(tenant))),
    db.delete(daySales).where(and(eq(daySales.storeHash, tenant.store), eq(daySales.daySale, daySale), inEpoch(tenant))),
    db.delete(orders).where(and(mine(tenant), eq(orders.orderId, daySale), inEpoch(tenant))),
    forgetLines(db, tenant, { orderId: daySale }),
  ]);
}
