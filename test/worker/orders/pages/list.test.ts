import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import type { OrderRow } from "../../../../worker/contract/index.ts";
import { orderPayments } from "../../../../worker/lib/db/schema/tables.ts";
import { exportRoutes } from "../../../../worker/orders/pages/export-routes.ts";
import { unpaidMoneyAfter } from "../../../../worker/orders/pages/list-store.ts";
import { orderRoutes } from "../../../../worker/orders/pages/routes.ts";
import { unpaidRoutes } from "../../../../worker/orders/pages/unpaid-routes.ts";
import { raise } from "../../../../worker/problems/store.ts";
import { ACCOUNT, addOrder, addStore, api, db, iso, OTHER_ACCOUNT, tenant } from "../../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());
const ids = (reply: { body: { rows: OrderRow[] } }) => reply.body.rows.map((r) => r.id);

describe("lists page, search and sort on the server", () => {
  beforeEach(async () => {
    await addOrder(1, {
      state: "pending",
      customer: "Åsa Öberg",
      email: "asa@example.com",
      total: "100.00",
      totalSort: 10000,
      currency: "AUD",
    });
    await addOrder(2, { state: "held", customer: "bea 100%_Co", total: "9.00", totalSort: 900, note: "tax" });
    await addOrder(3, {
      state: "sent",
      customer: "Carl",
      saleId: "s-3",
      saleNumber: "SO-00731",
      stages: "ordered,invoiced",
      totalSort: 5000,
    });
    await addOrder(4, {
      state: "not-taken",
      customer: "Dora",
      note: "It is not paid yet.",
      ordered: [{ sku: "MUG-BLU", quantity: 1 }],
    });
    await addOrder(5, {
      state: "failed",
      customer: "Emil",
      ordered: [{ sku: "TEE", quantity: 1 }],
      picture: { came: [{ label: "Note", value: "mug-blu please" }], cameLines: [] },
    });
  });

  it("Pending orders is what is not yet in Cin7, Log everything", async () => {
    const { get } = await api(orderRoutes, store, { role: "view" });
    expect(ids(await get("/orders?view=pending"))).toEqual([5, 2, 1]);
    expect(ids(await get("/orders?view=log"))).toEqual([5, 4, 3, 2, 1]);
    expect(ids(await get("/orders?view=log&state=sent"))).toEqual([3]);
    expect(await get("/orders?view=pending&state=sent")).toMatchObject({ body: { rows: [], total: 0 } });
  });

  it("filtered by the days on which they were placed, in the store's zone, and by what is wrong with them", async () => {
    // 1 November in Melbourne begins at 13:00 UTC of the day before.
    await addOrder(31, { placedAt: "2026-10-31T12:59:59.000Z" });
    await addOrder(32, { placedAt: "2026-10-31T13:00:00.000Z" });
    await addOrder(33, { placedAt: "2026-11-01T12:59:59.000Z" });
    await addOrder(34, { placedAt: "2026-11-01T13:00:00.000Z" });
    await raise(db(), tenant(), [{ kind: "test-payment", orderId: 33 }], 33, iso());
    const { get } = await api(orderRoutes, { ...store, timeZone: "Australia/Melbourne" });
    expect(ids(await get("/orders?from=2026-11-01&to=2026-11-01"))).toEqual([33, 32]);
    expect(ids(await get("/orders?problem=test-payment"))).toEqual([33]);
    expect(await get("/orders?problem=tax-unmapped")).toMatchObject({ body: { rows: [], total: 0 } });
    expect(ids(await get("/orders?from=sideways&problem=%27&q=33"))).toEqual([33]);
  });

  it("the file holds exactly what the list shows, all pages of it, and covers who bought for who may only look", async () => {
    const { text: file } = await api(exportRoutes, store);
    const text = (await file("/orders.csv?view=pending&perPage=1")).body;
    const rows = text.trimEnd().split("\r\n");
    expect(rows[0]).toBe("order,placedAt,customer,total,currency,status,state,reason,saleNumber,stages,updatedAt");
    expect(rows.slice(1).map((row) => row.split(",")[0])).toEqual(["1", "2", "5"]);
    expect(rows[2]).toContain(",held,tax,");
    const { text: viewer } = await api(exportRoutes, store, { role: "view" });
    expect((await viewer("/orders.csv?q=SO-00731")).body).toMatch(/\r\n3,[^,]+,•••,/);
  });

  it("F47: the sales whose money has no account are listed with amount, method and sale; not what is paid, void or of another store", async () => {
    const payment = {
      storeHash: "abc123",
      accountId: ACCOUNT,
      method: "Zip",
      amount: "12.50",
      currency: "AUD",
      reference: "r",
      updatedAt: iso(),
    };
    const left = { ...payment, paidAt: iso(), state: "left-out" as const };
    const sent = { state: "sent" as const, saleId: "s", saleNumber: "SO-1" };
    await addOrder(21, { ...sent, stages: "ordered,invoiced,part-paid" });
    await addOrder(22, { ...sent, stages: "ordered,invoiced,paid" });
    await addOrder(23, { ...sent, stages: "ordered,voided" });
    await addOrder(24, { ...sent, storeHash: "zzz999" });
    await addOrder(25, { ...sent, stages: "ordered,invoiced" });
    const rows = [21, 22, 23].map((orderId) => ({ ...left, orderId, mark: `ls:${orderId}:1` }));
    const posted = { ...payment, orderId: 25, mark: "ls:25:1", account: "713", paidAt: iso(), state: "posted" as const };
    // More than the order is paid already: compared by hand, no account is missing.
    const over = { ...left, orderId: 25, mark: "ls:25:2", account: "713" };
    const other = { ...left, storeHash: "zzz999", orderId: 24, mark: "ls:24:1" };
    for (const row of [...rows, posted, over, other]) await db().insert(orderPayments).values(row);
    const { get } = await api(orderRoutes, store, { role: "view" });
    const { body } = await get("/orders?view=log&state=unpaid");
    expect(body).toMatchObject({
      total: 1,
      rows: [{ id: 21, saleNumber: "SO-1", unpaid: [{ method: "Zip", amount: "12.50", currency: "AUD" }] }],
    });
    expect((await get("/orders?view=pending&state=unpaid")).body.total).toBe(0);
    const { text } = await api(unpaidRoutes, store, { role: "view" });
    const file = await text("/orders/unpaid.csv");
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="lockstep-abc123-not-in-cin7-\d{4}-\d\d-\d\d\.csv"$/);
    expect(file.body.split("\r\n")).toEqual([
      "order,placedAt,customer,saleNumber,invoiceNumber,method,amount,currency,paidAt,reference",
      `21,${iso()},,SO-1,,Zip,12.50,AUD,${iso()},r`,
      "",
    ]);
    // A page that ends in the middle of an order goes on with its next payment.
    await db()
      .insert(orderPayments)
      .values({ ...left, orderId: 21, mark: "ls:21:2", amount: "3.00" });
    const first = await unpaidMoneyAfter(db(), tenant(), { order: 0, mark: "" }, 1);
    expect(first).toMatchObject([{ order: 21, amount: "12.50" }]);
    expect(await unpaidMoneyAfter(db(), tenant(), first[0] as { order: number; mark: string }, 1)).toMatchObject([
      { order: 21, amount: "3.00" },
    ]);
  });

  it.each([
    ["3", [3]],
    ["#3", [3]],
    ["CARL", [3]],
    ["asa@", [1]],
    ["so-00731", [3]],
    ["mug-blu", [4]],
    ["%", [2]],
    ["_", [2]],
    ["100%_co", [2]],
    ["'; DROP TABLE orders;--", []],
    ["x".repeat(400), []],
  ])("search %s", async (q, found) => {
    const { get } = await api(orderRoutes, store);
    expect(ids(await get(`/orders?q=${encodeURIComponent(q)}`))).toEqual(found);
  });

  it("sorts amounts as amounts and names without case; pages with the number of all", async () => {
    const { get } = await api(orderRoutes, store);
    expect(ids(await get("/orders?sort=total&dir=desc&perPage=2"))).toEqual([1, 3]);
    expect(ids(await get("/orders?sort=customer&dir=asc&perPage=1"))).toEqual([2]);
    expect((await get("/orders?sort=id&dir=asc&page=2&perPage=2")).body).toMatchObject({
      total: 5,
      page: 2,
      perPage: 2,
      rows: [{ id: 3 }, { id: 4 }],
    });
    expect((await get("/orders?perPage=1000&page=-1&sort=email")).body).toMatchObject({ page: 1, perPage: 25 });
  });

  it("a row says in words where the order is, with a link to the sale", async () => {
    await raise(
      db(),
      tenant(),
      [
        { kind: "tax-unmapped", classId: 1, className: "x", side: "with" },
        { kind: "charge-missing", charge: "fee" },
      ],
      2,
      iso(),
    );
    const { get } = await api(orderRoutes, store);
    const { rows } = (await get("/orders")).body as { rows: OrderRow[] };
    expect(rows.find((r) => r.id === 2)).toMatchObject({ state: "held", note: { is: "said", text: "tax" }, problems: 2 });
    expect(rows.find((r) => r.id === 3)).toMatchObject({
      note: { is: "said", text: "In Cin7 as SO-00731" },
      stages: ["ordered", "invoiced"],
      saleUrl: "https://inventory.dearsystems.com/Sale#s-3",
      problems: 0,
    });
    expect(rows.find((r) => r.id === 4)?.note).toEqual({ is: "said", text: "It is not paid yet." });
  });

  it("tenancy: another store's and another account's orders never show", async () => {
    await addStore("zzz999");
    await addOrder(77, { storeHash: "zzz999", customer: "Carl" });
    await addOrder(78, { accountId: OTHER_ACCOUNT, customer: "Carl" });
    const { get, post } = await api(orderRoutes, store);
    expect((await get("/orders")).body.total).toBe(5);
    expect(ids(await get("/orders?q=carl"))).toEqual([3]);
    expect((await get("/orders/77")).status).toBe(404);
    expect((await get("/orders/78")).status).toBe(404);
    expect((await post("/orders/77/process")).status).toBe(404);
  });
});
