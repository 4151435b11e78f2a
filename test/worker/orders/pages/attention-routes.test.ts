import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import { exceptionRoutes } from "../../../../worker/orders/pages/attention-routes.ts";
import { raise } from "../../../../worker/problems/store.ts";
import { addStore, api, db, iso, NOW, tenant } from "../../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
  await raise(db(), tenant(), [{ kind: "tax-unmapped", classId: 2, className: "Reduced rate", side: "with" }], 1042, iso(NOW));
  await raise(db(), tenant(), [{ kind: "tax-unmapped", classId: 2, className: "Reduced rate", side: "with" }], 1043, iso(NOW));
  await raise(db(), tenant(), [{ kind: "sku-unknown", sku: "MUG-BLU", name: "Blue mug", held: false }], 77, iso(NOW + 1));
});
afterEach(() => vi.restoreAllMocks());
const kinds = (reply: { body: { rows: { kind: string }[] } }) => reply.body.rows.map((r) => r.kind);

describe("Needs attention", () => {
  it("shows each cause once, with its words, remedies and orders", async () => {
    const { get } = await api(exceptionRoutes, store, { role: "view" });
    const { body } = await get("/attention?sort=orders");
    expect(body).toMatchObject({ total: 2, page: 1, perPage: 25 });
    expect(body.rows[0]).toMatchObject({
      kind: "tax-unmapped",
      area: "finance",
      holds: true,
      orders: [1042, 1043],
      orderCount: 2,
      raisedAt: iso(NOW),
    });
    expect(body.rows[0].remedies[0]).toMatchObject({ label: "Choose a tax rule", to: "/setup/tax" });
  });

  it("finds by order, SKU and words, and filters by area", async () => {
    const { get } = await api(exceptionRoutes, store);
    expect(kinds(await get("/attention?q=1043"))).toEqual(["tax-unmapped"]);
    expect(kinds(await get("/attention?q=mug-blu"))).toEqual(["sku-unknown"]);
    expect(kinds(await get("/attention?q=warehouse%20mug"))).toEqual(["sku-unknown"]);
    expect((await get("/attention?q=zebra")).body.total).toBe(0);
    expect(kinds(await get("/attention?area=finance"))).toEqual(["tax-unmapped"]);
    expect((await get("/attention?area=&sort=sideways&page=x&perPage=9999")).body).toMatchObject({ total: 2, page: 1, perPage: 25 });
    expect((await get("/attention?page=9")).body).toMatchObject({ total: 2, rows: [] });
  });

  it("only what tells can be dismissed, by who may operate", async () => {
    const { post, get } = await api(exceptionRoutes, store, { role: "operate" });
    expect((await post("/attention/dismiss", { key: "tax-unmapped:2:with" })).status).toBe(409);
    expect((await post("/attention/dismiss", { key: "sku-unknown:MUG-BLU" })).status).toBe(200);
    expect((await post("/attention/dismiss", { key: "gone" })).status).toBe(404);
    expect((await get("/attention")).body.total).toBe(1);
    const { post: viewer } = await api(exceptionRoutes, store, { role: "view" });
    expect((await viewer("/attention/dismiss", { key: "sku-unknown:MUG-BLU" })).status).toBe(403);
  });

  it("several are put aside at once and taken back; what only looks may do neither", async () => {
    const { post, get } = await api(exceptionRoutes, store, { role: "operate" });
    const keys = ["sku-unknown:MUG-BLU", "tax-unmapped:2:with"];
    expect((await post("/attention/dismiss", { keys })).body).toEqual({ dismissed: true, keys: ["sku-unknown:MUG-BLU"], left: 1 });
    expect((await get("/attention?read=1")).body).toMatchObject({ total: 1, rows: [{ kind: "sku-unknown", readAt: iso(NOW) }] });
    expect((await post("/attention/restore", { keys: ["sku-unknown:MUG-BLU"] })).body).toEqual({ restored: 1 });
    expect((await post("/attention/restore", { keys: ["sku-unknown:MUG-BLU"] })).status).toBe(404);
    expect((await get("/attention")).body.total).toBe(2);
    expect((await post("/attention/dismiss", { keys: [] })).status).toBe(400);
    const { post: viewer } = await api(exceptionRoutes, store, { role: "view" });
    expect((await viewer("/attention/restore", { keys })).status).toBe(403);
  });

  it("one order's problem leads to both sides; one of many orders to none", async () => {
    const { get } = await api(exceptionRoutes, store);
    const { rows } = (await get("/attention")).body;
    expect(rows.find((row: { kind: string }) => row.kind === "sku-unknown").sides).toMatchObject({
      orderId: 77,
      sale: null,
      saleNumber: null,
    });
    expect(rows.find((row: { kind: string }) => row.kind === "tax-unmapped").sides).toBeUndefined();
  });
});
