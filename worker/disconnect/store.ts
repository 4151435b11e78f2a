import { and, desc, eq, getTableColumns, getTableName, gt, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import * as z from "zod";
import { inEpoch, storeInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { keyOf } from "../lib/db/row-key.ts";
import {
  accountKeys,
  accounts,
  audit,
  disconnects,
  keptLinks,
  oneTimeCodes,
  orders,
  problemOrders,
  problems,
  productSweeps,
  products,
  saleLines,
  salesSweeps,
  sharedThings,
  stores,
} from "../lib/db/schema/tables.ts";
import type { AccountId, Linked, Tenant } from "../lib/ids.ts";
import { linesOfOlder } from "./older-seal.ts";
import { CONNECTED, type KeptTable, type RawRow } from "./tables.ts";
import { AUDIT, type Choice } from "./words.ts";

/** D1 side of leaving and coming back. Every write says `AND epoch = ?`: a store connected again meanwhile is left alone. */

export type Disconnect = typeof disconnects.$inferSelect;

/** From this moment no session of the store works, no item starts, no running flow writes. False: it was not connected any more. */
export async function beginDisconnect(db: Db, tenant: Tenant, choice: Choice, by: string, now: string): Promise<boolean> {
  const closing = sql`EXISTS (SELECT 1 FROM ${stores} WHERE ${stores.hash} = ${tenant.store} AND ${stores.epoch} = ${tenant.epoch + 1} AND ${stores.state} = 'closing')`;
  const values = sql`SELECT ${tenant.store}, ${tenant.account}, ${choice}, ${now}, NULL WHERE ${closing}`;
  const [begun] = await db.batch([
    db
      .update(stores)
      .set({ state: "closing", epoch: sql`${stores.epoch} + 1`, hooksCheckedAt: null, uninstallHintAt: null, updatedAt: now })
      .where(and(storeInEpoch(tenant), inArray(stores.state, ["active", "reconnect"])))
      .returning({ hash: stores.hash }),
    db
      .insert(disconnects)
      .select(values)
      .onConflictDoUpdate({ target: disconnects.storeHash, set: { accountId: tenant.account, choice, begunAt: now, endedAt: null } }),
    db.insert(audit).select(sql`SELECT NULL, ${tenant.store}, ${tenant.account ?? ""}, ${now}, ${by}, ${AUDIT[choice]} WHERE ${closing}`),
  ]);
  return begun.length > 0;
}

/** What was asked for and has not ended; null: nothing. */
export async function runningDisconnect(db: Db, tenant: Tenant): Promise<Disconnect | null> {
  const open = and(eq(disconnects.storeHash, tenant.store), isNull(disconnects.endedAt));
  return (await db.select().from(disconnects).where(open).get()) ?? null;
}

// ---- links are sealed, rows go ---------------------------------------------------------------------------------

const PART = 500;

type Key = (string | number)[];
const columnsOf = (table: SQLiteTable) => sql.raw(keyOf(getTableName(table)).join(", "));

/** The next rows of a table that are to be sealed, of one account: the present one or, after a move, a former one. */
export async function rowsToKeep(db: Db, tenant: Tenant, kept: KeptTable): Promise<{ account: string; ids: Key[]; rows: RawRow[] }> {
  const these = sql`store_hash = ${tenant.store} ${kept.only ? sql`AND ${kept.only}` : sql``}`;
  const found = await db.all<RawRow>(sql`SELECT json_array(${columnsOf(kept.table)}) AS "key!", * FROM ${kept.table} WHERE ${these}
    AND account_id = (SELECT account_id FROM ${kept.table} WHERE ${these} LIMIT 1) LIMIT ${PART}`);
  const ids = found.map((row) => JSON.parse(String(row["key!"])) as Key);
  return { account: String(found[0]?.["account_id"] ?? ""), ids, rows: found.map(({ "key!": _, ...row }) => kept.scrub(row)) };
}

export type Part = Pick<typeof keptLinks.$inferSelect, "id" | "accountId" | "source" | "rows" | "sealed" | "keepUntil">;

/** The sealed part is stored and its rows go, in one transaction. */
export async function keepPart(db: Db, tenant: Tenant, kept: KeptTable, ids: readonly Key[], part: Part): Promise<void> {
  const { id, accountId, source, rows, sealed, keepUntil } = part;
  const given = keyOf(kept.name).map((_, i) => sql.raw(`value ->> ${i}`));
  const these = sql`(${columnsOf(kept.table)}) IN (SELECT ${sql.join(given, sql`, `)} FROM json_each(${JSON.stringify(ids)})) AND store_hash = ${tenant.store}`;
  await db.batch([
    db
      .insert(keptLinks)
      .select(sql`SELECT ${id}, ${tenant.store}, ${accountId}, ${source}, ${rows}, ${sealed}, ${keepUntil} WHERE ${inEpoch(tenant)}`),
    db.delete(kept.table).where(sql`${these} AND ${inEpoch(tenant)}`),
  ]);
}

/** Of a store that left for good only its hash and epoch stay, so that no session of before comes back. */
export const NOTHING = {
  ...{ name: "", domain: "", controlPanelUrl: "", storeId: "", currency: "", country: "", timeZone: "UTC" },
  differing: null,
};

const CHUNK = 5000;

/** Deletes up to 5,000 rows of a table; true: there may be more. */
export async function dropRows(db: Db, tenant: Tenant, table: SQLiteTable): Promise<boolean> {
  const some = sql`(${columnsOf(table)}) IN (SELECT ${columnsOf(table)} FROM ${table} WHERE store_hash = ${tenant.store} LIMIT ${CHUNK}) AND store_hash = ${tenant.store}`;
  const result = await db
    .delete(table)
    .where(and(some, inEpoch(tenant)))
    .run();
  return result.meta.changes >= CHUNK;
}

/** Everything was to go: also what earlier disconnects kept, and who did what. */
export async function forgetKept(db: Db, tenant: Tenant): Promise<void> {
  await db.batch([
    db.delete(keptLinks).where(and(eq(keptLinks.storeHash, tenant.store), inEpoch(tenant))),
    db.delete(audit).where(and(eq(audit.storeHash, tenant.store), inEpoch(tenant))),
  ]);
}

/** A move: orders with a sale in the former account stay as history; the others were never there and may come anew. */
export async function keepHistory(db: Db, tenant: Linked): Promise<void> {
  const former = and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account), inEpoch(tenant));
  const withoutOrder = sql`NOT EXISTS (SELECT 1 FROM ${orders} o WHERE o.store_hash = ${saleLines.storeHash} AND o.order_id = ${saleLines.orderId})`;
  await db.batch([
    db.delete(orders).where(and(former, isNull(orders.saleId))),
    db
      .delete(saleLines)
      .where(and(eq(saleLines.storeHash, tenant.store), eq(saleLines.accountId, tenant.account), withoutOrder, inEpoch(tenant))),
    // What was on its way is told as it was left: nothing more is sent for it.
    db
      .update(orders)
      .set({
        state: "sent",
        reserved: [],
        notedFor: null,
        note: "The store moved to another Cin7 Core account before this sale was finished.",
      })
      .where(and(former, ne(orders.state, "sent"))),
    db.update(orders).set({ invoiceTaskId: null }).where(former),
  ]);
}

