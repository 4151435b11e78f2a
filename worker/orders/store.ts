import { and, eq, inArray, is, isNull, lt, SQL, sql } from "drizzle-orm";
import type { OrderState } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { inEpoch, insertInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { orderPayments, orders, products, sharedThings } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import type { KnownProduct } from "./mapping/sale-draft.ts";
import type { Facts } from "./order-facts.ts";
import { fromStates } from "./state.ts";

export type OrderRow = typeof orders.$inferSelect;

const mine = (tenant: Tenant, orderId: number) => and(eq(orders.storeHash, tenant.store), eq(orders.orderId, orderId));

export async function orderOf(db: Db, tenant: Tenant, orderId: number): Promise<OrderRow | null> {
  return (await db.select().from(orders).where(mine(tenant, orderId)).get()) ?? null;
}

/** The same; of the item's own order as its run found it. */
export const orderFor = async (c: LinkedContext, orderId: number): Promise<OrderRow | null> =>
  c.began?.order?.orderId === orderId ? c.began.order : orderOf(c.db, c.tenant, orderId);

/** What a first sight of an order stores; later sights refresh it. */
export type Seen = Pick<
  OrderRow,
  "orderId" | "placedAt" | "modifiedAt" | "statusId" | "status" | "customer" | "email" | "currency" | "total" | "totalSort"
> & { facts: Facts };

/** The order as BigCommerce shows it now, but an erased shopper stays erased (M46); state and stages are moved by `move` and `reached`. */
export async function see(db: Db, tenant: Linked, seen: Seen, now: string): Promise<void> {
  await db.run(sql`INSERT INTO orders
      (store_hash, order_id, account_id, placed_at, modified_at, status_id, status, customer, email, currency, total, total_sort, facts, state, updated_at)
    SELECT ${tenant.store}, ${seen.orderId}, ${tenant.account}, ${seen.placedAt}, ${seen.modifiedAt}, ${seen.statusId}, ${seen.status},
      ${seen.customer}, ${seen.email}, ${seen.currency}, ${seen.total}, ${seen.totalSort}, ${JSON.stringify(seen.facts)},
      'pending', ${now}
    WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash, order_id) DO UPDATE SET placed_at = excluded.placed_at, modified_at = excluded.modified_at, status_id = excluded.status_id,
      status = excluded.status, customer = CASE WHEN erased_at IS NULL THEN excluded.customer ELSE '' END,
      email = CASE WHEN erased_at IS NULL THEN excluded.email ELSE '' END, currency = excluded.currency,
      total = excluded.total, total_sort = excluded.total_sort, facts = excluded.facts, updated_at = excluded.updated_at`);
}

export type MoveTo = {
  state: OrderState;
  /** A state that it passes through in the same step, without a write of its own: the move is legal where the one to that is. */
  via?: OrderState;
  note: string;
  notedFor?: string | null;
  reserved?: { sku: string; quantity: number }[];
  picture?: unknown;
  ordered?: { sku: string; quantity: number }[];
  settingsVersion?: number;
  metAt?: string;
  rounding?: string | null;
  /** Only of an order that is not taken; every other move ends it (M31). */
  unpaidMethod?: string | null;
  /** Only of an order that waits for its daily sale; every other move ends it (F15). */
  waitsFor?: "day";
};

/**
 * Moves an order if the move is legal; false: it was not (or the epoch is over), and nothing changed. What is closed into a
 * daily sale goes with that sale only.
 */
export async function move(db: Db, tenant: Tenant, orderId: number, to: MoveTo, now: string): Promise<boolean> {
  return (await moving(db, tenant, orderId, to, now).run()).meta.changes > 0;
}

/** The same as a statement of a batch. */
export const moving = (db: Db, tenant: Tenant, orderId: number, to: MoveTo, now: string) =>
  db
    .update(orders)
    .set({ ...valuesOf(to), updatedAt: now })
    .where(and(mine(tenant, orderId), isLegal(to), inEpoch(tenant)));

const isLegal = ({ state, via }: MoveTo) => and(inArray(orders.state, fromStates(via ?? state)), isNull(orders.dayCut)) as SQL;

function valuesOf({ via: _, notedFor = null, unpaidMethod = null, ...rest }: MoveTo) {
  const waitsFor = sql`CASE WHEN ${orders.waitsFor} = 'day' THEN '' ELSE ${orders.waitsFor} END`;
  return { waitsFor, notedFor, unpaidMethod, ...rest };
}

/** A move inside a statement that writes other things as well: where it is not legal, its columns stay as they are. */
export const moveIfLegal = (to: MoveTo) =>
  Object.fromEntries(
    Object.entries(valuesOf(to)).map(([key, value]) => {
      const column = orders[key as keyof MoveTo & keyof typeof orders];
      return [key, sql`CASE WHEN ${isLegal(to)} THEN ${is(value, SQL) ? value : sql.param(value, column)} ELSE ${column} END`];
    }),
  );

// ---- payments --------------------------------------------------------------------------------------------------

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
  const { state, why, account, cin7PaymentId, updatedAt } = payment;
  await insertInEpoch(db, tenant, orderPayments, row)
    .onConflictDoUpdate({
      target: [orderPayments.storeHash, orderPayments.orderId, orderPayments.mark],
      set: { state, why, account, cin7PaymentId, updatedAt },
      // What is posted stays posted.
      setWhere: sql`${orderPayments.state} <> 'posted'`,
    })
    .run();
}

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

