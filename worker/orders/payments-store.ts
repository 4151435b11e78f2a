import { and, eq, sql } from "drizzle-orm";
import { inEpoch, insertInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { orderPayments } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";

/** The tenders of each order, each by its mark: posted, waiting, or left out. */
export type PaymentRow = typeof orderPayments.$inferSelect;

export async function paymentsOf(db: Db, tenant: Tenant, orderId: number): Promise<PaymentRow[]> {
  return db
    .select()
    .from(orderPayments)
    .where(and(eq(orderPayments.storeHash, tenant.store), eq(orderPayments.orderId, orderId)))
    .all();
}

export async function savePayment(db: Db, tenant: Linked, payment: Omit<PaymentRow, "storeHash" | "accountId">): Promise<void> {
  const row = { ...payment, storeHash: tenant.store, accountId: tenant.account };
  const { amount, state, why, account, cin7PaymentId, updatedAt } = payment;
  await insertInEpoch(db, tenant, orderPayments, row)
    .onConflictDoUpdate({
      target: [orderPayments.storeHash, orderPayments.orderId, orderPayments.mark],
      set: { amount, state, why, account, cin7PaymentId, updatedAt },
      // What is posted stays posted.
      setWhere: sql`${orderPayments.state} <> 'posted'`,
    })
    .run();
}

/** Ours, and deleted in Cin7 Core again, as its order was cancelled: left out under the ID that it had there, and due should the order be opened. */
export async function takenBack(
  db: Db,
  tenant: Tenant,
  { orderId, mark, cin7PaymentId }: Pick<PaymentRow, "orderId" | "mark"> & { cin7PaymentId: string },
  now: string,
): Promise<void> {
  const why = "Taken back in Cin7 Core: the order was cancelled.";
  await db
    .update(orderPayments)
    .set({ state: "left-out", why, cin7PaymentId, updatedAt: now })
    .where(and(ofOrder(tenant, orderId), eq(orderPayments.mark, mark)))
    .run();
}

export const takenBackOf = async (db: Db, tenant: Tenant, orderId: number): Promise<(PaymentRow & { cin7PaymentId: string })[]> =>
  (await paymentsOf(db, tenant, orderId)).filter(
    (row): row is PaymentRow & { cin7PaymentId: string } => row.state === "left-out" && row.cin7PaymentId !== null,
  );

/** What is no longer a payment of the order, such as money that a transaction stands for now; what is posted stays. */
export async function forgetPayments(db: Db, tenant: Linked, orderId: number, but: readonly string[]): Promise<void> {
  await db
    .delete(orderPayments)
    .where(
      and(
        eq(orderPayments.storeHash, tenant.store),
        eq(orderPayments.orderId, orderId),
        eq(orderPayments.accountId, tenant.account),
        inEpoch(tenant),
        sql`${orderPayments.state} <> 'posted'`,
        sql`${orderPayments.mark} NOT IN (SELECT value FROM json_each(${JSON.stringify(but)}))`,
      ),
    )
    .run();
}

const ofOrder = (tenant: Tenant, orderId: number) =>
  and(eq(orderPayments.storeHash, tenant.store), eq(orderPayments.orderId, orderId), inEpoch(tenant));

/** Statements of a batch: the order begins anew without them, or with all of them due again. */
export const withoutPayments = (db: Db, tenant: Tenant, orderId: number) => db.delete(orderPayments).where(ofOrder(tenant, orderId));
export const payAgain = (db: Db, tenant: Tenant, orderId: number, now: string) =>
  db
    .update(orderPayments)
    .set({ state: "waits", why: "Waits for the sale to be created again.", cin7PaymentId: null, updatedAt: now })
    .where(ofOrder(tenant, orderId));

/** What waited is paid by the payments of a daily sale. */
export async function paidWithDay(db: Db, tenant: Tenant, marks: readonly string[], now: string): Promise<void> {
  await db
    .update(orderPayments)
    .set({ state: "posted", why: "Paid with its daily sale.", updatedAt: now })
    .where(
      and(
        eq(orderPayments.storeHash, tenant.store),
        eq(orderPayments.state, "waits"),
        sql`${orderPayments.mark} IN (SELECT value FROM json_each(${JSON.stringify(marks)}))`,
        inEpoch(tenant),
      ),
    )
    .run();
}
