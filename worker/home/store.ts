import { and, asc, count, desc, eq, gt, gte, inArray, isNull, sql } from "drizzle-orm";
import type { OrderState } from "../contract/index.ts";
import type { Db } from "../lib/db/open.ts";
import {
  accounts,
  alertAddresses,
  firstRuns,
  orders,
  problemOrders,
  problems,
  settingsVersions,
  userAnswers,
  users,
} from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";
import { decidedBy, openOrdersDecided } from "../orders/decisions-store.ts";
import { firstSalesAt } from "../sales/documents-store.ts";
import { documentIn } from "../settings/current-store.ts";
import type { SetUp } from "./checklist.ts";
import type { Passed } from "./pace.ts";

const mine = (tenant: Tenant) => and(eq(orders.storeHash, tenant.store), eq(orders.accountId, tenant.account ?? ""));

/** What the line on top of every page counts; by indexes only, because every open page asks for it again and again. */
export async function headerCounts(
  db: Db,
  tenant: Tenant,
): Promise<{ attention: number; waiting: number; held: number; lastOrderAt: string | null }> {
  const [attention, states, last] = await db.batch([
    db
      .select({ n: count() })
      .from(problems)
      .where(and(eq(problems.storeHash, tenant.store), eq(problems.accountId, tenant.account ?? ""), isNull(problems.clearedAt))),
    db
      .select({ state: orders.state, n: count() })
      .from(orders)
      .where(and(mine(tenant), gt(orders.orderId, 0), inArray(orders.state, ["pending", "sending", "held", "failed"])))
      .groupBy(orders.state),
    // Order numbers rise with time: the primary key finds the last order.
    db
      .select({ placedAt: orders.placedAt })
      .from(orders)
      .where(and(mine(tenant), gt(orders.orderId, 0)))
      .orderBy(desc(orders.orderId))
      .limit(1),
  ]);
  const of = (...wanted: OrderState[]) => states.reduce((sum, row) => (wanted.includes(row.state) ? sum + row.n : sum), 0);
  return {
    attention: attention[0]?.n ?? 0,
    waiting: of("pending", "sending"),
    held: of("held", "failed"),
    lastOrderAt: last[0]?.placedAt ?? null,
  };
}

