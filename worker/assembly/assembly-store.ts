import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { products } from "../lib/db/schema/tables.ts";
import type { Linked, Tenant } from "../lib/ids.ts";
import { documentsOf } from "../sales/documents-store.ts";
import { assembledWords, madeIn } from "./plan.ts";

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

/** What was assembled for an order, in words; "": nothing. */
export const assembledFor = async (db: Db, tenant: Tenant, orderId: number): Promise<string> =>
  assembledWords(madeIn(await documentsOf(db, tenant, orderId)));

export async function knowAssembly(db: Db, tenant: Linked, productId: string, assembly: "" | "asked" | "auto"): Promise<void> {
  await db
    .update(products)
    .set({ assembly })
    .where(and(eq(products.accountId, tenant.account), eq(products.productId, productId)))
    .run();
}
