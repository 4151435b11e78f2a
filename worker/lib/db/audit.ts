import { sql } from "drizzle-orm";
import type { Tenant } from "../ids.ts";
import { inEpoch } from "./epoch.ts";
import type { Db } from "./open.ts";

/** One line of the audit: who did what (design 1). `by`: as the session names them. Of an older epoch it writes nothing. */
export const auditLine = (db: Db, tenant: Tenant, line: { at: string; by: string; what: string }) =>
  db.run(sql`INSERT INTO audit (store_hash, account_id, at, "by", what)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, ${line.at}, ${line.by}, ${line.what}
    WHERE ${inEpoch(tenant)}`);
