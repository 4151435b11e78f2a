import { and, eq, isNotNull, isNull, lt, max, sql } from "drizzle-orm";
import { inEpoch, insertInEpoch } from "../../lib/db/epoch.ts";
import type { Db } from "../../lib/db/open.ts";
import { daySales, orders, waitingFor } from "../../lib/db/schema/tables.ts";
import type { Linked } from "../../lib/ids.ts";
import type { SaleDraft } from "../../orders/mapping/sale-draft.ts";
import { keepLines } from "../../sales/lines-store.ts";

const mine = (tenant: Linked) => and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account));
const among = (ids: readonly number[]) => sql`${orders.orderId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;

/** The end of the last day that became a sale; null: none did. */
export async function lastClosed(db: Db, tenant: Linked): Promise<string | null> {
  const row = await db
    .select({ cut: max(daySales.cut) })
    .from(daySales)
    .where(and(eq(daySales.storeHash, tenant.store), eq(daySales.accountId, tenant.account)))
    .get();
  return row?.cut ?? null;
}

/** Every order that waits for its daily sale and was ready before `end` is closed into that day, at once and for good. */
export async function closeOrders(db: Db, tenant: Linked, end: string): Promise<void> {
  await db
    .update(orders)
    .set({ dayCut: end })
    .where(and(mine(tenant), waitingFor("day"), eq(orders.state, "pending"), lt(orders.metAt, end), isNull(orders.dayCut), inEpoch(tenant)))
    .run();
}

/** Closed into a day and in no sale yet, by order number. */
export async function closedOrders(db: Db, tenant: Linked) {
  const { orderId, generation, modifiedAt, statusId, dayCut } = orders;
  const rows = await db
    .select({ orderId, generation, modifiedAt, statusId, dayCut })
    .from(orders)
    .where(and(mine(tenant), waitingFor("day"), isNotNull(orders.dayCut), isNull(orders.daySale)))
    .orderBy(orders.orderId)
    .all();
  return rows.map((row) => ({ ...row, dayCut: row.dayCut as string }));
}

/** Not in a sale after all: they wait for the next day. */
export async function openAgain(db: Db, tenant: Linked, ids: readonly number[]): Promise<void> {
  await db
    .update(orders)
    .set({ dayCut: null })
    .where(and(mine(tenant), among(ids), isNull(orders.daySale), inEpoch(tenant)))
    .run();
}

export async function isThere(db: Db, tenant: Linked, daySale: number): Promise<boolean> {
  const row = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(and(eq(orders.storeHash, tenant.store), eq(orders.orderId, daySale)))
    .get();
  return row !== undefined;
}

export type NewDay = {
  day: Omit<typeof daySales.$inferInsert, "storeHash" | "accountId" | "members">;
  order: Omit<typeof orders.$inferInsert, "storeHash" | "accountId" | "orderId">;
  draft: SaleDraft;
  memberIds: readonly number[];
  memberNote: string;
};

/** A daily sale with its members, all or nothing. */
export async function makeDay(db: Db, tenant: Linked, { day, order, draft, memberIds, memberNote }: NewDay): Promise<void> {
  const of = { storeHash: tenant.store, accountId: tenant.account };
  await db.batch([
    insertInEpoch(db, tenant, daySales, { ...of, ...day, members: memberIds.length }),
    insertInEpoch(db, tenant, orders, { ...of, ...order, orderId: day.daySale }),
    keepLines(db, tenant, { orderId: day.daySale, generation: 1 }, draft),
    db
      .update(orders)
      .set({ daySale: day.daySale, state: "sending", note: memberNote, notedFor: null, updatedAt: order.updatedAt })
      .where(and(mine(tenant), among(memberIds), eq(orders.dayCut, day.cut), isNull(orders.daySale), inEpoch(tenant))),
  ]);
}

/** Daily sales that are closed and not begun. */
export async function daysToSend(db: Db, tenant: Linked): Promise<number[]> {
  const rows = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(and(mine(tenant), lt(orders.orderId, 0), eq(orders.state, "pending")))
    .all();
  return rows.map((row) => row.id);
}
