import { sql } from "drizzle-orm";
import type { Tenant } from "../ids.ts";
import { inEpoch } from "./epoch.ts";
import type { Db } from "./open.ts";

/** One line of the audit: who did what (design 1). `by`: as the session names them. Of an older epoch it writes nothing. */
export const auditLine = (db: Db, tenant: Tenant, line: { at: string; by: string; what: string }) =>
  db.run(sql`INSERT INTO audit (store_hash, account_id, at, "by", what)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, ${line.at}, ${line.by}, ${line.what}
    WHERE ${inEpoch(tenant)}`);

const HOUR_MS = 3_600_000;

/** The same, once an hour for the same person and thing: what can be asked for without end fills nothing. */
export function auditHourly(db: Db, tenant: Tenant, line: { at: string; by: string; what: string }) {
  const hourAgo = new Date(Date.parse(line.at) - HOUR_MS).toISOString();
  return db.run(sql`INSERT INTO audit (store_hash, account_id, at, "by", what)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, ${line.at}, ${line.by}, ${line.what}
    WHERE ${inEpoch(tenant)} AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.store_hash = ${tenant.store} AND a.at > ${hourAgo}
      AND a."by" = ${line.by} AND a.what = ${line.what})`);
}
