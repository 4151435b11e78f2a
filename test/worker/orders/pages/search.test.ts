import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { listOrders } from "../../../../worker/orders/pages/list-store.ts";
import { addOrder, db, tenant } from "../../../harness/api.ts";

/** Searching over orders: what is found, and what is read for it. */
const search = async (q: string, persons = true) =>
  (await listOrders(db(), tenant(), { states: null, q, persons, sort: "id", dir: "asc", limit: 25, offset: 0 })).rows.map(
    (row) => row.orderId,
  );

async function shop() {
  await addOrder(1001, {
    customer: "Olive Ümläut",
    email: "olive@example.org",
    saleNumber: "SO-00731",
    ordered: [{ sku: "TEE-mer/1", quantity: 2 }],
  });
  await addOrder(1002, { customer: 'Bob "Bo" O\'Neil', email: "bob@example.org", ordered: [{ sku: 'odd "7\\8"', quantity: 1 }] });
  await addOrder(1003, { customer: "100% _wild_", ordered: null });
}

it("finds a part of the number of order or sale, a SKU, name or e-mail, however they are written, and nothing by the form of what is kept", async () => {
  await shop();
  expect(await search("1001")).toEqual([1001]);
  expect(await search("#1002")).toEqual([1002]);
  expect(await search("so-007")).toEqual([1001]);
  expect(await search("MER/1")).toEqual([1001]);
  expect(await search('D "7\\8')).toEqual([1002]);
  expect(await search("OLIVE Ü")).toEqual([1001]);
  expect(await search("BOB@")).toEqual([1002]);
  expect(await search('"bo"')).toEqual([1002]);
  expect(await search("% _")).toEqual([1003]);
  for (const none of ["sku", "quantity", "{", "_x", "-1"]) expect([none, await search(none)]).toEqual([none, []]);
});

it("finds no person for who may only look", async () => {
  await shop();
  expect([await search("bob", false), await search("olive", false), await search("TEE-", false)]).toEqual([[], [], [1001]]);
});

it("tells how many there are on each page, and on one that is there no more", async () => {
  for (let id = 1; id <= 30; id++) await addOrder(id, { saleNumber: `SO-${id}`, state: id % 2 ? "held" : "sent" });
  const page = async (offset: number, states: ["held"] | null = null) => {
    const { rows, total } = await listOrders(db(), tenant(), {
      states,
      q: "so-",
      persons: true,
      sort: "id",
      dir: "desc",
      limit: 10,
      offset,
    });
    return [rows.map((row) => row.orderId)[0], rows.length, total];
  };
  expect([await page(0), await page(20), await page(40), await page(0, ["held"])]).toEqual([
    [30, 10, 30],
    [10, 10, 30],
    [undefined, 0, 30],
    [29, 10, 15],
  ]);
});

it("is the same however many are looked at in one statement, in each order, and so is a list that no index has in its order", async () => {
  for (let id = 1; id <= 23; id++)
    await addOrder(id, {
      customer: `Shopper ${(id * 7) % 5}`,
      totalSort: (id * 11) % 6,
      placedAt: `2026-01-0${1 + ((id * 3) % 4)}T09:00:00.000Z`,
      state: id % 3 ? "sent" : "held",
      saleNumber: id % 2 ? `SO-${id}` : null,
    });
  await addOrder(-202601050900000, { customer: "Shopper 1" });
  for (const q of ["", "so-", "shopper 1"])
    for (const sort of ["id", "placedAt", "total", "customer", "updatedAt"] as const)
      for (const dir of ["asc", "desc"] as const) {
        const asked = { states: ["sent" as const], q, persons: true, sort, dir, limit: 4, offset: 3 };
        const whole = await listOrders(db(), tenant(), asked);
        const all = (await listOrders(db(), tenant(), { ...asked, limit: 100, offset: 0 })).rows;
        expect(whole.rows).toEqual(all.slice(3, 7));
        expect([whole.total, all.every((row) => row.orderId > 0)]).toEqual([all.length, true]);
        for (const atOnce of [1, 4, 23])
          expect([q, sort, dir, await listOrders(db(), tenant(), asked, atOnce)]).toEqual([q, sort, dir, whole]);
      }
});

it("finds digits in what people see only, never in how many there are of a SKU", async () => {
  await addOrder(1001, { ordered: [{ sku: "A", quantity: 12345 }] });
  await addOrder(1002, { ordered: [{ sku: "X-1234-5", quantity: 1 }] });
  await addOrder(1003, { saleNumber: "SO-12349" });
  expect(await search("1234")).toEqual([1002, 1003]);
  expect([await search("1"), await search(",1"), await search('",'), await search("},{")]).toEqual([[1002, 1003], [], [], []]);
});

it.each(["olive", "TEE-", "SO-", "nothing"])(
  "reads the index alone for %s, of its own store alone, in one pass; rows are read of what is found",
  async (q) => {
    await shop();
    await addOrder(1004, { storeHash: "other1", customer: "Olive Other", saleNumber: "SO-1", ordered: [{ sku: "TEE-1", quantity: 1 }] });
    const asked: string[] = [];
    const prepare = vi.spyOn(env.DB, "prepare").mockImplementation((query) => {
      asked.push(query);
      return Object.getPrototypeOf(env.DB).prepare.call(env.DB, query);
    });
    expect(await search(q)).not.toContain(1004);
    prepare.mockRestore();
    const [query = ""] = asked.filter((text) => text.includes("instr("));
    const params = Array.from({ length: query.split("?").length - 1 }, () => 1);
    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`)
      .bind(...params)
      .all<{ detail: string }>();
    const details = plan.results.map((row) => row.detail);
    expect(details.filter((detail) => /\bs\b/.test(detail))).toEqual([
      "SEARCH s USING COVERING INDEX orders_sought (store_hash=? AND order_id>? AND order_id<?)",
    ]);
    expect(details.filter((detail) => /\borders\b/.test(detail))).toEqual([
      expect.stringMatching(/^SEARCH orders USING INDEX \S+ \(store_hash=\? AND order_id=\?\)$/),
    ]);
  },
);
