import { and, eq, sql } from "drizzle-orm";
import type { Product } from "../cin7/schemas/product.ts";
import { inEpoch, insertInEpoch } from "../lib/db/epoch.ts";
import type { Db } from "../lib/db/open.ts";
import { productSweeps, products, stores } from "../lib/db/schema/tables.ts";
import type { AccountId, Linked } from "../lib/ids.ts";
import type { KnownProduct } from "../orders/mapping/sale-draft.ts";
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

// ---- into the mirror -------------------------------------------------------------------------------------------

const foldSku = (sku: string): string => sku.trim().toLowerCase();

/**
 * Products as Cin7 has them now, into the mirror; only changed rows are written, all in one JSON parameter (D1 takes 100). A
 * SKU is one product's alone (cin7-core.md 3.1), so who else had it here no longer has it.
 */
export async function saveProducts(db: Db, account: AccountId, given: readonly Product[], readAt: string): Promise<void> {
  if (given.length === 0) return;
  const rows = JSON.stringify(
    given.map((p) => ({
      id: p.ID.toLowerCase(),
      sku: p.SKU,
      fold: foldSku(p.SKU),
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

/** One that an order asked for, because the mirror did not have it. */
export async function knowProduct(db: Db, tenant: Linked, product: Product, readAt: string): Promise<KnownProduct> {
  const known = asKnown(product);
  const values = {
    ...known,
    assembly: assemblyOf(product),
    accountId: tenant.account,
    skuFold: foldSku(product.SKU),
    active: true,
    readAt,
  };
  await insertInEpoch(db, tenant, products, values)
    .onConflictDoUpdate({ target: [products.accountId, products.productId], set: values })
    .run();
  return known;
}

/** A product of Cin7 as the mapping knows it. */
export const asKnown = (product: Product): KnownProduct => ({
  productId: product.ID.toLowerCase(),
  sku: product.SKU,
  name: product.Name,
  type: product.Type,
  revenueAccount: product.RevenueAccount || null,
  bom: product.BillOfMaterial ?? false,
});

export async function knowAssembly(db: Db, tenant: Linked, productId: string, assembly: "" | "asked" | "auto"): Promise<void> {
  await db
    .update(products)
    .set({ assembly })
    .where(and(eq(products.accountId, tenant.account), eq(products.productId, productId), inEpoch(tenant)))
    .run();
}

// ---- from the mirror -------------------------------------------------------------------------------------------

/** Known products by exact SKU, for the given ones; of two with one SKU the one that was read last has it now. One parameter carries them all (D1 takes 100). */
export async function productsBySku(db: Db, tenant: Linked, skus: readonly string[]): Promise<Map<string, KnownProduct>> {
  const folded = JSON.stringify([...new Set(skus.map(foldSku))]);
  const rows = await db
    .select()
    .from(products)
    .where(
      and(
        eq(products.accountId, tenant.account),
        eq(products.active, true),
        sql`${products.skuFold} IN (SELECT value FROM json_each(${folded}))`,
      ),
    )
    .orderBy(products.readAt)
    .all();
  return new Map(
    rows.map((r) => [
      r.sku.trim(),
      { productId: r.productId, sku: r.sku, name: r.name, type: r.type, revenueAccount: r.revenueAccount, bom: r.bom },
    ]),
  );
}

/** Cin7 no longer takes one of these products: their SKUs are asked of it again by the next order that is mapped. */
export async function forgetProducts(db: Db, tenant: Linked, productIds: readonly string[]): Promise<void> {
  const ids = JSON.stringify(productIds);
  await db
    .update(products)
    .set({ active: false })
    .where(
      and(eq(products.accountId, tenant.account), sql`${products.productId} IN (SELECT value FROM json_each(${ids}))`, inEpoch(tenant)),
    )
    .run();
}

/** A product as far as assembling goes. `assembly` null: an older release read it, so nobody knows yet. */
export type Mirrored = { productId: string; sku: string; bom: boolean; assembly: "" | "asked" | "auto" | null };

/** Products of the account by ID, as the mirror has them. */
export async function mirrored(db: Db, tenant: Linked, ids: readonly string[]): Promise<Mirrored[]> {
  const { productId, sku, bom, assembly } = products;
  return db
    .select({ productId, sku, bom, assembly })
    .from(products)
    .where(and(eq(products.accountId, tenant.account), sql`${productId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`))
    .all();
}

/** Service products in the mirror by these names (folded, cin7-core.md 1.4). */
export async function servicesNamed(db: Db, tenant: Linked, names: readonly string[]): Promise<Map<string, { id: string; name: string }>> {
  const { accountId, active, type, name, productId } = products;
  const isService = sql`${active} AND lower(${type}) = 'service' AND lower(trim(${name})) IN (SELECT value FROM json_each(${JSON.stringify(names)}))`;
  const rows = await db
    .select({ id: productId, name })
    .from(products)
    .where(and(eq(accountId, tenant.account), isService))
    .all();
  return new Map(rows.map((row) => [row.name.trim().toLowerCase(), row]));
}
