import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { productBySku } from "../../../worker/cin7/product.ts";
import { openStocktakes, readAvailability } from "../../../worker/cin7/stock-on-hand.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, whatReadsMean } from "../../harness/cin7-shop.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

const idOf = async (sku: string) => {
  const read = await productBySku(shop.client, sku);
  return read.is === "read" ? (read.value?.ID ?? "") : "";
};

describe("what is on the shelf, and what is being counted", () => {
  it("of a product everywhere, or at one location", async () => {
    const id = await idOf("CUP-ENAM");
    const everywhere = await readAvailability(shop.client, id);
    const here = await readAvailability(shop.client, id, "Main Warehouse");
    if (everywhere.is !== "read" || here.is !== "read") throw new Error("not read");
    expect(new Set(here.value.map((row) => row.Location))).toEqual(new Set(["Main Warehouse"]));
    expect(everywhere.value.length).toBeGreaterThanOrEqual(here.value.length);
  });

  it("no stocktake is open at first", async () => {
    expect(await openStocktakes(shop.client)).toEqual({ is: "read", value: [] });
  });

  it("each answer means what it means everywhere: an unknown shelf is not an empty one", async () => {
    const id = await idOf("CUP-ENAM");
    expect(await whatReadsMean(shop, () => readAvailability(shop.client, id))).toEqual(READS_MEAN);
    expect(await whatReadsMean(shop, () => openStocktakes(shop.client))).toEqual(READS_MEAN);
  });
});
