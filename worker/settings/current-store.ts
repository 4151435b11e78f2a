import { and, desc, eq } from "drizzle-orm";
import type { Settings } from "../contract/index.ts";
import type { Db } from "../lib/db/open.ts";
import { accounts, settingsVersions } from "../lib/db/schema/tables.ts";
import type { Linked } from "../lib/ids.ts";
import { readDocument } from "./document.ts";
import { defaults } from "./parts/compose.ts";

/** What a version holds; none: nothing was saved yet, version 0 with the defaults. */
export const documentIn = (row: { version: number; document: unknown } | null | undefined): { version: number; settings: Settings } =>
  row ? { version: row.version, settings: readDocument(row.document) } : { version: 0, settings: defaults() };

/** The settings in force, with their version; 0: nothing was saved yet. */
export async function settingsNow(db: Db, tenant: Linked): Promise<{ version: number; settings: Settings; currency: string }> {
  const ofTenant = and(eq(settingsVersions.storeHash, tenant.store), eq(settingsVersions.accountId, tenant.account));
  const [saved, account] = await db.batch([
    db
      .select({ version: settingsVersions.version, document: settingsVersions.document })
      .from(settingsVersions)
      .where(ofTenant)
      .orderBy(desc(settingsVersions.version))
      .limit(1),
    db.select({ currency: accounts.currency }).from(accounts).where(eq(accounts.id, tenant.account)),
  ]);
  return { ...documentIn(saved[0]), currency: account[0]?.currency ?? "" };
}
