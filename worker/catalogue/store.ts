import { and, eq, sql } from "drizzle-orm";
import type { Product } from "../cin7/schemas/product.ts";
import type { Db } from "../lib/db/open.ts";
import { productSweeps, stores } from "../lib/db/schema/tables.ts";
import type { AccountId } from "../lib/ids.ts";
import { ordersOn } from "../settings/store.ts";
import { assemblyOf } from "./assembly-of.ts";

/** How far the account's products are read, ISO 8601; null: never. `takes`: orders of some store need them now (F1). */
export async function progressOf(
  db: Db,
  account: AccountId,
): Promise<{ connected: boolean; takes: boolean; progress: { seenTo: string; wholeAt: string } | null }> {
  const [found, progress] = await db.batch([
    db
      .select({ hash: stores.hash, takes: ordersOn(account) })
      .from(stores)
      .where(and(eq(stores.accountId, account), eq(stores.state, "active"))),
    db.select().from(productSweeps).where(eq(productSweeps.accountId, account)),
  ]);
  return { connected: found.length > 0, takes: found.some((row) => row.takes), progress: progress[0] ?? null };
}

/** ISO 8601: changes up to `seenTo` are read; the last pass over everything began at `wholeAt`. */
export async function saveProgress(db: Db, account: AccountId, progress: { seenTo: string; wholeAt: string }, now: string): Promise<void> {
  const set = { ...progress, sweptAt: now };
  await db
    .insert(productSweeps)
    .values({ accountId: account, ...set })
    .onConflictDoUpdate({ target: productSweeps.accountId, set })
    .run();
}

/**
 * Products as Cin7 has them now, into the mirror; only changed rows are written, all in one JSON parameter (D1 takes 100). A
 * SKU is one product's alone (cin7-core.md 3.1), so who else had it here no longer has it.
 */
export async function saveProducts(db: Db, account: AccountId, products: readonly Product[], readAt: string): Promise<void> {
  if (products.length === 0) return;
  const rows = JSON.stringify(
    products.map((p) => ({
      id: p.ID.toLowerCase(),
      sku: p.SKU,
      fold: p.SKU.trim().toLowerCase(),
      name: p.Name,
      type: p.Type,
      account: p.RevenueAccount || null,
      active: p.Status === "Deprecated" ? 0 : 1,
      bom: p.BillOfMaterial ? 1 : 0,
      assembly: assemblyOf(p),
    })),
  );
  await db.run(sql`UPDATE products SET active = 0, read_at = ${readAt} WHERE account_id = ${account} AND active = 1
      AND sku_fold IN (SELECT value ->> 'fold' FROM json_each(${rows}) WHERE value ->> 'active' = 1)
      AND product_id NOT IN (SELECT value ->> 'id' FROM json_each(${rows}))`);
  await db.run(sql`INSERT INTO products (account_id, product_id, sku, sku_fold, name, type, revenue_account, active, bom, assembly, read_at)
      SELECT ${account}, value ->> 'id', value ->> 'sku', value ->> 'fold', value ->> 'name', value ->> 'type', value ->> 'account',
        value ->> 'active', value ->> 'bom', value ->> 'assembly', ${readAt} FROM json_each(${rows}) WHERE true
      ON CONFLICT (account_id, product_id) DO UPDATE SET sku = excluded.sku, sku_fold = excluded.sku_fold, name = excluded.name,
        type = excluded.type, revenue_account = excluded.revenue_account, active = excluded.active, bom = excluded.bom, assembly = excluded.assembly,
        read_at = excluded.read_at
      WHERE sku <> excluded.sku OR name <> excluded.name OR type <> excluded.type OR active <> excluded.active OR bom <> excluded.bom
        OR assembly IS NOT excluded.assembly OR revenue_account IS NOT excluded.revenue_account`);
}
