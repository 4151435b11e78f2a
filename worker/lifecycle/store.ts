import { and, count, desc, eq, inArray, isNotNull, ne, notInArray, or, sql } from "drizzle-orm";
import type { OrderState } from "../contract.ts";
import { inEpoch } from "../db/epoch.ts";
import type { Db } from "../db/open.ts";
import { accounts, orders, sharedThings } from "../db/schema.ts";
import type { Tenant } from "../lib/ids.ts";
import { COLUMNS, type PartName } from "./evidence.ts";

// ---- evidence --------------------------------------------------------------------------------------------------

export type Cells = (string | number | null)[];
const TABLES: Record<PartName, string> = {
  orders: "orders",
  payments: "order_payments",
  problems: "problems",
  settings: "settings_versions",
  audit: "audit",
};
/** The orders that a problem names stand beside it. */
const OF_PROBLEM = `(SELECT group_concat(o.order_id, ' ') FROM problem_orders o WHERE o.store_hash = t.store_hash AND o.key = t.key)`;

/**
 * The next 1,000 rows of a part after a row ID, in the order in which they came. `former`: also of accounts to which the store
 * was linked before; only who proved control of the store may see those (design 1).
 */
export async function evidenceRows(
  db: Db,
  tenant: Tenant,
  part: PartName,
  after: number,
  former: boolean,
): Promise<{ rows: Cells[]; last: number | null }> {
  const columns = COLUMNS[part].map(([, column]) => (part === "problems" && column === "orders" ? OF_PROBLEM : `t."${column}"`));
  const rows = await db.values<Cells>(
    sql`SELECT t.rowid, ${sql.raw(columns.join(", "))} FROM ${sql.identifier(TABLES[part])} t
      WHERE t.store_hash = ${tenant.store} AND t.rowid > ${after} ${former ? sql`` : sql`AND t.account_id = ${tenant.account ?? ""}`} ORDER BY t.rowid LIMIT 1000`,
  );
  const last = rows.at(-1)?.[0];
  return { rows: rows.map((row) => row.slice(1)), last: last === undefined ? null : Number(last) };
}

// ---- history of former accounts (F6) ---------------------------------------------------------------------------

export async function formerOrders(db: Db, tenant: Tenant, limit: number, offset: number) {
  const former = and(eq(orders.storeHash, tenant.store), ne(orders.accountId, tenant.account ?? ""), isNotNull(orders.saleId));
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

/** Orders that still need their data to reach Cin7 Core. */
const GOING: OrderState[] = ["pending", "sending", "held", "failed"];

/** Orders of an e-mail address, by whether they are settled; and the customer rows by which Cin7's customers are known again. */
export async function ordersOfShopper(
  db: Db,
  tenant: Tenant,
  email: string,
): Promise<{ settled: number[]; waiting: number; currencies: string[] }> {
  const theirs = and(eq(orders.storeHash, tenant.store), sql`lower(${orders.email}) = ${email}`);
  const [settled, waiting] = await db.batch([
    db
      .select({ id: orders.orderId, currency: orders.currency })
      .from(orders)
      .where(and(theirs, notInArray(orders.state, GOING))),
    db
      .select({ n: count() })
      .from(orders)
      .where(and(theirs, inArray(orders.state, GOING))),
  ]);
  return {
    settled: settled.map((row) => row.id),
    waiting: waiting[0]?.n ?? 0,
    currencies: [...new Set(settled.map((row) => row.currency))],
  };
}

/** Name, e-mail and what came of these orders are emptied; figures and the link to the sale stay. */
export async function erasePersons(db: Db, tenant: Tenant, orderIds: readonly number[], now: string): Promise<number> {
  const figures = sql`CASE WHEN json_extract(${orders.picture}, '$.mapped') IS NULL THEN NULL ELSE json_object('came', json('[]'), 'cameLines', json('[]'),
    'mapped', json_object('lines', json('[]'), 'totals', json_extract(${orders.picture}, '$.mapped.totals'), 'decisions', json('[]'),
      'settingsVersion', json_extract(${orders.picture}, '$.mapped.settingsVersion'), 'losses', json('[]'))) END`;
  const result = await db
    .update(orders)
    .set({ customer: "", email: "", picture: figures, updatedAt: now })
    .where(
      and(
        eq(orders.storeHash, tenant.store),
        sql`${orders.orderId} IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`,
        notInArray(orders.state, GOING),
        inEpoch(tenant),
      ),
    )
    .run();
  return result.meta.changes;
}

/** The names by which the shopper's customer in Cin7 Core is known; the next order of theirs finds it there by e-mail. */
export async function forgetCustomer(db: Db, tenant: Tenant, keys: readonly string[]): Promise<void> {
  const known = and(eq(sharedThings.accountId, tenant.account ?? ""), eq(sharedThings.kind, "customer"));
  await db
    .delete(sharedThings)
    .where(and(known, or(inArray(sharedThings.key, [...keys]), sql`0`), isNotNull(sharedThings.cin7Id), inEpoch(tenant)))
    .run();
}
