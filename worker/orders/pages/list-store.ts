import { and, asc, count, desc, eq, getTableColumns, gt, gte, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { madeIn } from "../../assembly/plan.ts";
import type { OrderState } from "../../contract/index.ts";
import type { Db } from "../../lib/db/open.ts";
import { documents, orderPayments, orders, problemOrders, problems, saleLines } from "../../lib/db/schema/tables.ts";
import type { Tenant } from "../../lib/ids.ts";
import type { StoredProblem } from "../../problems/row.ts";
import { lookThrough } from "../search-store.ts";

export type AskedOrders = {
  states: readonly OrderState[] | null;
  /** Only sales whose money is not in Cin7 because its method has no account (F47), with what it is. */
  unpaid?: boolean;
  /** Order number, customer, e-mail, sale number or SKU; "" for all. */
  q: string;
  /** May customer and e-mail be searched, too? Who may only look cannot try out who bought. */
  persons: boolean;
  /** Placed at or after this instant, and before that one. */
  from?: string;
  before?: string;
  /** With an open problem of this kind. */
  problem?: string;
  /** Only numbers above this one: the next part of a file. */
  after?: number;
  sort: "id" | "placedAt" | "total" | "customer" | "updatedAt";
  dir: "asc" | "desc";
  limit: number;
  offset: number;
};

const mine = (tenant: Tenant) => and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account ?? ""));

const BY: Record<AskedOrders["sort"], SQL | (typeof orders)["orderId" | "placedAt" | "totalSort" | "updatedAt"]> = {
  id: orders.orderId,
  placedAt: orders.placedAt,
  total: orders.totalSort,
  customer: sql`lower(${orders.customer})`,
  updatedAt: orders.updatedAt,
};

const columns = {
  orderId: orders.orderId,
  placedAt: orders.placedAt,
  customer: orders.customer,
  total: orders.total,
  currency: orders.currency,
  statusId: orders.statusId,
  status: orders.status,
  state: orders.state,
  stages: orders.stages,
  saleId: orders.saleId,
  saleNumber: orders.saleNumber,
  note: orders.note,
  notedFor: orders.notedFor,
  waitsFor: orders.waitsFor,
  daySale: orders.daySale,
  updatedAt: orders.updatedAt,
  // Plain SQL: Drizzle leaves the table out of a column's name where only one table is selected from.
  problems: sql<number>`(SELECT COUNT(*) FROM problem_orders o JOIN problems p ON p.store_hash = o.store_hash AND p.key = o.key
    AND p.cleared_at IS NULL WHERE o.store_hash = "orders"."store_hash" AND o.order_id = "orders"."order_id")`,
};

const leftOut = sql`FROM order_payments p WHERE p.store_hash = "orders"."store_hash" AND p.order_id = "orders"."order_id"
  AND p.state = 'left-out' AND p.account = ''`;
const unpaidSale = sql`${orders.state} = 'sent' AND instr(${orders.stages}, 'voided') = 0
  AND instr(',' || ${orders.stages} || ',', ',paid,') = 0 AND EXISTS (SELECT 1 ${leftOut})`;
const unpaidMoney = sql<string>`(SELECT json_group_array(json_object('method', p.method, 'amount', p.amount, 'currency', p.currency)) ${leftOut})`;

const INDEXED: readonly AskedOrders["sort"][] = ["id", "updatedAt"];
/** Is it a list that no index has as it is? All orders are looked through for it. */
export const looksThrough = ({ q, sort }: Pick<AskedOrders, "q" | "sort">): boolean => q !== "" || !INDEXED.includes(sort);

const filters = ({ from, before, problem }: AskedOrders): SQL[] => [
  ...(from ? [gte(orders.placedAt, from)] : []),
  ...(before ? [lt(orders.placedAt, before)] : []),
  ...(problem
    ? [
        sql`EXISTS (SELECT 1 FROM problem_orders o JOIN problems p ON p.store_hash = o.store_hash AND p.key = o.key AND p.cleared_at IS NULL
          WHERE o.store_hash = "orders"."store_hash" AND o.order_id = "orders"."order_id" AND p.kind = ${problem})`,
      ]
    : []),
];

