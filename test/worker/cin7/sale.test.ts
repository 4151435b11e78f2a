import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PAGE } from "../../../worker/cin7/pages.ts";
import {
  createSale,
  findByMark,
  readBooks,
  readFulfilments,
  readSale,
  salesCreatedSince,
  salesUpdatedSince,
  searchSales,
  voidSale,
} from "../../../worker/cin7/sale.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { aSale, write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

const MARK = "ls:demostore1:1042:g1";
const HEADER = { Customer: "Web customer", Location: "Main Warehouse", SkipQuote: true, SaleType: "Simple", ExternalID: MARK };

describe("sales of Cin7 Core", () => {
  it("one that was created is found by its mark and read as it is, its void too", async () => {
    const id = await aSale(shop);
    expect(await findByMark(shop.client, MARK)).toMatchObject({ is: "read", value: [{ SaleID: id, Status: "ESTIMATED" }] });
    expect(await readSale(shop.client, id)).toMatchObject({ is: "read", value: { ID: id, CombinedShippingStatus: "NOT AVAILABLE" } });
    expect(await readBooks(shop.client, id)).toMatchObject({ is: "read", value: { Invoices: [] } });
    expect(await readFulfilments(shop.client, id)).toMatchObject({ is: "read" });
    expect(await write(voidSale(shop.client, id))).toBe(true);
    expect(await findByMark(shop.client, MARK)).toMatchObject({ is: "read", value: [{ Status: "VOIDED" }] });
  });

  it("only the whole mark counts, however Cin7 compares", async () => {
    shop.twins.cin7.switches.externalIdMatch = "prefix";
    await aSale(shop, `${MARK}1`);
    expect(await findByMark(shop.client, MARK)).toEqual({ is: "read", value: [] });
  });

  it("a page that is full is followed by the next one, in all lists of sales (design 3.3)", async () => {
    const row = (n: number, ExternalID: string) => ({ SaleID: String(n), ExternalID, Status: "ORDERED" });
    const pages = [Array.from({ length: PAGE }, (_, n) => row(n, `${MARK}${n}`)), [row(PAGE, MARK)]];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      const page = Number(new URL(input as string).searchParams.get("Page"));
      return Response.json({ Total: PAGE + 1, Page: page, SaleList: pages[page - 1] });
    });
    expect(await findByMark(shop.client, MARK)).toMatchObject({ value: [{ SaleID: String(PAGE) }] });
    expect(await searchSales(shop.client, 1042, "2026-07-01T00:00:00Z")).toMatchObject({ value: { length: PAGE + 1 } });
    expect(await salesUpdatedSince(shop.client, "2026-07-01T00:00:00Z", 1)).toMatchObject({ value: { isLast: false } });
    expect(await salesCreatedSince(shop.client, "2026-07-01T00:00:00Z", 2)).toMatchObject({ value: { isLast: true, total: PAGE + 1 } });
  });

  it("a list without end, or with a row that cannot be read, tells nothing: not that there is no sale", async () => {
    const full = Array.from({ length: PAGE }, (_, n) => ({ SaleID: String(n), ExternalID: "", Status: "ORDERED" }));
    const answer = vi.spyOn(globalThis, "fetch");
    answer.mockImplementation(async () => Response.json({ Total: 1e9, SaleList: full }));
    expect(await findByMark(shop.client, MARK)).toMatchObject({ is: "too-large" });
    answer.mockImplementation(async () => Response.json({ Total: 1, SaleList: [{ ExternalID: MARK }] }));
    expect(await findByMark(shop.client, MARK)).toMatchObject({ is: "trouble", why: "garbage" });
  });

  it.each<[string, (id: string) => Parameters<typeof whatReadsMean>[1]]>([
    ["found by its mark", () => () => findByMark(shop.client, MARK)],
    ["looked for by words", () => () => searchSales(shop.client, "1042", "2026-07-01T00:00:00Z")],
    ["the list of what changed", () => () => salesUpdatedSince(shop.client, "2026-07-01T00:00:00Z", 1)],
    ["read", (id) => () => readSale(shop.client, id)],
    ["read with its books", (id) => () => readBooks(shop.client, id)],
    ["what has left of it", (id) => () => readFulfilments(shop.client, id)],
  ])("%s: each answer means what it means everywhere", async (_, reading) => {
    const id = await aSale(shop);
    expect(await whatReadsMean(shop, reading(id))).toEqual(READS_MEAN);
  });

  it("created and voided: each answer means what it means for every write", async () => {
    expect(await whatWritesMean(shop, () => createSale(shop.client, HEADER))).toEqual(WRITES_MEAN);
    const id = await aSale(shop);
    expect(await whatWritesMean(shop, () => voidSale(shop.client, id))).toEqual(WRITES_MEAN);
  });
});
