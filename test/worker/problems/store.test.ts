import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { problemOrders, problems, stores } from "../../../worker/lib/db/schema/tables.ts";
import { listProblems } from "../../../worker/problems/attention-store.ts";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { clearKeys, clearOrder, dismiss, pruneProblems, raise, restore } from "../../../worker/problems/store.ts";
import { ACCOUNT, addStore, db, iso, NOW, OTHER_ACCOUNT, tenant } from "../../harness/api.ts";

const t = tenant();
const tax = (classId: number): Problem => ({ kind: "tax-unmapped", classId, className: `Class ${classId}`, side: "with" });
const sku = (held: boolean): Problem => ({ kind: "sku-unknown", sku: "MUG", name: "Mug", held });
const all = async (more: Partial<Parameters<typeof listProblems>[2]> = {}, of = t) =>
  listProblems(db(), of, { area: null, sort: "raisedAt", dir: "desc", limit: 100, offset: 0, ...more });
const open = async (of = t) => (await all({ sort: "orders" }, of)).rows.map((row) => [row.key, row.orders]);

beforeEach(async () => {
  await addStore();
});

describe("problems are keyed: raised once, self-clearing (decision 1.6)", () => {
  it("one missing mapping is one problem, however many orders wait for it", async () => {
    for (const id of [3, 1, 2]) await raise(db(), t, [tax(2)], id, iso(NOW + id));
    const { rows, total } = await all();
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ key: "tax-unmapped:2:with", orders: [1, 2, 3], orderCount: 3, holds: true, raisedAt: iso(NOW + 3) });
  });

  it("an order is held by all its problems at once; two lines of one cause are one", async () => {
    await raise(db(), t, [tax(1), tax(2), tax(1)], 7, iso());
    expect(await open()).toEqual([
      ["tax-unmapped:1:with", [7]],
      ["tax-unmapped:2:with", [7]],
    ]);
  });

  it("an order that passes leaves its problems; the last one clears them", async () => {
    await raise(db(), t, [tax(1), tax(2)], 7, iso());
    await raise(db(), t, [tax(2)], 8, iso());
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    expect(await open()).toEqual([["tax-unmapped:2:with", [8]]]);
    await clearOrder(db(), t, { orderId: 8, keep: [], goesOn: false }, iso());
    expect(await open()).toEqual([]);
    expect(await db().select().from(problemOrders).all()).toEqual([]);
  });

  it("an order on its way to Cin7 does not end the stocktake that it waits for; the run that asks Cin7 does (M36)", async () => {
    await raise(db(), t, [tax(1), { kind: "stocktake-open", location: "Main Warehouse" }], 7, iso());
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: true }, iso());
    expect(await open()).toEqual([["stocktake-open:main warehouse", [7]]]);
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    expect(await open()).toEqual([]);
  });

  it("an order that is held again keeps what still holds it", async () => {
    await raise(db(), t, [tax(1), tax(2)], 7, iso());
    await raise(db(), t, [tax(2)], 7, iso());
    await clearOrder(db(), t, { orderId: 7, keep: ["tax-unmapped:2:with"], goesOn: false }, iso());
    expect(await open()).toEqual([["tax-unmapped:2:with", [7]]]);
  });

  it("what only tells stays when the order goes on, until somebody has read it", async () => {
    await raise(db(), t, [sku(false)], 7, iso());
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    expect(await open()).toEqual([["sku-unknown:MUG", [7]]]);
    expect(await dismiss(db(), t, ["sku-unknown:MUG"], iso())).toEqual({ aside: ["sku-unknown:MUG"], rest: "none" });
    expect(await open()).toEqual([]);
  });

  it("dismissed and told again: silent for the same order, open for another one or with something new", async () => {
    await raise(db(), t, [sku(false)], 7, iso());
    await dismiss(db(), t, ["sku-unknown:MUG"], iso());
    await raise(db(), t, [sku(false)], 7, iso(NOW + 1000));
    expect(await open()).toEqual([]);
    await raise(db(), t, [sku(false)], 8, iso(NOW + 2000));
    expect(await open()).toEqual([["sku-unknown:MUG", [8]]]);
    const change = (what: "cancelled" | "total"): Problem => ({ kind: "changed-after-sale", orderId: 9, saleNumber: "SO-1", what });
    await raise(db(), t, [change("total")], 9, iso());
    await dismiss(db(), t, ["changed-after-sale:9"], iso());
    await raise(db(), t, [change("cancelled")], 9, iso());
    expect((await all({}, t)).rows.map((r) => r.key)).toContain("changed-after-sale:9");
  });

  it("what holds an order cannot be dismissed", async () => {
    await raise(db(), t, [tax(1)], 7, iso());
    expect(await dismiss(db(), t, ["tax-unmapped:1:with"], iso())).toEqual({ aside: [], rest: "holds" });
    expect(await dismiss(db(), t, ["nothing"], iso())).toEqual({ aside: [], rest: "unknown" });
  });

  it("a cleared problem that comes back opens again with its new time and only its new orders", async () => {
    await raise(db(), t, [tax(1)], 7, iso());
    await clearKeys(db(), t, ["tax-unmapped:1:with"], iso(NOW + 1));
    await raise(db(), t, [tax(1)], 8, iso(NOW + 5));
    expect((await all()).rows[0]).toMatchObject({ orders: [8], raisedAt: iso(NOW + 5) });
  });

  it("a problem without an order is cleared by its key only", async () => {
    await raise(db(), t, [{ kind: "cin7-denied" }], null, iso());
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    expect(await open()).toEqual([["cin7-denied", []]]);
    await clearKeys(db(), t, ["cin7-denied"], iso());
    expect(await open()).toEqual([]);
  });

  it("the order in the facts counts when the work had none", async () => {
    await raise(db(), t, [{ kind: "twin-sale", orderId: 12, saleNumbers: ["SO-1", "SO-2"] }], null, iso());
    expect(await open()).toEqual([["twin-sale:12", [12]]]);
  });
});