/** One page of orders with the number of all that fit; ties go by order number. */
export async function listOrders(db: Db, tenant: Tenant, asked: AskedOrders, atOnce?: number) {
  const state = asked.unpaid ? unpaidSale : asked.states === null ? undefined : inArray(orders.state, [...asked.states]);
  const of = and(mine(tenant), gt(orders.orderId, asked.after ?? 0), state, ...filters(asked));
  const { ids, total } = looksThrough(asked)
    ? await lookThrough(db, tenant, { ...asked, of, by: sql`${BY[asked.sort]}` }, atOnce)
    : await pageOf(db, asked, of);
  return { rows: await rowsOf(db, tenant, ids, asked.unpaid), total };
}

async function pageOf(db: Db, { sort, dir, limit, offset }: AskedOrders, of: SQL | undefined): Promise<{ ids: number[]; total: number }> {
  const [rows, counted] = await db.batch([
    db
      .select({ id: orders.orderId })
      .from(orders)
      .where(of)
      .orderBy(...[BY[sort], orders.orderId].map(dir === "asc" ? asc : desc))
      .limit(limit)
      .offset(offset),
    db.select({ count: count() }).from(orders).where(of),
  ]);
  return { ids: rows.map(({ id }) => id), total: counted[0]?.count ?? 0 };
}

