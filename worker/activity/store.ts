import { and, desc, eq, lt, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { activity } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

export type Line = {
  /** ISO 8601 UTC. */
  at: string;
  /** Kind of the work item. */
  kind: string;
  orderId: number | null;
  outcome: "done" | "skipped" | "blocked" | "later" | "failed";
  note: string;
  ms: number;
  /** Calls made to both vendors. */
  calls: number;
};

const KEPT_DAYS = 90;
const NOTE = 500;

/** One line for a settled item (F122); of an older epoch it writes nothing (design 5). */
export async function recordActivity(db: Db, tenant: Tenant, line: Line): Promise<void> {
  await db.run(sql`INSERT INTO activity (store_hash, account_id, at, kind, order_id, outcome, note, ms, calls)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, ${line.at}, ${line.kind}, ${line.orderId}, ${line.outcome}, ${line.note.slice(0, NOTE)},
      ${Math.round(line.ms)}, ${line.calls}
    WHERE ${inEpoch(tenant)}`);
}

/** What happened to an order, newest first. */
export async function activityOf(db: Db, tenant: Tenant, orderId: number, limit = 100): Promise<Line[]> {
  const { at, kind, orderId: order, outcome, note, ms, calls } = activity;
  return db
    .select({ at, kind, orderId: order, outcome, note, ms, calls })
    .from(activity)
    .where(and(eq(activity.storeHash, tenant.store), eq(activity.accountId, tenant.account ?? ""), eq(activity.orderId, orderId)))
    .orderBy(desc(activity.at), desc(activity.id))
    .limit(limit)
    .all();
}

/** Forgets lines older than 90 days, at most 5,000 at a time; how many. `now`: epoch milliseconds. */
export async function pruneActivity(db: Db, tenant: Tenant, now: number): Promise<number> {
  const before = new Date(now - KEPT_DAYS * 86_400_000).toISOString();
  const old = db
    .select({ id: activity.id })
    .from(activity)
    .where(and(eq(activity.storeHash, tenant.store), lt(activity.at, before)))
    .limit(5000);
  const result = await db
    .delete(activity)
    .where(sql`${activity.id} IN ${old} AND ${inEpoch(tenant)}`)
    .run();
  return result.meta.changes;
}
