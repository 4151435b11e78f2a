import { afterEach, expect, it, vi } from "vitest";
import * as z from "zod";
import { mirrorProducts, refreshProducts } from "../../../worker/catalogue/mirror-flow.ts";
import { cin7 as client } from "../../../worker/cin7/client.ts";
import { readList } from "../../../worker/cin7/pages.ts";
import type { AccountContext } from "../../../worker/inbox/flow.ts";
import { products, settingsVersions } from "../../../worker/lib/db/schema/tables.ts";
import type { Exchange } from "../../../worker/lib/http.ts";
import { ACCOUNT, STORE, stage } from "../../harness/stage.ts";
import { accountContext, linkedStore, saleId } from "../reconcile/context.ts";

afterEach(() => vi.restoreAllMocks());

const COUNT = 1100;
const all = Array.from({ length: COUNT }, (_, n) => ({
  ID: saleId(n + 1),
  SKU: `SKU-${n + 1}`,
  Name: `Product ${n + 1}`,
  Type: "Stock",
  Status: "Active",
}));
/** Nearly 9 kB each: a page of 1,000 is more than 8 MB, one of 500 is not. */
const DESCRIPTION = "x".repeat(8_800);

/** Cin7's list over real HTTP handling, with long descriptions; what was asked and how it was judged comes back. */
async function shop() {
  const s = stage();
  await linkedStore(s);
  const document = { orders: { on: true } };
  const saved = { savedBy: "Ann", savedAt: new Date(s.state.now).toISOString() };
  await s.db.insert(settingsVersions).values({ storeHash: STORE, version: 1, accountId: ACCOUNT, document, changes: [], ...saved });
  const met: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const query = new URL(String(input)).searchParams;
    const [page, limit] = [Number(query.get("Page")), Number(query.get("Limit"))];
    const rows = all.slice((page - 1) * limit, page * limit).map((row) => ({ ...row, Description: DESCRIPTION }));
    return Response.json({ Total: COUNT, Page: page, Products: rows });
  });
  const options = { apiUrl: "http://127.0.0.1:8788/cin7", account: ACCOUNT as never, key: "k", timeScale: 0.1, cls: "catalogue" as const };
  const cin7 = client({
    ...options,
    ask: async () => ({ granted: true }),
    throttled: async () => {},
    onExchange: ({ path, answer }: Exchange) =>
      met.push(
        `${new URLSearchParams(path.split("?")[1]).get("Page")} of ${new URLSearchParams(path.split("?")[1]).get("Limit")}: ${answer.is}`,
      ),
  });
  return { s, met, c: { ...accountContext(s, () => ({ is: "trouble", why: "reset", status: null })).c, cin7 } as AccountContext };
}

it("1,000 products with long descriptions are more than is read at once: half as many are asked for, and all of them arrive", async () => {
  const { s, met, c } = await shop();
  expect(await mirrorProducts(c, 1)).toMatchObject({ is: "done", next: [{ kind: "products.mirror", page: 2 }] });
  expect(met).toEqual(["1 of 1000: too-large", "1 of 500: ok", "2 of 500: ok"]);
  expect(await mirrorProducts(c, 2)).toMatchObject({ is: "done", next: [{ kind: "products.refresh" }] });
  expect(await s.db.$count(products)).toBe(COUNT);
});

it("so many changed that one answer cannot hold them: they arrive all the same", async () => {
  const { s, c } = await shop();
  await refreshProducts(c);
  s.state.now += 1000;
  expect(await refreshProducts(c)).toMatchObject({ is: "done", note: `${COUNT} changed products read.` });
  expect(await s.db.$count(products)).toBe(COUNT);
});

it("a list for Setup is read to its end in smaller pages", async () => {
  const { met, c } = await shop();
  const read = await readList(c.cin7, { path: "/product", key: "Products", row: z.object({ SKU: z.string() }) }, {}, 40);
  expect(read.is === "read" && read.value.map((row) => row.SKU)).toEqual(all.map((row) => row.SKU));
  expect(met[0]).toBe("1 of 1000: too-large");
});