// ---- the end ---------------------------------------------------------------------------------------------------

/** The account whose last store this is, and its keys; null: others go on with it, or there is none. */
export async function leftAlone(db: Db, tenant: Tenant): Promise<{ account: AccountId; keyIds: string[] } | null> {
  const { account } = tenant;
  if (!account) return null;
  const others = and(eq(stores.accountId, account), ne(stores.hash, tenant.store));
  if (await db.select({ hash: stores.hash }).from(stores).where(others).limit(1).get()) return null;
  const keys = await db.select({ id: accountKeys.id }).from(accountKeys).where(eq(accountKeys.accountId, account)).all();
  return { account, keyIds: keys.map((key) => key.id) };
}

/**
 * The last step, in one transaction: the store belongs to nobody. Who was its account's last store takes the application
 * keys, customers and products of the account along, and ends the account's own sessions.
 */
export async function endDisconnect(db: Db, tenant: Tenant, choice: Choice, now: string): Promise<void> {
  const moved = choice === "move";
  const account = tenant.account ?? "";
  const alone = sql`${account} <> '' AND NOT EXISTS (SELECT 1 FROM ${stores} WHERE ${stores.accountId} = ${account})`;
  const leaving = db
    .update(stores)
    .set({
      state: moved ? "active" : "disconnected",
      accountId: null,
      lookBefore: now,
      hooksCheckedAt: null,
      updatedAt: now,
      ...(moved ? {} : { scopes: "" }),
      ...(choice === "remove-everything" ? NOTHING : {}),
    })
    .where(and(storeInEpoch(tenant), eq(stores.state, "closing")));
  await db.batch([
    leaving,
    ...(moved ? [] : CONNECTED).map((table) => db.delete(table).where(sql`store_hash = ${tenant.store} AND ${inEpoch(tenant)}`)),
    db.delete(oneTimeCodes).where(and(sql`json_extract(${oneTimeCodes.subject}, '$.store') = ${tenant.store}`, inEpoch(tenant))),
    db.delete(accountKeys).where(and(eq(accountKeys.accountId, account), alone)),
    db.delete(sharedThings).where(and(eq(sharedThings.accountId, account), eq(sharedThings.kind, "customer"), alone)),
    db.delete(products).where(and(eq(products.accountId, account), alone)),
    ...(choice === "remove-everything"
      ? [
          db.delete(sharedThings).where(and(eq(sharedThings.accountId, account), alone)),
          db.delete(salesSweeps).where(and(eq(salesSweeps.accountId, account), alone)),
          db.delete(productSweeps).where(and(eq(productSweeps.accountId, account), alone)),
          // Its sessions end with it: an account that comes again begins with another epoch.
          db.delete(accounts).where(and(eq(accounts.id, account), alone)),
        ]
      : [
          db
            .update(accounts)
            .set({ epoch: sql`${accounts.epoch} + 1` })
            .where(and(eq(accounts.id, account), alone)),
        ]),
    db
      .update(disconnects)
      .set({ endedAt: now, ...(choice === "remove-everything" ? { accountId: null } : {}) })
      .where(and(eq(disconnects.storeHash, tenant.store), inEpoch(tenant))),
  ]);
}

