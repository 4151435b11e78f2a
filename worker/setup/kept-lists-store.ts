import { eq, sql } from "drizzle-orm";
import { inEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { keptLists } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";
import type { KeptLists } from "./lists-flow.ts";

/** Counted up whenever a list is kept in another form. */
const FORM = 1;

/** What both sides had when they were last asked for this store and account. */
export async function listsKept(db: Db, tenant: Tenant): Promise<KeptLists> {
  const row = await db.select().from(keptLists).where(eq(keptLists.storeHash, tenant.store)).get();
  return row && row.form === FORM && row.accountId === (tenant.account ?? "") ? (row.lists as KeptLists) : {};
}

/** Longer ones are read each time: D1 takes rows of 2 MB. */
const LONGEST = 1_500_000;

/** Keeps them in place of the former ones; of an older epoch nothing. */
export async function keepLists(db: Db, tenant: Tenant, lists: KeptLists): Promise<void> {
  const text = JSON.stringify(lists);
  if (text.length > LONGEST) return;
  await db.run(sql`INSERT INTO kept_lists (store_hash, account_id, form, lists)
    SELECT ${tenant.store}, ${tenant.account ?? ""}, ${FORM}, ${text} WHERE ${inEpoch(tenant)}
    ON CONFLICT (store_hash) DO UPDATE SET account_id = excluded.account_id, form = excluded.form, lists = excluded.lists`);
}
