import { afterEach, describe, expect, it, vi } from "vitest";
import { type BigCommerce, bigCommerce, freshQuota } from "../../../worker/bigcommerce/client.ts";
import { customerById } from "../../../worker/bigcommerce/customer.ts";
import { listHooks } from "../../../worker/bigcommerce/hooks.ts";
import * as lists from "../../../worker/bigcommerce/lists.ts";
import { metafieldsOf } from "../../../worker/bigcommerce/metafields.ts";
import { couponsOf, howPaidSince, linesOf, orderById, ordersPage, staffNotesOf, taxesOf } from "../../../worker/bigcommerce/order.ts";
import { taxClassOf } from "../../../worker/bigcommerce/products.ts";
import { unreadable } from "../../../worker/bigcommerce/reading.ts";
import { refundedSince, refundsOf } from "../../../worker/bigcommerce/refunds.ts";
import { taxClass } from "../../../worker/bigcommerce/schemas.ts";
import { readPriceBasis, readStore } from "../../../worker/bigcommerce/store.ts";
import { transactionsOf } from "../../../worker/bigcommerce/transactions.ts";
import type { StoreHash } from "../../../worker/lib/ids.ts";

const client = bigCommerce({
  ...{ apiUrl: "https://shop.test", hash: "demostore1" as StoreHash, token: "token" },
  ...{ timeScale: 1000, now: () => 0, quota: freshQuota() },
});
const asked: string[] = [];
function answers(...given: (Response | Error)[]) {
  asked.length = 0;
  let at = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    asked.push(String(input).replace("https://shop.test/stores/demostore1", ""));
    const next = given[Math.min(at++, given.length - 1)] as Response | Error;
    if (next instanceof Error) throw next;
    return next.clone();
  });
}
afterEach(() => vi.restoreAllMocks());

const READINGS: Record<string, (c: BigCommerce) => Promise<{ is: string }>> = {
  order: (c) => orderById(c, 1042),
  lines: (c) => linesOf(c, 1042),
  taxes: (c) => taxesOf(c, 1042),
  coupons: (c) => couponsOf(c, 1042),
  "a page of orders": (c) => ordersPage(c, {}, { page: 1, limit: 250 }, taxClass),
  "how orders were paid": (c) => howPaidSince(c, "2026-07-01T00:00:00Z"),
  "staff notes": (c) => staffNotesOf(c, 1042),
  transactions: (c) => transactionsOf(c, 1042),
  "refunds of an order": (c) => refundsOf(c, 1042),
  "orders with a refund": (c) => refundedSince(c, "2026-07-01T00:00:00Z"),
  customer: (c) => customerById(c, 7),
  "tax class of a product": (c) => taxClassOf(c, [11]),
  metafields: (c) => metafieldsOf(c, 1042, { namespace: "n", key: "k" }),
  hooks: listHooks,
  store: readStore,
  ...lists,
};
/** Every way in which BigCommerce does not do what it was asked. */
const ANSWERS: [name: string, answer: Response | Error, is: string][] = [
  ["404", Response.json({ title: "no" }, { status: 404 }), "missing"],
  ["422", Response.json({ title: "no" }, { status: 422 }), "refused"],
  ["401", Response.json({ title: "no" }, { status: 401 }), "denied"],
  ["403", Response.json({ title: "no" }, { status: 403 }), "denied"],
  ["429", new Response("", { status: 429 }), "throttled"],
  ["503", new Response("busy", { status: 503 }), "trouble"],
  ["a broken connection", new TypeError("reset"), "trouble"],
  ["half an answer", new Response('{"data":['), "trouble"],
  ["an HTML page", new Response("<html>busy</html>"), "trouble"],
  ["another shape", Response.json("no"), "trouble"],
];

describe("each answer of BigCommerce means the same for each resource: what is of another shape is never an empty list", () => {
  it.each(Object.entries(READINGS))("%s", async (_, read) => {
    for (const [name, answer, is] of ANSWERS) {
      answers(answer);
      const got = await read(client);
      const seen = got.is === "malformed" ? unreadable({ is: "malformed", fields: [] }) : got;
      expect([name, seen.is]).toEqual([name, is]);
    }
  });
});