// ---- coming back -----------------------------------------------------------------------------------------------

/** The next sealed part of a table for the account that is linked now; null: there is none. */
export async function keptPart(db: Db, tenant: Linked, source: string, now: string): Promise<typeof keptLinks.$inferSelect | null> {
  const mine = and(eq(keptLinks.storeHash, tenant.store), eq(keptLinks.accountId, tenant.account), eq(keptLinks.source, source));
  return (
    (await db
      .select()
      .from(keptLinks)
      .where(and(mine, gt(keptLinks.keepUntil, now)))
      .limit(1)
      .get()) ?? null
  );
}

/** Its rows come back where none came meanwhile, and the part goes; one transaction, one parameter for all rows of a table. */
export async function restorePart(db: Db, tenant: Linked, kept: KeptTable, id: string, rows: readonly RawRow[]): Promise<void> {
  const older = kept.table === orders ? linesOfOlder(rows) : [];
  const told = kept.table === problems ? rows.map(itsOrder) : [];
  await db.batch([
    putBack(db, tenant, kept.table, kept.table === orders ? rows.map((row) => ({ ...row, picture: null })) : rows),
    ...(older.length > 0 ? [putBack(db, tenant, saleLines, older)] : []),
    ...(told.length > 0 ? [putBack(db, tenant, problemOrders, told)] : []),
    db.delete(keptLinks).where(and(eq(keptLinks.id, id), eq(keptLinks.storeHash, tenant.store), inEpoch(tenant))),
  ]);
}

/** The order that a problem is about, from what it says. */
function itsOrder({ store_hash = "", key = "", facts }: RawRow): RawRow {
  return { store_hash, key, order_id: z.object({ orderId: z.int() }).parse(JSON.parse(String(facts))).orderId };
}

function putBack(db: Db, tenant: Linked, table: SQLiteTable, rows: readonly RawRow[]) {
  const values = Object.values(getTableColumns(table)).map((column) => {
    const value = sql`json_extract(value, ${`$.${column.name}`})`;
    // A column that came with a newer release begins with its default.
    return column.notNull && column.default !== undefined ? sql`COALESCE(${value}, ${column.default})` : value;
  });
  return db
    .insert(table)
    .select(sql`SELECT ${sql.join(values, sql`, `)} FROM json_each(${JSON.stringify(rows)}) WHERE ${inEpoch(tenant)}`)
    .onConflictDoNothing();
}

/** Sales of the account that are neither paid nor void, newest first. */
export async function unfinishedSales(db: Db, tenant: Linked, limit: number): Promise<number[]> {
  const stage = (name: string) => sql`(',' || ${orders.stages} || ',') NOT LIKE ${`%,${name},%`}`;
  const rows = await db
    .select({ id: orders.orderId })
    .from(orders)
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        eq(orders.accountId, tenant.account),
        eq(orders.state, "sent"),
        isNotNull(orders.saleId),
        stage("paid"),
        stage("voided"),
      ),
    )
    .orderBy(desc(orders.orderId))
    .limit(limit)
    .all();
  return rows.map((row) => row.id);
}
