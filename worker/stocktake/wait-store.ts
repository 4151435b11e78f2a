import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { problems } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";
import type { ProblemKey } from "../problems/define-problem.ts";

/** Whether a problem of this store is open; one row read by its key. */
export async function isProblemOpen(db: Db, tenant: Linked, key: ProblemKey): Promise<boolean> {
  const mine = and(eq(problems.storeHash, tenant.store), eq(problems.key, key), eq(problems.accountId, tenant.account));
  return (
    (await db
      .select({ key: problems.key })
      .from(problems)
      .where(and(mine, isNull(problems.clearedAt)))
      .get()) !== undefined
  );
}