describe("what is read", () => {
  const row = (id: number) => ({ id, name: `class ${id}` });
  const full = Response.json(Array.from({ length: 250 }, (_, n) => ({ id: n, code: "A", amount: "1", type: 1, discount: "1" })));

  it("204 is an empty list, and an order without payments", async () => {
    answers(new Response(null, { status: 204 }));
    expect(await lists.taxClasses(client)).toEqual({ is: "read", value: [] });
    expect(await lists.channels(client)).toEqual({ is: "read", value: [] });
    expect(await transactionsOf(client, 1042)).toEqual({ is: "read", value: [] });
    expect(await couponsOf(client, 1042)).toEqual({ is: "read", value: [] });
  });

  it("a list is read until a page is not full; what is longer than we read is not told as if it were whole", async () => {
    answers(full, full, Response.json([{ id: 1, code: "A", amount: "1", type: 1, discount: "1" }]));
    expect((await couponsOf(client, 1042)) as { value?: unknown[] }).toMatchObject({ is: "read", value: { length: 501 } });
    answers(full);
    expect(await couponsOf(client, 1042)).toMatchObject({ is: "too-large" });
    expect(asked).toHaveLength(40);
  });

  it("a page of a list that is larger than we read is asked for in smaller ones, each row once, down to a single row (8 MB)", async () => {
    // 600 rows of 30 kB each, as many of them as a page asks for.
    const rows = Array.from({ length: 600 }, (_, n) => ({ id: n, code: "A".repeat(30_000), amount: "1", type: 1, discount: "1" }));
    answers(new Response());
    vi.mocked(fetch).mockImplementation(async (input) => {
      const { searchParams } = new URL(String(input));
      const [page, limit] = [Number(searchParams.get("page")), Number(searchParams.get("limit"))];
      return Response.json(
        rows.slice((page - 1) * limit, page * limit).map((each) => (limit > 125 ? { ...each, code: each.code.repeat(2) } : each)),
      );
    });
    const read = await couponsOf(client, 1042);
    expect(read.is === "read" && read.value.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    answers(Response.json([{ code: "A".repeat(8_100_000) }]));
    expect(await couponsOf(client, 1042)).toMatchObject({ is: "too-large" });
    expect(asked.map((each) => new URLSearchParams(each.split("?")[1]).get("limit"))).toEqual(["250", "125", "25", "5", "1"]);
  });

  it("of refunds of a store only their orders are read: one that is odd otherwise hides no other", async () => {
    const odd = { order_id: "7", total_amount: null, payments: "none" };
    answers(Response.json({ data: [odd, { order_id: 8 }, { order_id: 8 }] }));
    expect(await refundedSince(client, "2026-07-01T00:00:00Z")).toEqual({ is: "read", value: [7, 8] });
    answers(Response.json({ data: [{ order_id: null }] }));
    expect(await refundedSince(client, "2026-07-01T00:00:00Z")).toEqual({ is: "malformed", fields: ["data.0.order_id"] });
  });

  it("refunds of a store are read like every list: to their end, in smaller pages, and never cut as if they were whole", async () => {
    const page = (from: number) => Response.json({ data: Array.from({ length: 250 }, (_, n) => ({ order_id: from + n })) });
    answers(page(0), page(250), Response.json({ data: [{ order_id: 500 }] }));
    expect(await refundedSince(client, "2026-07-01T00:00:00Z")).toMatchObject({ is: "read", value: { length: 501 } });
    answers(page(0));
    expect(await refundedSince(client, "2026-07-01T00:00:00Z")).toMatchObject({ is: "too-large" });
    expect(asked).toHaveLength(40);
    answers(Response.json({ data: ["A".repeat(8_100_000)] }), Response.json({ data: [{ order_id: 1 }] }));
    expect(await refundedSince(client, "2026-07-01T00:00:00Z")).toEqual({ is: "read", value: [1] });
    expect(asked.map((each) => new URLSearchParams(each.split("?")[1]).get("limit"))).toEqual(["250", "125"]);
  });

  it("names the fields that are not what they must be, under what they stand in", async () => {
    answers(Response.json({ data: [{ id: "seven" }] }));
    expect(await customerById(client, 7)).toEqual({ is: "malformed", fields: ["customer.data.0.id"] });
    answers(Response.json([row(1), { id: null }]));
    expect(await lists.taxClasses(client)).toEqual({ is: "malformed", fields: ["1.id"] });
  });

  it.each([null, "", true, 1.5])("an ID is a whole number, also as text; %j is none, and no call is made with it", async (id) => {
    const readings = { ...lists, metafields: READINGS["metafields"] as (typeof READINGS)[string] };
    for (const [name, field] of [
      ["customerGroups", "0.id"],
      ["locations", "data.0.id"],
      ["channels", "data.0.id"],
      ["metafields", "data.0.id"],
    ] as const) {
      const rows = (of: unknown) => {
        const row = [{ id: of, name: "A", label: "A", value: "A" }];
        return Response.json(field.startsWith("data") ? { data: row } : row);
      };
      answers(rows(id));
      expect([name, await readings[name](client)]).toEqual([name, { is: "malformed", fields: [field] }]);
      answers(rows("7"));
      expect(await readings[name](client)).toMatchObject({ is: "read", value: [{ id: 7 }] });
    }
  });

  it("a store that does not say how its prices are entered does not say it", async () => {
    answers(Response.json({}));
    expect(await readPriceBasis(client)).toEqual({ is: "read", value: {} });
  });

  it("products are asked for by 250, and none asks nothing", async () => {
    answers(Response.json({ data: [{ id: 11, sku: "A", tax_class_id: 3 }] }));
    expect(await taxClassOf(client, [])).toEqual({ is: "read", value: {} });
    expect(asked).toEqual([]);
    const ids = Array.from({ length: 251 }, (_, n) => n + 1);
    expect(await taxClassOf(client, ids)).toEqual({ is: "read", value: { 11: 3 } });
    expect(asked).toHaveLength(2);
  });
});