describe("what was read", () => {
  it("stands in a list of its own, the last first, and can be taken back as it stood", async () => {
    await raise(db(), t, [sku(false)], 7, iso(NOW));
    await raise(db(), t, [{ kind: "unpaid-released", orderId: 9, days: 7 }], 9, iso(NOW + 1));
    await dismiss(db(), t, ["sku-unknown:MUG"], iso(NOW + 5));
    await dismiss(db(), t, ["unpaid-released:9"], iso(NOW + 6));
    const read = async () => (await all({ read: true })).rows.map((row) => [row.key, row.readAt]);
    expect(await read()).toEqual([
      ["unpaid-released:9", iso(NOW + 6)],
      ["sku-unknown:MUG", iso(NOW + 5)],
    ]);
    expect(await restore(db(), t, ["sku-unknown:MUG", "nothing"])).toBe(1);
    expect((await all()).rows).toMatchObject([{ key: "sku-unknown:MUG", orders: [7], raisedAt: iso(NOW), readAt: null }]);
    expect((await read()).map(([key]) => key)).toEqual(["unpaid-released:9"]);
  });

  it("what ended by itself was read by nobody, and is not taken back", async () => {
    await raise(db(), t, [{ kind: "cin7-denied" }], null, iso());
    await clearKeys(db(), t, ["cin7-denied"], iso());
    expect((await all({ read: true })).total).toBe(0);
    expect(await restore(db(), t, ["cin7-denied"])).toBe(0);
  });

  it("several at once: what holds orders stays, the rest goes", async () => {
    await raise(db(), t, [tax(1), sku(false)], 7, iso());
    expect(await dismiss(db(), t, ["tax-unmapped:1:with", "sku-unknown:MUG"], iso())).toEqual({
      aside: ["sku-unknown:MUG"],
      rest: "holds",
    });
    expect(await open()).toEqual([["tax-unmapped:1:with", [7]]]);
  });

  it("told again with something new it is open, and no longer among what was read", async () => {
    await raise(db(), t, [sku(false)], 7, iso());
    await dismiss(db(), t, ["sku-unknown:MUG"], iso());
    await raise(db(), t, [sku(false)], 8, iso(NOW + 1));
    expect((await all({ read: true })).total).toBe(0);
  });
});

