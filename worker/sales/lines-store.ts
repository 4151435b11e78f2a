import { and, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { LinkedContext } from "../inbox/flow.ts";
import { isDaySale } from "../lib/day-sale.ts";
import { iso } from "../lib/days.ts";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { saleLines } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import type { SaleDraft } from "../orders/mapping/sale-draft.ts";
import { type MoveTo, moving } from "../orders/store.ts";
import { saleLinesOf } from "./sale-rows.ts";

/** What each order's sale is made of, one row a sale; the only file that writes it. */
export type SaleLinesRow = typeof saleLines.$inferSelect;
type Of = { orderId: number; generation: number };
type Doing = Pick<LinkedContext, "db" | "tenant" | "now">;

/** Null: nothing was mapped for this generation, or an older release did it. */
export async function saleLinesIn(db: Db, tenant: Tenant, { orderId, generation }: Of): Promise<SaleLinesRow | null> {
  const of = and(eq(saleLines.storeHash, tenant.store), eq(saleLines.orderId, orderId), eq(saleLines.generation, generation));
  return (await db.select().from(saleLines).where(of).get()) ?? null;
}

const KEY = new Set(["storeHash", "orderId", "generation"]);
const CHANGING = Object.entries(getTableColumns(saleLines)).filter(([name]) => !KEY.has(name));
const SET = Object.fromEntries(CHANGING.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]));
const DIFFERS = sql.join(
  CHANGING.map(([, column]) => sql`${column} IS NOT ${sql.raw(`excluded."${column.name}"`)}`),
  sql` OR `,
);

/** What a draft holds, as a statement of a batch; nothing is written where it is the same. */
export const keepLines = (db: Db, tenant: Linked, of: Of, draft: SaleDraft) => putLines(db, tenant, of, draft, DIFFERS);
/** The same where no more than its totals is known. */
export const fillLines = (db: Db, tenant: Linked, of: Of, draft: SaleDraft) =>
  putLines(db, tenant, of, draft, sql`${saleLines.lines} IS NULL`);

function putLines(db: Db, tenant: Linked, { orderId, generation }: Of, draft: SaleDraft, setWhere: SQL) {
  const row = { storeHash: tenant.store, orderId, generation, accountId: tenant.account, ...saleLinesOf(draft, isDaySale(orderId)) };
  const given = row as Record<string, unknown>;
  const values = Object.entries(getTableColumns(saleLines)).map(([name, column]) => sql.param(given[name] ?? null, column));
  return db
    .insert(saleLines)
    .select(sql`SELECT ${sql.join(values, sql`, `)} WHERE ${inEpoch(tenant)}`)
    .onConflictDoUpdate({ target: [saleLines.storeHash, saleLines.orderId, saleLines.generation], set: SET, setWhere });
}

/** An order that was mapped: what its sale is made of, and where it stands then. False: that move was not legal. */
export async function mapped(c: Doing, of: Of, draft: SaleDraft, to: MoveTo): Promise<boolean> {
  const { db, tenant } = c;
  const [, moved] = await db.batch([keepLines(db, tenant, of, draft), moving(db, tenant, of.orderId, to, iso(c.now()))]);
  return moved.meta.changes > 0;
}

/** It cannot be mapped any more, or goes another way: nothing of it was written. */
export function forgetLines(db: Db, tenant: Tenant, { orderId, generation }: Pick<Of, "orderId"> & Partial<Of>) {
  const which = generation === undefined ? undefined : eq(saleLines.generation, generation);
  return db.delete(saleLines).where(and(eq(saleLines.storeHash, tenant.store), eq(saleLines.orderId, orderId), which, inEpoch(tenant)));
}
