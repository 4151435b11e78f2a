import { and, eq, inArray, is, isNull, SQL, sql } from "drizzle-orm";
import type { OrderState } from "../contract/index.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
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
