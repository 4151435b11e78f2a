import { sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import type { Linked } from "../lib/ids.ts";
import type { ProblemKey } from "../problems/define-problem.ts";

/** The orders that wait for these problems; `sent`: the sale is there, its invoice waits. */
export async function ordersOf(db: Db, tenant: Linked, keys: readonly ProblemKey[]): Promise<{ orderId: number; sent: boolean }[]> {
  const rows = await db.all<{ orderId: number; sent: number }>(sql`SELECT DISTINCT p.order_id AS orderId, o.state = 'sent' AS sent
    FROM problem_orders p JOIN orders o ON o.store_hash = p.store_hash AND o.order_id = p.order_id
    WHERE p.store_hash = ${tenant.store} AND o.account_id = ${tenant.account} AND p.key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))
    ORDER BY p.order_id`);
  return rows.map(({ orderId, sent }) => ({ orderId, sent: sent === 1 }));
}
