import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { alertAddresses, alertsSent, problems } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";
import type { Alert, ProblemKind } from "../problems/define-problem.ts";
import { alertOf, kindsTold } from "../problems/registry.ts";
import type { StoredProblem } from "../problems/row.ts";
import { type AlertArea, areasOf } from "./digest.ts";

const mine = (tenant: Tenant) => and(eq(alertAddresses.storeHash, tenant.store), eq(alertAddresses.accountId, tenant.account ?? ""));

export type Address = {
  area: AlertArea;
  email: string;
  savedBy: string;
  savedAt: string;
  sentAt: string | null;
  confirmedAt: string | null;
};

export async function addresses(db: Db, tenant: Tenant): Promise<Address[]> {
  const { area, email, savedBy, savedAt, sentAt, confirmedAt } = alertAddresses;
  return db
    .select({ area, email, savedBy, savedAt, sentAt, confirmedAt })
    .from(alertAddresses)
    .where(mine(tenant))
    .orderBy(sql`${area} DESC`)
    .all();
}

/** Saves an address; one that was confirmed for this store stays so, also for the other part of the business. */
export async function saveAddress(
  db: Db,
  tenant: Tenant,
  area: AlertArea,
  email: string,
  saved: { by: string; at: string },
): Promise<void> {
  const { by, at } = saved;
  const known = sql`(SELECT a.confirmed_at FROM alert_addresses a WHERE a.store_hash = ${tenant.store} AND a.account_id = ${tenant.account ?? ""}
    AND lower(a.email) = ${email.toLowerCase()} AND a.confirmed_at IS NOT NULL LIMIT 1)`;
  await db
    .insert(alertAddresses)
    .select(sql`SELECT ${tenant.store}, ${area}, ${tenant.account ?? ""}, ${email}, ${by}, ${at}, NULL, ${known} WHERE ${inEpoch(tenant)}`)
    .onConflictDoUpdate({
      target: [alertAddresses.storeHash, alertAddresses.area],
      set: { accountId: tenant.account ?? "", email, savedBy: by, savedAt: at, confirmedAt: sql`excluded.confirmed_at` },
    });
}

/** Open problems of these parts of the business that were not told of since they were raised; what is told at once first, 200 at most. */
export async function toTell(db: Db, tenant: Tenant, areas: readonly AlertArea[]): Promise<(StoredProblem & { when: Alert })[]> {
  const told = sql`EXISTS (SELECT 1 FROM ${alertsSent} WHERE ${alertsSent.storeHash} = ${problems.storeHash} AND ${alertsSent.key} = ${problems.key}
    AND ${alertsSent.raisedAt} = ${problems.raisedAt})`;
  const now = sql`(${problems.holds} OR ${inArray(problems.kind, kindsTold("now"))})`;
  const rows = await db
    .select({
      key: problems.key,
      kind: problems.kind,
      facts: problems.facts,
      holds: problems.holds,
      raisedAt: problems.raisedAt,
      ids: sql<string>`(SELECT json_group_array(order_id) FROM (SELECT order_id FROM problem_orders o WHERE o.store_hash = ${tenant.store} AND o.key = "problems"."key" ORDER BY order_id LIMIT 20))`,
      orderCount: sql<number>`(SELECT COUNT(*) FROM problem_orders o WHERE o.store_hash = ${tenant.store} AND o.key = "problems"."key")`,
    })
    .from(problems)
    .where(
      and(
        eq(problems.storeHash, tenant.store),
        eq(problems.accountId, tenant.account ?? ""),
        isNull(problems.clearedAt),
        inArray(problems.area, areas.flatMap(areasOf)),
        or(now, inArray(problems.kind, kindsTold("daily"))),
        sql`NOT ${told}`,
      ),
    )
    .orderBy(sql`${now} DESC`, problems.raisedAt, problems.key)
    .limit(200)
    .all();
  return rows.map(({ ids, kind, ...row }) => ({
    ...row,
    when: alertOf(kind as ProblemKind, row.holds),
    orders: JSON.parse(ids) as number[],
  }));
}

/** They were told of; in one transaction with the time of the message. */
export async function markTold(
  db: Db,
  tenant: Tenant,
  areas: readonly AlertArea[],
  told: readonly StoredProblem[],
  now: string,
): Promise<void> {
  const rows = JSON.stringify(told.map(({ key, raisedAt }) => ({ key, raisedAt })));
  await db.batch([
    db
      .insert(alertsSent)
      .select(
        sql`SELECT ${tenant.store}, value ->> 'key', ${tenant.account ?? ""}, value ->> 'raisedAt', ${now} FROM json_each(${rows}) WHERE ${inEpoch(tenant)}`,
      )
      .onConflictDoUpdate({
        target: [alertsSent.storeHash, alertsSent.key],
        set: { accountId: sql`excluded.account_id`, raisedAt: sql`excluded.raised_at`, sentAt: now },
      }),
    db
      .update(alertAddresses)
      .set({ sentAt: now })
      .where(and(mine(tenant), inArray(alertAddresses.area, [...areas]), inEpoch(tenant))),
  ]);
}

/** Forgets what was told of problems that are not there any more, at most 5,000 at a time; how many. */
export async function pruneTold(db: Db, tenant: Tenant): Promise<number> {
  const some = sql`rowid IN (SELECT a.rowid FROM alerts_sent a WHERE a.store_hash = ${tenant.store} AND NOT EXISTS
    (SELECT 1 FROM problems p WHERE p.store_hash = a.store_hash AND p.key = a.key AND p.raised_at = a.raised_at) LIMIT 5000)`;
  const gone = await db
    .delete(alertsSent)
    .where(and(some, inEpoch(tenant)))
    .run();
  return gone.meta.changes;
}
