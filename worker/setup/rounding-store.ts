import { sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import type { Tenant } from "../lib/ids.ts";
import type { Month, MonthRoundings } from "./rounding-months.ts";

/** Rounding charges of the sales that are in Cin7 Core, counted by month, currency and amount; newest month first. */
export async function roundings(db: Db, tenant: Tenant, months: readonly Month[]): Promise<MonthRoundings[]> {
  return db.all<MonthRoundings>(sql`SELECT m.value ->> 'month' AS month, o.currency AS currency, o.rounding AS amount, COUNT(*) AS orders
    FROM orders o JOIN json_each(${JSON.stringify(months)}) m
      ON COALESCE(o.met_at, o.placed_at) >= m.value ->> 'from' AND COALESCE(o.met_at, o.placed_at) < m.value ->> 'to'
    WHERE o.store_hash = ${tenant.store} AND o.account_id = ${tenant.account ?? ""} AND o.state = 'sent' AND o.rounding IS NOT NULL
      AND instr(o.stages, 'voided') = 0
    GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3`);
}