/** What is shown of each is read of those on the page alone. */
async function rowsOf(db: Db, tenant: Tenant, ids: readonly number[], unpaid = false) {
  if (ids.length === 0) return [];
  const these = sql`${orders.orderId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const rows = await db
    .select({ ...columns, unpaid: unpaid ? unpaidMoney : sql<string>`''` })
    .from(orders)
    .where(and(mine(tenant), these));
  const byId = new Map(rows.map((row) => [row.orderId, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * Up to `limit` payments that are not in Cin7 because their method has no account (F47), by order and mark, from the one that
 * follows `after`.
 */
export const unpaidMoneyAfter = (db: Db, tenant: Tenant, after: { order: number; mark: string }, limit: number) =>
  db
    .select({
      order: orders.orderId,
      placedAt: orders.placedAt,
      customer: orders.customer,
      saleNumber: orders.saleNumber,
      invoiceNumber: orders.invoiceNumber,
      method: orderPayments.method,
      amount: orderPayments.amount,
      currency: orderPayments.currency,
      paidAt: orderPayments.paidAt,
      reference: orderPayments.reference,
      mark: orderPayments.mark,
    })
    .from(orders)
    .innerJoin(orderPayments, and(eq(orderPayments.storeHash, orders.storeHash), eq(orderPayments.orderId, orders.orderId)))
    .where(
      and(
        mine(tenant),
        gt(orders.orderId, 0),
        sql`(${orders.orderId}, ${orderPayments.mark}) > (${after.order}, ${after.mark})`,
        unpaidSale,
        eq(orderPayments.state, "left-out"),
        eq(orderPayments.account, ""),
      ),
    )
    .orderBy(orders.orderId, orderPayments.mark)
    .limit(limit)
    .all();

/** The orders before and after this one by number, both by the primary key. */
export async function neighboursOf(db: Db, tenant: Tenant, orderId: number): Promise<{ previous: number | null; next: number | null }> {
  const beside = (there: SQL, order: SQL) =>
    db
      .select({ id: orders.orderId })
      .from(orders)
      .where(and(mine(tenant), gt(orders.orderId, 0), there))
      .orderBy(order)
      .limit(1);
  const [before, after] = await db.batch([
    beside(lt(orders.orderId, orderId), desc(orders.orderId)),
    beside(gt(orders.orderId, orderId), asc(orders.orderId)),
  ]);
  return { previous: before[0]?.id ?? null, next: after[0]?.id ?? null };
}

/** Everything kept about one order: itself, its sale, its payments, the open problems that name it. Null: this store has no such order. */
export async function orderWhole(db: Db, tenant: Tenant, orderId: number) {
  const ofProblem = and(eq(problemOrders.storeHash, problems.storeHash), eq(problemOrders.key, problems.key));
  const ofOrder = and(mine(tenant), eq(orders.orderId, orderId));
  const ofSale = and(
    eq(saleLines.storeHash, orders.storeHash),
    eq(saleLines.orderId, orders.orderId),
    eq(saleLines.generation, orders.generation),
  );
  const ofDocument = and(eq(documents.storeHash, orders.storeHash), eq(documents.orderId, orders.orderId));
  const [found, sales, goods, payments, open] = await db.batch([
    db
      .select({ ...columns, ordered: orders.ordered, picture: orders.picture, erasedAt: orders.erasedAt })
      .from(orders)
      .where(ofOrder),
    db.select(getTableColumns(saleLines)).from(saleLines).innerJoin(orders, ofSale).where(ofOrder),
    db
      .select(getTableColumns(documents))
      .from(documents)
      .innerJoin(orders, ofDocument)
      .where(and(ofOrder, eq(documents.kind, "assembly"))),
    db
      .select()
      .from(orderPayments)
      .where(
        and(
          eq(orderPayments.storeHash, tenant.store),
          eq(orderPayments.accountId, tenant.account ?? ""),
          eq(orderPayments.orderId, orderId),
        ),
      )
      .orderBy(orderPayments.paidAt, orderPayments.mark),
    db
      .select({
        key: problems.key,
        facts: problems.facts,
        holds: problems.holds,
        raisedAt: problems.raisedAt,
        orderCount: sql<number>`(SELECT COUNT(*) FROM problem_orders o WHERE o.store_hash = ${tenant.store} AND o.key = "problems"."key")`,
      })
      .from(problems)
      .innerJoin(problemOrders, ofProblem)
      .where(
        and(
          eq(problems.storeHash, tenant.store),
          eq(problems.accountId, tenant.account ?? ""),
          eq(problemOrders.orderId, orderId),
          isNull(problems.clearedAt),
        ),
      )
      .orderBy(desc(problems.holds), problems.raisedAt, problems.key),
  ]);
  const order = found[0];
  // On its own page a problem speaks of this order first.
  const shown = open.map((p): StoredProblem => ({ ...p, orders: [orderId] }));
  return order ? { order, sale: sales[0] ?? null, made: madeIn(goods), payments, problems: shown } : null;
}

/** The sales of these orders, as far as they have one. */
export async function salesOf(
  db: Db,
  tenant: Tenant,
  orderIds: readonly number[],
): Promise<Map<number, { saleId: string | null; saleNumber: string | null }>> {
  if (orderIds.length === 0) return new Map();
  const { orderId, saleId, saleNumber } = orders;
  const among = sql`${orderId} IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`;
  const rows = await db
    .select({ orderId, saleId, saleNumber })
    .from(orders)
    .where(and(mine(tenant), among))
    .all();
  return new Map(rows.map((row) => [row.orderId, row]));
}

export async function hasOrder(db: Db, tenant: Tenant, orderId: number): Promise<boolean> {
  const row = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(and(mine(tenant), eq(orders.orderId, orderId)))
    .get();
  return row !== undefined;
}

/** Where orders of this store stand, whether they have a sale in Cin7 and are part of a daily one; those that are not known are left out. */
export async function statesOf(
  db: Db,
  tenant: Tenant,
  orderIds: readonly number[],
): Promise<Map<number, { state: OrderState; hasSale: boolean; ofDay: boolean }>> {
  const among = sql`${orders.orderId} IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`;
  const { orderId, state, saleId, dayCut } = orders;
  const rows = await db
    .select({ orderId, state, saleId, dayCut })
    .from(orders)
    .where(and(mine(tenant), among))
    .all();
  return new Map(
    rows.map((row) => [row.orderId, { state: row.state, hasSale: row.saleId !== null, ofDay: row.orderId < 0 || row.dayCut !== null }]),
  );
}