describe("lists", () => {
  it("by urgency: what must not leave, then what stops all, then what waits, then the books, then news; few of a kind before many", async () => {
    const refund = (id: number): Problem => ({
      ...{ kind: "refund-to-enter", orderId: id, refund: "1", by: "record", amount: "9.00", tax: "", currency: "AUD", tender: "" },
      ...{ on: "", sale: id, saleNumber: "SO-1" },
    });
    await raise(db(), t, [sku(false)], 7, iso(NOW));
    await raise(db(), t, [{ kind: "payment-unmapped", method: "Afterpay" }], 8, iso(NOW));
    for (const id of [31, 32, 33]) await raise(db(), t, [refund(id)], id, iso(NOW + id));
    await raise(db(), t, [tax(1)], 9, iso(NOW));
    for (const id of [10, 11]) await raise(db(), t, [tax(2)], id, iso(NOW + 1));
    await raise(db(), t, [{ kind: "cin7-denied" }], null, iso(NOW + 90));
    await raise(db(), t, [{ kind: "changed-after-sale", orderId: 12, saleNumber: "SO-2", what: "cancelled" }], 12, iso(NOW + 99));
    const keys = [
      "changed-after-sale:12",
      ...["refund-to-enter:31:1", "refund-to-enter:32:1", "refund-to-enter:33:1"],
      "cin7-denied",
      ...["tax-unmapped:2:with", "tax-unmapped:1:with"],
      "payment-unmapped:afterpay",
      "sku-unknown:MUG",
    ];
    expect((await all({ sort: "urgency" })).rows.map((row) => row.key)).toEqual(keys);
    // A page goes on where the last one ended.
    expect((await all({ sort: "urgency", limit: 3, offset: 3 })).rows.map((row) => row.key)).toEqual(keys.slice(3, 6));
  });

  it("page, sort and filter on the server", async () => {
    for (let i = 1; i <= 5; i++) for (let order = 0; order < i; order++) await raise(db(), t, [tax(i)], i * 10 + order, iso(NOW + i));
    await raise(db(), t, [{ kind: "test-payment", orderId: 1 }], 1, iso(NOW + 9));
    expect((await all({ sort: "orders", limit: 2, offset: 1 })).rows.map((r) => r.key)).toEqual([
      "tax-unmapped:4:with",
      "tax-unmapped:3:with",
    ]);
    expect((await all({ limit: 2, dir: "asc" })).rows.map((r) => r.key)).toEqual(["tax-unmapped:1:with", "tax-unmapped:2:with"]);
    expect(await all({ area: "shop" })).toMatchObject({ total: 1, rows: [{ key: "test-payment:1" }] });
    expect((await all({ limit: 2 })).total).toBe(6);
  });

  it("more than 100 problems of one order fit one statement", async () => {
    const many = Array.from({ length: 300 }, (_, i): Problem => ({ kind: "sku-unknown", sku: `SKU-${i}`, name: "x", held: true }));
    await raise(db(), t, many, 7, iso());
    expect((await all()).total).toBe(300);
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    expect((await all()).total).toBe(0);
  });

  it("tenancy: another store's or account's rows never show and are never touched", async () => {
    await addStore("zzz999");
    const other = tenant("zzz999");
    await raise(db(), t, [tax(1)], 7, iso());
    await raise(db(), other, [tax(1)], 7, iso());
    expect(await open(tenant("abc123", OTHER_ACCOUNT))).toEqual([]);
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    await clearKeys(db(), t, ["tax-unmapped:1:with"], iso());
    expect((await dismiss(db(), t, ["tax-unmapped:1:with"], iso())).aside).toEqual([]);
    expect(await restore(db(), t, ["tax-unmapped:1:with"])).toBe(0);
    expect(await open(other)).toEqual([["tax-unmapped:1:with", [7]]]);
  });

  it("of an older epoch nothing is written (design 5)", async () => {
    await db().update(stores).set({ epoch: 2 }).where(eq(stores.hash, "abc123")).run();
    await raise(db(), t, [tax(1)], 7, iso());
    expect(await db().select().from(problems).all()).toEqual([]);
    const present = tenant("abc123", ACCOUNT, 2);
    await raise(db(), present, [tax(1)], 7, iso());
    await clearOrder(db(), t, { orderId: 7, keep: [], goesOn: false }, iso());
    await clearKeys(db(), t, ["tax-unmapped:1:with"], iso());
    expect(await open(present)).toEqual([["tax-unmapped:1:with", [7]]]);
  });

  it("cleared ones are forgotten after 90 days, open ones never", async () => {
    await raise(db(), t, [tax(1), tax(2)], 7, iso(NOW - 100 * 86_400_000));
    await clearKeys(db(), t, ["tax-unmapped:1:with"], iso(NOW - 91 * 86_400_000));
    await pruneProblems(db(), t, NOW);
    expect((await db().select().from(problems).all()).map((p) => p.key)).toEqual(["tax-unmapped:2:with"]);
  });
});
