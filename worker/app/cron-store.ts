import { and, eq, isNotNull, isNull, lt, or, type SQL } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { accounts, productSweeps, salesSweeps, stores } from "../lib/db/schema/tables.ts";

/** Who was not heard of for too long, the longest first; so many at a tick. */
export const A_TICK = 500;
const QUIET_MS = 15 * 60_000;
/** Products are looked at every 15 minutes; an hour without is too long. */
const PRODUCTS_QUIET_MS = 60 * 60_000;
const DAY_MS = 86_400_000;

export async function quietStores(db: Db, now: number): Promise<Record<"unswept" | "unlooked", { hash: string }[]>> {
  const before = (ms: number) => new Date(now - ms).toISOString();
  const oldest = (which: SQL | undefined) =>
    db
      .select({ hash: stores.hash })
      .from(stores)
      .where(and(eq(stores.state, "active"), which))
      .orderBy(stores.sweptAt)
      .limit(A_TICK);
  const [unswept, unlooked] = await db.batch([
    oldest(and(isNotNull(stores.accountId), or(isNull(stores.sweptAt), lt(stores.sweptAt, before(QUIET_MS))))),
    oldest(or(isNull(stores.hooksCheckedAt), lt(stores.hooksCheckedAt, before(DAY_MS)))),
  ]);
  return { unswept, unlooked };
}

export const closingStores = (db: Db): Promise<{ hash: string }[]> =>
  db.select({ hash: stores.hash }).from(stores).where(eq(stores.state, "closing")).limit(A_TICK).all();

export async function quietAccounts(db: Db, now: number): Promise<Record<"unswept" | "unread", { id: string }[]>> {
  const cut = new Date(now - QUIET_MS).toISOString();
  const late = new Date(now - PRODUCTS_QUIET_MS).toISOString();
  const connected = () =>
    db
      .selectDistinct({ id: accounts.id })
      .from(accounts)
      .innerJoin(stores, and(eq(stores.accountId, accounts.id), eq(stores.state, "active")));
  const [unswept, unread] = await db.batch([
    connected()
      .leftJoin(salesSweeps, eq(salesSweeps.accountId, accounts.id))
      .where(or(isNull(salesSweeps.sweptAt), lt(salesSweeps.sweptAt, cut)))
      .limit(A_TICK),
    connected()
      .leftJoin(productSweeps, eq(productSweeps.accountId, accounts.id))
      .where(or(isNull(productSweeps.sweptAt), lt(productSweeps.sweptAt, late)))
      .limit(A_TICK),
  ]);
  return { unswept, unread };
}
