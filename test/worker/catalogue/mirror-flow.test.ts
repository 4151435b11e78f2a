import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mirrorProducts, refreshProducts } from "../../../worker/catalogue/mirror-flow.ts";
import { productsBySku } from "../../../worker/catalogue/store.ts";
import { productSweeps, products, settingsVersions } from "../../../worker/lib/db/schema/tables.ts";
import type { AccountId, Linked, StoreHash } from "../../../worker/lib/ids.ts";
import { tenantOf } from "../../../worker/lib/ids.ts";
import { ACCOUNT, STORE, type Stage, stage } from "../../harness/stage.ts";
import { type Asked, accountContext, linkedStore, ok, saleId } from "../reconcile/context.ts";

let s: Stage;
beforeEach(async () => {
  s = stage();
  await linkedStore(s);
  await orders(true);
});
let version = 0;
/** A version of Setup with orders on or off. */
const orders = (on: boolean) =>
  s.db.insert(settingsVersions).values({
    ...{ storeHash: STORE, version: ++version, accountId: ACCOUNT, document: { orders: { on } } },
    ...{ changes: [], savedBy: "Ann", savedAt: new Date(s.state.now).toISOString() },
  });
afterEach(() => vi.restoreAllMocks());

const product = (n: number, sku: string, more: Record<string, unknown> = {}) => ({
  ID: saleId(n).toUpperCase(),
  SKU: sku,
  Name: `Product ${sku}`,
  Type: "Stock",
  Status: "Active",
  RevenueAccount: "200",
  BillOfMaterial: false,
  ...more,
});
const tenant = tenantOf(STORE as StoreHash, ACCOUNT as AccountId, 0) as Linked;
const known = async (sku: string) => (await productsBySku(s.db, tenant, [sku])).get(sku);

/** Cin7 with these products; what was asked comes back beside the outcome. */
function cin7(...rows: unknown[]) {
  const asked: Asked[] = [];
  const { c } = accountContext(s, (a) => {
    asked.push(a);
    return ok({ Total: rows.length, Page: 1, Products: rows });
  });
  return { c, asked };
}
/** The mirror as it is after linking. */
const linked = async (...rows: unknown[]) => expect(await mirrorProducts(cin7(...rows).c, 1)).toMatchObject({ is: "done" });

describe("the mirror of products stays true (F116, K17, M26)", () => {
  it("after the last page the refresh begins and schedules itself: one call for what changed since, with overlap", async () => {
    expect(await mirrorProducts(cin7(product(1, "MUG")).c, 1)).toMatchObject({ next: [{ kind: "products.refresh" }] });
    const from = s.state.now;
    s.state.now += 30_000;
    const { c, asked } = cin7();
    expect(await refreshProducts(c)).toMatchObject({ is: "done", again: { at: s.state.now + 45_000, work: { kind: "products.refresh" } } });
    expect(asked).toEqual([
      {
        path: "/product",
        query: { ModifiedSince: new Date(from - 600_000).toISOString(), Page: 1, Limit: 1000, IncludeDeprecated: true },
      },
    ]);
  });

  it("whether a product is assembled, and by whom, is known and followed (F23)", async () => {
    const how = async () =>
      (await s.db.select({ assembly: products.assembly }).from(products).orderBy(products.sku).all()).map((row) => row.assembly);
    await linked(product(1, "A"), product(2, "B", { BillOfMaterial: true }), product(3, "C", { BillOfMaterial: true, AutoAssembly: true }));
    expect(await how()).toEqual(["", "asked", "auto"]);
    await refreshProducts(
      cin7(product(2, "B", { BillOfMaterial: true, BOMType: "Production" }), product(3, "C", { BillOfMaterial: true })).c,
    );
    expect(await how()).toEqual(["", "", "asked"]);
  });

  it("another revenue account, another type of product and a BOM of later are known from then on", async () => {
    await linked(product(1, "MUG"), product(2, "SET"));
    await refreshProducts(cin7(product(1, "MUG", { RevenueAccount: "201" }), product(2, "SET", { BillOfMaterial: true })).c);
    expect([(await known("MUG"))?.revenueAccount, (await known("SET"))?.bom]).toEqual(["201", true]);
  });

  it("a deprecated product is found no more", async () => {
    await linked(product(1, "MUG"));
    await refreshProducts(cin7(product(1, "MUG", { Status: "Deprecated" })).c);
    expect(await known("MUG")).toBeUndefined();
  });

  it("a SKU that moved to another product is that one's alone, also when the first is gone without a word", async () => {
    await linked(product(1, "MUG"));
    await refreshProducts(cin7(product(2, "MUG")).c);
    expect((await known("MUG"))?.productId).toBe(saleId(2));
    await refreshProducts(cin7(product(2, "CUP"), product(1, "MUG")).c);
    expect([(await known("MUG"))?.productId, (await known("CUP"))?.productId]).toEqual([saleId(1), saleId(2)]);
  });

  it("of two rows with one SKU the one that was read last is meant", async () => {
    await linked(product(2, "MUG"));
    const row = (await s.db.select().from(products))[0] as typeof products.$inferSelect;
    await s.db.insert(products).values({ ...row, productId: saleId(1), readAt: new Date(s.state.now + 1).toISOString() });
    expect((await known("MUG"))?.productId).toBe(saleId(1));
  });

  it("while no store takes orders Cin7 is not asked (F1); switched on, everything that got old meanwhile is read", async () => {
    await linked(product(1, "MUG"));
    await orders(false);
    s.state.now += 86_400_000;
    const { c, asked } = cin7();
    expect(await refreshProducts(c)).toMatchObject({ is: "done", again: { work: { kind: "products.refresh" } } });
    expect(asked).toEqual([]);
    await orders(true);
    expect(await refreshProducts(c)).toMatchObject({ next: [{ kind: "products.mirror", page: 1 }] });
  });

  it("what did not change is not written", async () => {
    await linked(product(1, "MUG"));
    const before = (await s.db.select().from(products))[0]?.readAt;
    s.state.now += 60_000;
    await refreshProducts(cin7(product(1, "MUG")).c);
    expect((await s.db.select().from(products))[0]?.readAt).toBe(before);
  });

  it("once a day everything is read again, and not once more while that waits for its calls", async () => {
    await linked(product(1, "MUG"));
    s.state.now += 86_400_000 / 20;
    const { c, asked } = cin7();
    expect(await refreshProducts(c)).toMatchObject({
      next: [{ kind: "products.mirror", page: 1 }],
      again: { work: { kind: "products.refresh" } },
    });
    expect(asked).toEqual([]);
    expect(await refreshProducts(c)).not.toHaveProperty("next");
    expect(asked).toHaveLength(1);
  });

  it("Cin7 away: nothing is ticked off, the same changes are asked for again", async () => {
    await linked();
    const [before] = await s.db.select().from(productSweeps);
    s.state.now += 60_000;
    const { c } = accountContext(s, () => ({ is: "trouble", why: "timeout", status: null }));
    expect(await refreshProducts(c)).toMatchObject({ is: "later", strike: false });
    expect(await s.db.select().from(productSweeps).where(eq(productSweeps.accountId, ACCOUNT))).toEqual([before]);
  });
});