/** Orders placed since the day began, by state. `from`: ISO 8601 UTC. What was placed today also changed today: an index finds it. */
export async function placedSince(db: Db, tenant: Tenant, from: string): Promise<Partial<Record<OrderState, number>>> {
  const rows = await db
    .select({ state: orders.state, n: count() })
    .from(orders)
    .where(and(mine(tenant), gt(orders.orderId, 0), gte(orders.updatedAt, from), gte(orders.placedAt, from)))
    .groupBy(orders.state)
    .all();
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** The newest of them tell the usual, and who came and went since an instant; read when *Home* opens, written by nobody for it. */
const PLACED = 3000;
const PASSED = 3000;
export async function paceRows(db: Db, tenant: Tenant, from: string): Promise<{ placed: string[]; passed: Passed[] }> {
  const since = sql<string>`COALESCE(${orders.metAt}, ${orders.placedAt})`;
  const on = inArray(orders.state, ["pending", "sending", "held", "failed"]);
  const [placed, moved, waiting] = await db.batch([
    db
      .select({ at: orders.placedAt })
      .from(orders)
      .where(and(mine(tenant), gt(orders.orderId, 0)))
      .orderBy(desc(orders.orderId))
      .limit(PLACED),
    // Whatever got there since then changed since then: an index finds it.
    db
      .select({ id: orders.orderId, since })
      .from(orders)
      .where(and(mine(tenant), gt(orders.orderId, 0), gte(orders.updatedAt, from), eq(orders.state, "sent")))
      .limit(PASSED),
    db
      .select({ since })
      .from(orders)
      .where(and(mine(tenant), gt(orders.orderId, 0), on))
      .limit(PASSED),
  ]);
  const sentAt = await firstSalesAt(
    db,
    tenant,
    moved.map(({ id }) => id),
  );
  const went = moved.map(({ id, since }): Passed => ({ since, sentAt: sentAt.get(id) ?? null, waits: false }));
  const stay = waiting.map((row): Passed => ({ ...row, sentAt: null, waits: true }));
  return { placed: placed.map(({ at }) => at), passed: [...went, ...stay] };
}

/** The newest orders, each with the number of open problems that name it. */
export async function newestOrders(db: Db, tenant: Tenant, limit: number) {
  const ofProblem = and(eq(problems.storeHash, problemOrders.storeHash), eq(problems.key, problemOrders.key), isNull(problems.clearedAt));
  const rows = await db
    .select()
    .from(orders)
    .where(and(mine(tenant), gt(orders.orderId, 0)))
    .orderBy(desc(orders.orderId))
    .limit(limit)
    .all();
  const ids = rows.map((row) => row.orderId);
  const counted = await db
    .select({ orderId: problemOrders.orderId, n: count() })
    .from(problemOrders)
    .innerJoin(problems, ofProblem)
    .where(and(eq(problemOrders.storeHash, tenant.store), inArray(problemOrders.orderId, ids)))
    .groupBy(problemOrders.orderId)
    .all();
  const problemsOf = new Map(counted.map((row) => [row.orderId, row.n]));
  return rows.map((row) => ({ row, problems: problemsOf.get(row.orderId) ?? 0 }));
}

/** How far Setup is: the linked account and the settings in force. */
export async function setUpOf(db: Db, tenant: Tenant): Promise<SetUp> {
  const id = tenant.account ?? "";
  const [account, saved] = await db.batch([
    db
      .select({ company: accounts.company, currency: accounts.currency, timeZone: accounts.timeZone })
      .from(accounts)
      .where(eq(accounts.id, id)),
    db
      .select({ version: settingsVersions.version, document: settingsVersions.document })
      .from(settingsVersions)
      .where(and(eq(settingsVersions.storeHash, tenant.store), eq(settingsVersions.accountId, id)))
      .orderBy(desc(settingsVersions.version))
      .limit(1),
  ]);
  return { account: account[0] ?? null, ...documentIn(saved[0]) };
}

/** What the first run found, and who hears when something needs attention (M22, M42, N4). */
export async function firstRunOf(db: Db, tenant: Tenant) {
  const id = tenant.account ?? "";
  const openBy = decidedBy(db, tenant, openOrdersDecided);
  const [runs, heard] = await db.batch([
    db
      .select()
      .from(firstRuns)
      .where(and(eq(firstRuns.storeHash, tenant.store), eq(firstRuns.accountId, id))),
    db
      .select({ email: alertAddresses.email, confirmedAt: alertAddresses.confirmedAt })
      .from(alertAddresses)
      .where(and(eq(alertAddresses.storeHash, tenant.store), eq(alertAddresses.accountId, id)))
      .orderBy(desc(alertAddresses.area)),
  ]);
  const unconfirmed = heard.filter((row) => row.confirmedAt === null).map((row) => row.email);
  return { row: runs[0] ?? null, heardBy: heard.map((row) => row.email), unconfirmed, openBy: await openBy };
}

/** Users who can only look and about whom nobody has decided since they came in (M47). */
export async function undecidedPeople(db: Db, tenant: Tenant): Promise<{ id: number; email: string }[]> {
  const answered = sql`EXISTS (SELECT 1 FROM ${userAnswers} WHERE ${userAnswers.storeHash} = ${users.storeHash} AND ${userAnswers.userId} = ${users.userId}
    AND unixepoch(${userAnswers.answeredAt}) >= COALESCE(${users.removedAt}, 0))`;
  return db
    .select({ id: users.userId, email: users.email })
    .from(users)
    .where(
      and(eq(users.storeHash, tenant.store), eq(users.active, true), eq(users.owner, false), eq(users.role, "view"), sql`NOT ${answered}`),
    )
    .orderBy(asc(users.firstSeenAt))
    .limit(20)
    .all();
}
