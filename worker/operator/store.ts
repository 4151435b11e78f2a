import { and, count, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { disconnects, problems, salesSweeps, stores } from "../lib/db/schema/tables.ts";
import type { Counts } from "./signs.ts";

const HOUR_MS = 3_600_000;

/** How the deployment is, in counts over all tenants; nothing of any of them. `now`: epoch milliseconds. */
export async function countSigns(db: Db, now: number): Promise<Counts> {
  const before = (ms: number) => new Date(now - ms).toISOString();
  const active = and(eq(stores.state, "active"), isNotNull(stores.accountId));
  const silent = (at: typeof stores.sweptAt | typeof salesSweeps.sweptAt) =>
    or(lt(at, before(HOUR_MS)), and(isNull(at), lt(stores.connectedAt, before(HOUR_MS))));
  const [silentStores, silentAccounts, closing, open] = await db.batch([
    db
      .select({ n: count() })
      .from(stores)
      .where(and(active, silent(stores.sweptAt))),
    db
      .select({ n: sql<number>`COUNT(DISTINCT ${stores.accountId})` })
      .from(stores)
      .leftJoin(salesSweeps, eq(salesSweeps.accountId, stores.accountId))
      .where(and(active, silent(salesSweeps.sweptAt))),
    db
      .select({ n: count() })
      .from(disconnects)
      .where(and(isNull(disconnects.endedAt), lt(disconnects.begunAt, before(HOUR_MS / 2)))),
    db
      .select({ kind: problems.kind, n: count(), stores: sql<number>`COUNT(DISTINCT ${problems.storeHash})` })
      .from(problems)
      .where(isNull(problems.clearedAt))
      .groupBy(problems.kind),
  ]);
  const storesWith = (kind: string) => open.find((row) => row.kind === kind)?.stores ?? 0;
  return {
    storesSilent: silentStores[0]?.n ?? 0,
    accountsSilent: silentAccounts[0]?.n ?? 0,
    closing: closing[0]?.n ?? 0,
    parked: open.find((row) => row.kind === "parked")?.n ?? 0,
    bigcommerceDown: storesWith("bigcommerce-down"),
    cin7Down: storesWith("cin7-down"),
    refused: storesWith("bigcommerce-denied") + storesWith("cin7-denied"),
    hooksRefused: storesWith("hooks-refused"),
  };
}
