import { and, eq, sql } from "drizzle-orm";
import type { LinkedContext } from "../inbox/flow.ts";
import { isDaySale } from "../lib/day-sale.ts";
import { iso } from "../lib/days.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { daySales, documents, orders } from "../lib/db/schema/tables.ts";
import type { AccountId, Linked, Tenant } from "../lib/ids.ts";
import { aroundStem, saleMark } from "../orders/marks.ts";
import { readStages } from "../orders/state.ts";
import { type MoveTo, moveIfLegal, type OrderRow } from "../orders/store.ts";
import { fulfilmentIn, STATES, type WaitsFor, type Written, withStages } from "./stages.ts";

/**
 * The documents of each order's sale in Cin7, one row each; the only file that writes them. `orders.stages`, `sale_id` and their
 * kind are projections, written in the same batch.
 */
export type DocumentRow = typeof documents.$inferSelect;

const isOf = (tenant: Tenant, orderId: number) => and(eq(documents.storeHash, tenant.store), eq(documents.orderId, orderId));

/** Of one generation, or of all that ever were. */
export async function documentsOf(db: Db, tenant: Tenant, orderId: number, generation?: number): Promise<DocumentRow[]> {
  const which = and(isOf(tenant, orderId), generation === undefined ? undefined : eq(documents.generation, generation));
  return db.select().from(documents).where(which).all();
}

/** When the sale of each was first in Cin7, of whichever generation; those without one are left out. */
export async function firstSalesAt(db: Db, tenant: Tenant, orderIds: readonly number[]): Promise<Map<number, string>> {
  const among = sql`${documents.orderId} IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`;
  const rows = await db
    .select({ id: documents.orderId, at: sql<string>`MIN(${documents.at})` })
    .from(documents)
    .where(and(eq(documents.storeHash, tenant.store), among, eq(documents.kind, "sale")))
    .groupBy(documents.orderId)
    .all();
  return new Map(rows.map(({ id, at }) => [id, at]));
}

const RANKED = `,${STATES.join(",")},`;
const rank = (state: unknown) => sql`instr(${sql.raw(`'${RANKED}'`)}, ',' || ${state} || ',')`;
const excluded = (column: string) => sql.raw(`excluded."${column}"`);

/** New documents, or what is new of known ones; nothing is written where all of it is known. `from`: rows of the same columns. */
const keepDocuments = (db: Db, from: ReturnType<typeof sql>) => {
  const isFurther = sql`${rank(excluded("state"))} > ${rank(documents.state)}`;
  const number = sql`CASE WHEN ${excluded("number")} = '' THEN ${documents.number} ELSE ${excluded("number")} END`;
  const told = (column: "cin7_id" | "total" | "day" | "items", known: unknown) => sql`COALESCE(${excluded(column)}, ${known})`;
  const waitsFor = excluded("waits_for");
  const set = {
    accountId: excluded("account_id"),
    state: sql`CASE WHEN ${isFurther} THEN ${excluded("state")} ELSE ${documents.state} END`,
    cin7Id: told("cin7_id", documents.cin7Id),
    number,
    total: told("total", documents.total),
    day: told("day", documents.day),
    items: told("items", documents.items),
    waitsFor,
  };
  const setWhere = sql`${isFurther} OR ${set.cin7Id} IS NOT ${documents.cin7Id} OR ${number} <> ${documents.number}
    OR ${set.total} IS NOT ${documents.total} OR ${set.day} IS NOT ${documents.day} OR ${set.items} IS NOT ${documents.items}
    OR ${waitsFor} <> ${documents.waitsFor}`;
  const { storeHash, orderId, generation, kind, mark } = documents;
  return db
    .insert(documents)
    .select(from)
    .onConflictDoUpdate({ target: [storeHash, orderId, generation, kind, mark], set, setWhere });
};

type Of = Pick<OrderRow, "orderId" | "generation" | "currency" | "waitsFor">;

/** The mark under which the whole sale is found, its ExternalID; a daily sale's has its day where others have their order. */
function markFor(tenant: Tenant, { orderId, generation }: Of) {
  if (!isDaySale(orderId)) return sql`${saleMark(tenant.store, orderId, generation)}`;
  const [before, behind] = aroundStem(tenant.store, generation);
  return sql`(SELECT ${before} || d.stem || ${behind} FROM ${daySales} d WHERE d.store_hash = ${tenant.store} AND d.day_sale = ${orderId})`;
}

/** One statement for all of them. */
export function writeDocuments(db: Db, tenant: Linked, row: Of, docs: readonly Written[], now: string) {
  const waits = row.waitsFor === "day" ? "" : row.waitsFor;
  const given = JSON.stringify(docs.map((doc) => ({ ...doc, waitsFor: doc.waitsFor ?? (doc.kind === "invoice" ? waits : "") })));
  return keepDocuments(
    db,
    sql`SELECT ${tenant.store}, ${row.orderId}, ${row.generation}, value ->> 'kind', COALESCE(value ->> 'mark', ${markFor(tenant, row)}),
      ${tenant.account}, value ->> 'cin7Id', COALESCE(value ->> 'number', ''), value ->> 'state', value ->> 'total', ${row.currency},
      value ->> 'day', value ->> 'waitsFor', value -> 'items', ${now} FROM json_each(${given}) WHERE ${inEpoch(tenant)}`,
  );
}

