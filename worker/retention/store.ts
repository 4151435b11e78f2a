import { and, count, desc, eq, gt, inArray, isNotNull, lt, ne, notInArray, or, sql } from "drizzle-orm";
import type { OrderState } from "../contract/index.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { keyOf } from "../lib/db/row-key.ts";
import { soughtPerson } from "../lib/db/schema/sought.ts";
import { accounts, decisions, orders } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";
import { forgetWords } from "../problems/store.ts";
import { eraseKey } from "../settings/keep-days.ts";
import { COLUMNS, type PartName } from "./evidence.ts";

// ---- evidence --------------------------------------------------------------------------------------------------

export type Cells = (string | number | null)[];
const TABLES: Record<PartName, string> = {
  orders: "orders",
  documents: "documents",
  lines: "sale_lines",
  payments: "order_payments",
  problems: "problems",
  settings: "settings_versions",
  audit: "audit",
};
/** The orders that a problem names stand beside it. */
const OF_PROBLEM = `(SELECT group_concat(o.order_id, ' ') FROM problem_orders o WHERE o.store_hash = t.store_hash AND o.key = t.key)`;

/**
 * The next 1,000 rows of a part after one that is known by its key; null: from the first on. `former`: also of accounts to which the store
 * was linked before; only who proved control of the store may see those (design 1).
 */
export async function evidenceRows(
  db: Db,
  tenant: Tenant,
  part: PartName,
  after: Cells | null,
  former: boolean,
): Promise<{ rows: Cells[]; last: Cells | null }> {
  const table = TABLES[part];
  // As they came, or by the key of a table that has no row ID.
  const key = keyOf(table);
  const ordered = sql.raw(key.map((name) => `t."${name}"`).join(", "));
  const given = after?.map((value) => sql`${value}`) ?? [];
  const further = after ? sql`AND (${ordered}) > (${sql.join(given, sql`, `)})` : sql``;
  const columns = COLUMNS[part].map(([, column]) => (part === "problems" && column === "orders" ? OF_PROBLEM : `t."${column}"`));
  const rows = await db.values<Cells>(
    sql`SELECT ${ordered}, ${sql.raw(columns.join(", "))} FROM ${sql.identifier(table)} t
      WHERE t.store_hash = ${tenant.store} ${further} ${former ? sql`` : sql`AND t.account_id = ${tenant.account ?? ""}`} ORDER BY ${ordered} LIMIT 1000`,
  );
  return { rows: rows.map((row) => row.slice(key.length)), last: rows.at(-1)?.slice(0, key.length) ?? null };
}

// ---- history of former accounts (F6) ---------------------------------------------------------------------------

export async function formerOrders(db: Db, tenant: Tenant, limit: number, offset: number) {
  const former = and(
    eq(orders.storeHash, tenant.store),
    ne(orders.accountId, tenant.account ?? ""),
    gt(orders.orderId, 0),
    isNotNull(orders.saleId),
  );
  const { orderId, placedAt, total, currency, state, stages, saleNumber } = orders;
  const [rows, counted] = await db.batch([
    db
      .select({ id: orderId, placedAt, total, currency, state, stages, saleNumber, company: accounts.company })
      .from(orders)
      .leftJoin(accounts, eq(accounts.id, orders.accountId))
      .where(former)
      .orderBy(desc(orderId))
      .limit(limit)
      .offset(offset),
    db.select({ n: count() }).from(orders).where(former),
  ]);
  return { rows, total: counted[0]?.n ?? 0 };
}

// ---- a shopper is erased (M46) ---------------------------------------------------------------------------------

/** Orders that still need their data: not in Cin7 Core yet, or there and waiting for the next document. */
const GOING: OrderState[] = ["pending", "sending", "held", "failed"];
const going = or(inArray(orders.state, GOING), ne(orders.waitsFor, ""));
const finished = and(notInArray(orders.state, GOING), eq(orders.waitsFor, ""));
const among = (tenant: Tenant, ids: readonly number[]) =>
  and(eq(orders.storeHash, tenant.store), sql`${orders.orderId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);

/** Orders of an e-mail address, by whether they are finished. */
export async function ordersOfShopper(db: Db, tenant: Tenant, email: string): Promise<{ settled: number[]; waiting: number[] }> {
  // Found by the index of what is sought, as everything else that is known of them is a hundred times as much.
  const named = sql`SELECT s.order_id FROM orders AS s INDEXED BY orders_sought WHERE s.store_hash = ${tenant.store} AND instr(${soughtPerson("s.")}, ${email}) > 0`;
  const theirs = and(eq(orders.storeHash, tenant.store), sql`${orders.orderId} IN (${named})`, sql`lower(${orders.email}) = ${email}`);
  const [settled, waiting] = await db.batch([
    db.select({ id: orders.orderId }).from(orders).where(and(theirs, finished)),
    db.select({ id: orders.orderId }).from(orders).where(and(theirs, going)),
  ]);
  return {
    settled: settled.map((row) => row.id),
    waiting: waiting.map((row) => row.id),
  };
}

/** Its documents and the rows of its sale stay: later changes are compared with those, and they name nobody (decision 0026). */
const NOBODY = { customer: "", email: "", picture: null };

/** Name, e-mail and what came of these orders are emptied; figures and the link to the sale stay. How many. */
export async function erasePersons(db: Db, tenant: Tenant, orderIds: readonly number[], now: string): Promise<number> {
  const these = and(among(tenant, orderIds), finished, inEpoch(tenant));
  await forgetWords(db, tenant, orderIds);
  return (
    await db
      .update(orders)
      .set({ ...NOBODY, erasedAt: now, updatedAt: now })
      .where(these)
      .run()
  ).meta.changes;
}

// ---- what is kept long enough (design 5, F140) -----------------------------------------------------------------

/** Finished orders that were last touched before (ISO 8601) and still name their shopper, oldest first. */
export async function finishedBefore(db: Db, tenant: Tenant, before: string, limit: number): Promise<{ id: number; state: OrderState }[]> {
  const person = or(ne(orders.customer, ""), ne(orders.email, ""), isNotNull(orders.picture));
  return db
    .select({ id: orders.orderId, state: orders.state })
    .from(orders)
    .where(and(eq(orders.storeHash, tenant.store), lt(orders.updatedAt, before), finished, person))
    .orderBy(orders.updatedAt)
    .limit(limit)
    .all();
}

/** As `erasePersons`, without being news of the order. How many. */
export async function stripPersons(db: Db, tenant: Tenant, orderIds: readonly number[]): Promise<number> {
  const these = and(among(tenant, orderIds), finished, inEpoch(tenant));
  await forgetWords(db, tenant, orderIds);
  return (await db.update(orders).set(NOBODY).where(these).run()).meta.changes;
}

/** Those of them that are finished now. */
export async function askedToErase(db: Db, tenant: Tenant, limit: number): Promise<number[]> {
  const asked = sql`EXISTS (SELECT 1 FROM ${decisions} WHERE ${decisions.storeHash} = ${tenant.store} AND ${decisions.key} = ${eraseKey(0).slice(0, -1)} || ${orders.orderId})`;
  const rows = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(and(eq(orders.storeHash, tenant.store), finished, asked))
    .limit(limit)
    .all();
  return rows.map((row) => row.id);
}

/** The e-mail addresses of these orders. */
export async function shoppersOf(db: Db, tenant: Tenant, orderIds: readonly number[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ email: sql<string>`lower(${orders.email})` })
    .from(orders)
    .where(and(among(tenant, orderIds), ne(orders.email, "")))
    .all();
  return rows.map((row) => row.email);
}
