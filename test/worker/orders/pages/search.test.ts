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

it("reads the index alone, of its own store alone: rows with all that is kept of an order are read where they fit", async () => {
  await shop();
  await addOrder(1004, { storeHash: "other1", customer: "Olive Other" });
  const asked: string[] = [];
  const prepare = vi.spyOn(env.DB, "prepare").mockImplementation((query) => {
    asked.push(query);
    return Object.getPrototypeOf(env.DB).prepare.call(env.DB, query);
  });
  expect(await search("olive")).toEqual([1001]);
  prepare.mockRestore();
  const [query = ""] = asked.filter((text) => text.includes("instr("));
  const params = Array.from({ length: query.split("?").length - 1 }, () => "x");
  const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`)
    .bind(...params)
    .all<{ detail: string }>();
  expect(plan.results.map((row) => row.detail)).toContainEqual(
    expect.stringMatching(/^SEARCH s USING COVERING INDEX orders_sought \(store_hash=\? AND order_id>\?\)$/),
  );
  // Once, for the rows and for their number.
  expect(plan.results.filter((row) => row.detail.startsWith("SEARCH s "))).toHaveLength(1);
  expect(plan.results.map((row) => row.detail)).toContainEqual(
    expect.stringMatching(/^SEARCH orders USING INDEX \S+ \(store_hash=\? AND order_id=\?\)$/),
  );
});
