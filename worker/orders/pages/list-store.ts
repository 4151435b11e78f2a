import { and, asc, count, desc, eq, getTableColumns, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { madeIn } from "../../assembly/plan.ts";
import type { OrderState } from "../../contract/index.ts";
import type { Db } from "../../lib/db/open.ts";
import { documents, orderPayments, orders, problemOrders, problems, saleLines } from "../../lib/db/schema/tables.ts";
import type { Tenant } from "../../lib/ids.ts";
import type { StoredProblem } from "../../problems/row.ts";

export type AskedOrders = {
  states: readonly OrderState[] | null;
  /** Only sales whose money is not in Cin7 because its method has no account (F47), with what it is. */
  unpaid?: boolean;
  /** Order number, customer, e-mail, sale number or SKU; "" for all. */
  q: string;
  /** May customer and e-mail be searched, too? Who may only look cannot try out who bought. */
  persons: boolean;
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

/**
 * Orders that a text is found in: order number, sale number, the SKUs that came, customer and e-mail. `instr` instead of LIKE: no
 * wildcards to escape and no 50-byte limit of a pattern (D1). Only the index is read, which holds just these: of 50,000 orders a
 * few megabytes instead of everything that is kept of them.
 */
function found(tenant: Tenant, q: string, persons: boolean): SQL {
  const text = q.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const has = (column: SQL) => sql`instr(lower(${column}), ${text}) > 0`;
  const number = /^#?\d{1,12}$/.test(q) ? Number(q.replace("#", "")) : -1;
  const person = persons ? sql`OR ${has(sql`s.customer`)} OR ${has(sql`s.email`)}` : sql``;
  // As JSON writes it. All texts in one go first, because that is quick: what is in none of them is in no part of them.
  const quoted = JSON.stringify(text).slice(1, -1);
  const sought = sql`lower(COALESCE(s.sale_number, '') || char(10) || s.customer || char(10) || s.email || char(10) || COALESCE(s.ordered, ''))`;
  const anywhere = quoted === text ? sql`instr(${sought}, ${text}) > 0 AND` : sql``;
  const ordered = sql`instr(lower(s.ordered), ${quoted}) > 0 AND EXISTS (SELECT 1 FROM json_each(s.ordered) AS line WHERE ${has(sql`line.value ->> 'sku'`)})`;
  return sql`SELECT s.order_id FROM orders AS s INDEXED BY orders_sought WHERE s.store_hash = ${tenant.store}
    AND s.order_id > 0 AND (s.order_id = ${number} OR ${anywhere} (${has(sql`COALESCE(s.sale_number, '')`)} ${person} OR (${ordered})))`;
}

const leftOut = sql`FROM order_payments p WHERE p.store_hash = "orders"."store_hash" AND p.order_id = "orders"."order_id"
  AND p.state = 'left-out' AND p.account = ''`;
const unpaidSale = sql`${orders.state} = 'sent' AND instr(${orders.stages}, 'voided') = 0
  AND instr(',' || ${orders.stages} || ',', ',paid,') = 0 AND EXISTS (SELECT 1 ${leftOut})`;
const unpaidMoney = sql<string>`(SELECT json_group_array(json_object('method', p.method, 'amount', p.amount, 'currency', p.currency)) ${leftOut})`;

const shown = (asked: AskedOrders) => ({ ...columns, unpaid: asked.unpaid ? unpaidMoney : sql<string>`''` });
const inOrder = ({ sort, dir }: AskedOrders): SQL[] => [BY[sort], orders.orderId].map(dir === "asc" ? asc : desc);

/** One page of orders with the number of all that fit; ties go by order number. */
export async function listOrders(db: Db, tenant: Tenant, asked: AskedOrders) {
  const state = asked.unpaid ? unpaidSale : asked.states === null ? undefined : inArray(orders.state, [...asked.states]);
  const of = and(mine(tenant), gt(orders.orderId, 0), state);
  if (asked.q !== "") return searched(db, tenant, asked, of);
  const [rows, counted] = await db.batch([
    db
      .select(shown(asked))
      .from(orders)
      .where(of)
      .orderBy(...inOrder(asked))
      .limit(asked.limit)
      .offset(asked.offset),
    db.select({ count: count() }).from(orders).where(of),
  ]);
  return { rows, total: counted[0]?.count ?? 0 };
}

/** The same of those in which the text is found: it is looked for once, for the page and for their number. */
async function searched(db: Db, tenant: Tenant, asked: AskedOrders, of: SQL | undefined) {
  const hits = sql`(SELECT order_id, COUNT(*) OVER () AS n FROM orders WHERE ${of}
    AND ${orders.orderId} IN (${found(tenant, asked.q, asked.persons)})) AS hits`;
  const page = (limit: number, offset: number) =>
    db
      .select({ ...shown(asked), all: sql<number>`hits.n` })
      .from(orders)
      .innerJoin(hits, sql`hits.order_id = ${orders.orderId}`)
      .where(mine(tenant))
      .orderBy(...inOrder(asked))
      .limit(limit)
      .offset(offset);
  const rows = await page(asked.limit, asked.offset);
  // Of a page that is there no more, how many there are is asked of the first one.
  const [first] = rows.length > 0 || asked.offset === 0 ? rows : await page(1, 0);
  return { rows, total: first?.all ?? 0 };
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
      .select({ ...columns, ordered: orders.ordered, picture: orders.picture })
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