const onlyTold = <T extends Record<string, unknown>>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== "")) as Partial<OrderRow>;

type Shown = Of & Pick<OrderRow, "stages">;
/** On whose behalf, and when. */
type Doing = Pick<LinkedContext, "db" | "tenant" | "now">;

/** The row that is handed in shows these documents; they are stored when the step ends (`reached`), by its claims until then. */
export function show(order: Shown, docs: readonly Written[]): Partial<OrderRow> {
  const [sale, invoice] = (["sale", "invoice"] as const).map((kind) => docs.find((doc) => doc.kind === kind));
  const ids = onlyTold({
    saleId: sale?.cin7Id,
    saleNumber: sale?.number,
    invoiceTaskId: invoice?.cin7Id,
    invoiceNumber: invoice?.number,
  });
  Object.assign(order, { ...ids, stages: withStages(order.stages, docs) });
  return ids;
}

/**
 * Documents that were written or found, once a step of an order (decision 0030); `to`: where the order stands then, if that move is
 * legal. The row that is handed in shows them too.
 */
export async function reached(c: Doing, order: Shown, docs: readonly Written[], to?: MoveTo): Promise<void> {
  const { db, tenant } = c;
  const now = iso(c.now());
  const ids = show(order, docs);
  await db.batch([
    writeDocuments(db, tenant, order, docs, now),
    db
      .update(orders)
      .set({ ...(to ? moveIfLegal(to) : {}), ...ids, stages: order.stages, updatedAt: now })
      .where(and(eq(orders.storeHash, tenant.store), eq(orders.orderId, order.orderId), inEpoch(tenant))),
  ]);
}

/** What its invoice waits for in Cin7 before it, or its payment, is written; the sales sweep wakes orders whose sale was touched (M10, M11). */
export async function waitFor(db: Db, tenant: Linked, order: Of, what: WaitsFor, now: string): Promise<void> {
  if (order.waitsFor === what) return;
  order.waitsFor = what;
  await db.batch([
    writeDocuments(db, tenant, order, [{ kind: "invoice", state: "waits" }], now),
    db
      .update(orders)
      .set({ waitsFor: what })
      .where(and(eq(orders.storeHash, tenant.store), eq(orders.orderId, order.orderId), inEpoch(tenant))),
  ]);
}

/** The sale of a generation that is given up: it is void in Cin7, and everything with it. */
export const voidSale = (db: Db, tenant: Tenant, { orderId, generation }: Pick<OrderRow, "orderId" | "generation">) =>
  db
    .update(documents)
    .set({ state: "void" })
    .where(and(isOf(tenant, orderId), eq(documents.generation, generation), eq(documents.kind, "sale"), inEpoch(tenant)));

/** What was known of the documents of a generation is forgotten. */
export const forgetDocuments = (db: Db, tenant: Tenant, { orderId, generation }: Pick<OrderRow, "orderId" | "generation">) =>
  db.delete(documents).where(and(isOf(tenant, orderId), eq(documents.generation, generation), inEpoch(tenant)));

// ---- seen by the sweep of an account's sales -------------------------------------------------------------------

/** An order whose stages moved in the warehouse, with its sale's mark. */
export type Moved = { storeHash: string; orderId: number; mark: string; before: string; after: string };

/** Stages reached in the warehouse; a row that a flow has changed meanwhile is left for the next sweep. */
export async function saveStages(db: Db, account: AccountId, moved: readonly Moved[], now: string): Promise<void> {
  if (moved.length === 0) return;
  const given = JSON.stringify(moved.map((row) => ({ ...row, state: fulfilmentIn(readStages(row.after)) })));
  const active = sql`EXISTS (SELECT 1 FROM stores s WHERE s.hash = orders.store_hash AND s.account_id = ${account} AND s.state = 'active')`;
  const these = sql`orders.store_hash = j.value ->> 'storeHash' AND orders.account_id = ${account} AND orders.stages = j.value ->> 'before'`;
  // The documents first: should the rest fail, the next sweep finds the same.
  await keepDocuments(
    db,
    sql`SELECT orders.store_hash, orders.order_id, orders.generation, 'fulfilment', j.value ->> 'mark', orders.account_id, NULL, '',
      j.value ->> 'state', NULL, orders.currency, NULL, '', NULL, ${now}
      FROM json_each(${given}) AS j JOIN orders ON orders.order_id = j.value ->> 'orderId' AND ${these}
      WHERE j.value ->> 'state' IS NOT NULL AND ${active}`,
  ).run();
  await db.run(sql`UPDATE orders SET stages = j.value ->> 'after', updated_at = ${now} FROM json_each(${given}) AS j
    WHERE orders.order_id = j.value ->> 'orderId' AND ${these} AND ${active}`);
  if (!moved.some((row) => isDaySale(row.orderId))) return;
  // The orders of a daily sale are as far as it is.
  await db.run(sql`UPDATE orders SET stages = j.value ->> 'after', updated_at = ${now} FROM json_each(${given}) AS j
    WHERE orders.day_sale = j.value ->> 'orderId' AND ${these}`);
}