// ---- the account's products (mirror) ---------------------------------------------------------------------------

export const foldSku = (sku: string): string => sku.trim().toLowerCase();

/** Known products by exact SKU, for the given ones; of two with one SKU the one that was read last has it now. One parameter carries them all (D1 takes 100). */
export async function productsBySku(db: Db, tenant: Linked, skus: readonly string[]): Promise<Map<string, KnownProduct>> {
  const folded = JSON.stringify([...new Set(skus.map(foldSku))]);
  const rows = await db
    .select()
    .from(products)
    .where(
      and(
        eq(products.accountId, tenant.account),
        eq(products.active, true),
        sql`${products.skuFold} IN (SELECT value FROM json_each(${folded}))`,
      ),
    )
    .orderBy(products.readAt)
    .all();
  return new Map(
    rows.map((r) => [
      r.sku.trim(),
      { productId: r.productId, sku: r.sku, name: r.name, type: r.type, revenueAccount: r.revenueAccount, bom: r.bom },
    ]),
  );
}

/** Cin7 no longer takes one of these products: their SKUs are asked of it again by the next order that is mapped. */
export async function forgetProducts(db: Db, tenant: Linked, productIds: readonly string[]): Promise<void> {
  const ids = JSON.stringify(productIds);
  await db
    .update(products)
    .set({ active: false })
    .where(and(eq(products.accountId, tenant.account), sql`${products.productId} IN (SELECT value FROM json_each(${ids}))`))
    .run();
}

// ---- shared things: the row is the claim, before the look-up (design 3.6) --------------------------------------

export type SharedRow = typeof sharedThings.$inferSelect;
type Kind = SharedRow["kind"];
const shared = (tenant: Linked, kind: Kind, key: string) =>
  and(eq(sharedThings.accountId, tenant.account), eq(sharedThings.kind, kind), eq(sharedThings.key, key));

/**
 * Claims a shared thing. `mine`: nobody had it, or the holder's claim is older than `staleBefore`. Else the row as it is:
 * with `cin7Id` it is ready, without it somebody else is at it and we come back later.
 */
export async function claimShared(
  db: Db,
  tenant: Linked,
  kind: Kind,
  key: string,
  by: string,
  now: string,
  staleBefore: string,
): Promise<{ mine: boolean; row: SharedRow }> {
  const there = () =>
    db
      .select()
      .from(sharedThings)
      .where(shared(tenant, kind, key))
      .get();
  const known = await there();
  if (known?.cin7Id) return { mine: false, row: known };
  await db
    .insert(sharedThings)
    .values({ accountId: tenant.account, kind, key, claimedBy: by, claimedAt: now })
    .onConflictDoUpdate({
      target: [sharedThings.accountId, sharedThings.kind, sharedThings.key],
      set: { claimedBy: by, claimedAt: now },
      setWhere: sql`${sharedThings.cin7Id} IS NULL AND (${sharedThings.claimedBy} = ${by} OR ${lt(sharedThings.claimedAt, staleBefore)})`,
    })
    .run();
  const row = (await there()) as SharedRow;
  return { mine: row.claimedBy === by && row.cin7Id === null, row };
}

export async function settleShared(db: Db, tenant: Linked, kind: Kind, key: string, cin7Id: string): Promise<void> {
  await db
    .update(sharedThings)
    .set({ cin7Id })
    .where(shared(tenant, kind, key))
    .run();
}

/** Cin7 no longer takes what is stored: the next who needs it looks for it again. Another ID than this one stays. */
export async function forgetShared(db: Db, tenant: Linked, kind: Kind, key: string, cin7Id: string): Promise<void> {
  await db
    .delete(sharedThings)
    .where(and(shared(tenant, kind, key), eq(sharedThings.cin7Id, cin7Id)))
    .run();
}
