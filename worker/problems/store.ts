import { and, eq, gte, inArray, isNotNull, isNull, lt, notInArray, type SQL, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { problemOrders, problems } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import type { Problem, ProblemKey, ProblemKind } from "./define-problem.ts";
import { areaOf, holds, keyOf, kindsRemembered, kindsThatEndLast } from "./registry.ts";

const keysIn = (keys: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`;

/** In a statement: this problem was raised for the store, and is remembered. */
export const isKnown = (tenant: Tenant, key: string): SQL =>
  sql`EXISTS (SELECT 1 FROM problems WHERE store_hash = ${tenant.store} AND account_id = ${tenant.account ?? ""} AND key = ${key})`;

/**
 * Raises problems, each once per store, however many orders wait for it (decision 1.6): inserted, or refreshed and opened again.
 * `orderId`: the order they were found on, else the one in their facts. What only tells and was dismissed opens again
 * only when it says something new or of another order. `now`: ISO 8601 UTC. One batch, three statements.
 */
export async function raise(db: Db, tenant: Tenant, found: readonly Problem[], orderId: number | null, now: string): Promise<void> {
  if (found.length === 0) return;
  const rows = [...new Map(found.map((p) => [keyOf(p), p])).entries()].map(([key, p]) => ({
    key,
    kind: p.kind,
    area: areaOf(p),
    facts: JSON.stringify(p),
    holds: holds(p) ? 1 : 0,
    order: orderId ?? ("orderId" in p ? p.orderId : null),
  }));
  const given = sql`(SELECT value ->> 'key' AS key, value ->> 'kind' AS kind, value ->> 'area' AS area, value ->> 'facts' AS facts,
    value ->> 'holds' AS holds, value ->> 'order' AS order_id FROM json_each(${JSON.stringify(rows)}))`;
  /** Dismissed, and the same again: it stays dismissed. */
  const known = sql`p.cleared_at IS NOT NULL AND NOT g.holds AND p.facts = g.facts AND
    (g.order_id IS NULL OR EXISTS (SELECT 1 FROM problem_orders o WHERE o.store_hash = p.store_hash AND o.key = p.key AND o.order_id = g.order_id))`;
  await db.batch([
    // Orders of an earlier time do not come back with it.
    db
      .delete(problemOrders)
      .where(sql`store_hash = ${tenant.store} AND ${inEpoch(tenant)} AND key IN (SELECT p.key FROM problems p JOIN ${given} g ON g.key = p.key
        WHERE p.store_hash = ${tenant.store} AND p.cleared_at IS NOT NULL AND NOT (${known}))`),
    db
      .insert(problems)
      .select(
        sql`SELECT ${tenant.store}, g.key, ${tenant.account ?? ""}, g.kind, g.area, g.facts, g.holds, ${now}, ${now}, NULL, NULL FROM ${given} g
          LEFT JOIN problems p ON p.store_hash = ${tenant.store} AND p.key = g.key
          WHERE ${inEpoch(tenant)} AND NOT COALESCE(${known}, 0)`,
      )
      .onConflictDoUpdate({
        target: [problems.storeHash, problems.key],
        set: {
          accountId: sql`excluded.account_id`,
          area: sql`excluded.area`,
          facts: sql`excluded.facts`,
          holds: sql`excluded.holds`,
          seenAt: sql`excluded.seen_at`,
          raisedAt: sql`CASE WHEN ${problems.clearedAt} IS NULL THEN ${problems.raisedAt} ELSE excluded.raised_at END`,
          clearedAt: null,
          readAt: null,
        },
      }),
    db
      .insert(problemOrders)
      .select(sql`SELECT ${tenant.store}, g.key, g.order_id FROM ${given} g WHERE g.order_id IS NOT NULL AND ${inEpoch(tenant)}`)
      .onConflictDoNothing(),
  ]);
}

/** A run of an order is over. `keep`: problems that it raised; `goesOn`: another run of the order follows. */
export type SettledOrder = { orderId: number; keep: ProblemKey[]; goesOn: boolean };

/**
 * An order was settled: what held it and is not in `keep` no longer does. A problem that holds no other order clears
 * itself. What only tells stays until it is dismissed or answered: an order that went on would take it away unread. That a
 * stocktake is over is said by the run that asks Cin7, not by one on the way there: others read it to ask nothing in vain (M36).
 */
export async function clearOrder(db: Db, tenant: Tenant, { orderId, keep, goesOn }: SettledOrder, now: string): Promise<void> {
  const stay = keysIn(goesOn ? kindsThatEndLast() : []);
  const its = sql`(SELECT o.key FROM problem_orders o JOIN problems p ON p.store_hash = o.store_hash AND p.key = o.key
    WHERE o.store_hash = ${tenant.store} AND o.order_id = ${orderId} AND p.holds AND p.kind NOT IN ${stay} AND o.key NOT IN ${keysIn(keep)})`;
  const others = sql`(SELECT 1 FROM problem_orders o WHERE o.store_hash = ${tenant.store} AND o.key = ${problems.key} AND o.order_id <> ${orderId})`;
  await db.batch([
    db
      .update(problems)
      .set({ clearedAt: now })
      .where(and(ours(tenant), isNull(problems.clearedAt), sql`${problems.key} IN ${its}`, sql`NOT EXISTS ${others}`)),
    db
      .delete(problemOrders)
      .where(
        and(
          eq(problemOrders.storeHash, tenant.store),
          eq(problemOrders.orderId, orderId),
          inEpoch(tenant),
          sql`${problemOrders.key} IN ${its}`,
        ),
      ),
  ]);
}

/**
 * Whether there is anything that `clearOrder` or `clearKeys` could clear, in one statement: mostly there is not, and a run that
 * has nothing to clear writes nothing.
 */
export async function isToClear(db: Db, tenant: Tenant, settled: SettledOrder | null, keys: readonly ProblemKey[]): Promise<boolean> {
  const row = await db.get<{ n: number }>(sql`SELECT
    EXISTS (SELECT 1 FROM problem_orders WHERE store_hash = ${tenant.store} AND order_id = ${settled?.orderId ?? null}) OR
    EXISTS (SELECT 1 FROM problem_orders WHERE store_hash = ${tenant.store} AND key IN ${keysIn(keys)}) OR
    EXISTS (SELECT 1 FROM problems WHERE store_hash = ${tenant.store} AND cleared_at IS NULL AND key IN ${keysIn(keys)}) AS n`);
  return row?.n === 1;
}

/** Clears problems by their keys, with all their orders: the cause itself is gone. */
export async function clearKeys(db: Db, tenant: Tenant, keys: readonly ProblemKey[], now: string): Promise<void> {
  if (keys.length === 0) return;
  await db.batch([
    db
      .update(problems)
      .set({ clearedAt: now })
      .where(and(ours(tenant), isNull(problems.clearedAt), inArray(problems.key, keysIn(keys)))),
    db
      .delete(problemOrders)
      .where(and(eq(problemOrders.storeHash, tenant.store), inEpoch(tenant), inArray(problemOrders.key, keysIn(keys)))),
  ]);
}

const ours = (tenant: Tenant) => and(eq(problems.storeHash, tenant.store), inEpoch(tenant));
/** Problems of one kind whose facts say the same under `name` (such as the sale they are of), ended ones too. */
export async function problemsWith(
  db: Db,
  tenant: Tenant,
  kind: ProblemKind,
  name: string,
  value: string | number,
): Promise<{ key: ProblemKey; facts: unknown; ended: boolean }[]> {
  const from = `${kind}:`;
  const rows = await db
    .select({ key: problems.key, facts: problems.facts, clearedAt: problems.clearedAt })
    .from(problems)
    .where(
      and(
        eq(problems.storeHash, tenant.store),
        eq(problems.accountId, tenant.account ?? ""),
        gte(problems.key, from),
        lt(problems.key, `${kind};`),
        sql`json_extract(${problems.facts}, ${`$.${name}`}) = ${value}`,
      ),
    )
    .orderBy(problems.raisedAt, problems.key)
    .all();
  return rows.map(({ key, facts, clearedAt }) => ({ key, facts, ended: clearedAt !== null }));
}

export async function factsAt(db: Db, tenant: Tenant, key: ProblemKey): Promise<Problem | null> {
  const mine = and(eq(problems.storeHash, tenant.store), eq(problems.accountId, tenant.account ?? ""), eq(problems.key, key));
  const row = await db.select({ facts: problems.facts }).from(problems).where(mine).get();
  return (row?.facts as Problem | undefined) ?? null;
}

/** Whether it is open for this store; one row read by its key. */
export async function isOpen(db: Db, tenant: Linked, key: ProblemKey): Promise<boolean> {
  const mine = and(eq(problems.storeHash, tenant.store), eq(problems.accountId, tenant.account), eq(problems.key, key));
  const row = await db
    .select({ key: problems.key })
    .from(problems)
    .where(and(mine, isNull(problems.clearedAt)))
    .get();
  return row !== undefined;
}

/** They are over and were answered: told again only when they say something new. */
export async function answered(db: Db, tenant: Tenant, keys: readonly ProblemKey[], now: string): Promise<void> {
  if (keys.length === 0) return;
  await db
    .update(problems)
    .set({ clearedAt: now })
    .where(and(ours(tenant), isNull(problems.clearedAt), inArray(problems.key, keysIn(keys))))
    .run();
}

const among = (tenant: Tenant, keys: readonly ProblemKey[]) =>
  and(
    eq(problems.storeHash, tenant.store),
    eq(problems.accountId, tenant.account ?? ""),
    sql`${problems.key} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`,
  );

/**
 * A person has read them. Only what tells can be put aside; what holds an order must be answered. What had ended by itself
 * meanwhile is done too. Answers the keys that are aside now, and whether any of the rest holds orders.
 */
export async function dismiss(
  db: Db,
  tenant: Tenant,
  keys: readonly ProblemKey[],
  now: string,
): Promise<{ aside: ProblemKey[]; rest: "none" | "unknown" | "holds" }> {
  const known = await db.select({ key: problems.key, holds: problems.holds }).from(problems).where(among(tenant, keys)).all();
  const aside = known.filter((row) => !row.holds).map((row) => row.key);
  await db
    .update(problems)
    .set({ clearedAt: now, readAt: now })
    .where(and(among(tenant, aside), eq(problems.holds, false), sql`${problems.clearedAt} IS NULL`, inEpoch(tenant)))
    .run();
  if (aside.length === new Set(keys).size) return { aside, rest: "none" };
  return { aside, rest: known.some((row) => row.holds) ? "holds" : "unknown" };
}

/** What was put aside stands in the list again, as it stood. How many. */
export async function restore(db: Db, tenant: Tenant, keys: readonly ProblemKey[]): Promise<number> {
  const back = await db
    .update(problems)
    .set({ clearedAt: null, readAt: null })
    .where(and(among(tenant, keys), isNotNull(problems.readAt), inEpoch(tenant)))
    .returning({ key: problems.key });
  return back.length;
}

/** What Cin7 Core said of these orders may name who bought: it goes, that it was refused stays. */
export async function forgetWords(db: Db, tenant: Tenant, orderIds: readonly number[]): Promise<void> {
  const its = sql`json_extract(${problems.facts}, '$.orderId') IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`;
  await db
    .update(problems)
    .set({ facts: sql`json_replace(${problems.facts}, '$.text', '(no longer kept)', '$.keeps.says', '(no longer kept)')` })
    .where(and(eq(problems.storeHash, tenant.store), inArray(problems.kind, ["cin7-refused", "changed-after-sale"]), its, inEpoch(tenant)))
    .run();
}

const KEPT_DAYS = 90;

/** Forgets problems that were cleared more than 90 days ago, at most 5,000 at a time; how many. `now`: epoch milliseconds. */
export async function pruneProblems(db: Db, tenant: Tenant, now: number): Promise<number> {
  const before = new Date(now - KEPT_DAYS * 86_400_000).toISOString();
  const old = await db
    .select({ key: problems.key })
    .from(problems)
    .where(
      and(
        eq(problems.storeHash, tenant.store),
        isNotNull(problems.clearedAt),
        lt(problems.clearedAt, before),
        notInArray(problems.kind, kindsRemembered()),
      ),
    )
    .limit(5000)
    .all();
  const keys = keysIn(old.map((row) => row.key));
  await db.batch([
    db.delete(problemOrders).where(and(eq(problemOrders.storeHash, tenant.store), inArray(problemOrders.key, keys), inEpoch(tenant))),
    db
      .delete(problems)
      .where(and(eq(problems.storeHash, tenant.store), isNotNull(problems.clearedAt), inArray(problems.key, keys), inEpoch(tenant))),
  ]);
  return old.length;
}

// ---- what Setup answers ----------------------------------------------------------------------------------------

/** Open problems of these kinds, as they are stored. */
export async function openProblems(db: Db, tenant: Linked, kinds: readonly ProblemKind[]): Promise<{ key: string; problem: Problem }[]> {
  const mine = and(eq(problems.storeHash, tenant.store), eq(problems.accountId, tenant.account));
  const rows = await db
    .select({ key: problems.key, facts: problems.facts })
    .from(problems)
    .where(and(mine, isNull(problems.clearedAt), inArray(problems.kind, [...kinds])))
    .all();
  return rows.map(({ key, facts }) => ({ key, problem: facts as Problem }));
}

/** Clears what only tells (with its orders), and what waits without any order. */
export async function clearAnswered(db: Db, tenant: Tenant, keys: { notices: string[]; setup: string[] }, now: string): Promise<void> {
  const open = sql`${problems.storeHash} = ${tenant.store} AND ${problems.accountId} = ${tenant.account ?? ""} AND ${problems.clearedAt} IS NULL AND ${inEpoch(tenant)}`;
  await db.batch([
    db
      .update(problems)
      .set({ clearedAt: now })
      .where(sql`${open} AND NOT ${problems.holds} AND ${problems.key} IN (SELECT value FROM json_each(${JSON.stringify(keys.notices)}))`),
    db
      .update(problems)
      .set({ clearedAt: now })
      .where(sql`${open} AND ${problems.key} IN (SELECT value FROM json_each(${JSON.stringify(keys.setup)}))
      AND NOT EXISTS (SELECT 1 FROM ${problemOrders} WHERE ${problemOrders.storeHash} = ${problems.storeHash} AND ${problemOrders.key} = ${problems.key})`),
    db
      .delete(problemOrders)
      .where(sql`${problemOrders.storeHash} = ${tenant.store} AND EXISTS (SELECT 1 FROM ${problems} WHERE ${problems.storeHash} = ${problemOrders.storeHash}
      AND ${problems.key} = ${problemOrders.key} AND ${problems.clearedAt} = ${now} AND NOT ${problems.holds})`),
  ]);
}
