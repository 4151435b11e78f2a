import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  createProduct,
  productById,
  productBySku,
  productPage,
  productsByName,
  readBill,
  readProduct,
} from "../../../worker/cin7/product.ts";
import { serviceProductBody } from "../../../worker/orders/sending/bodies.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

describe("products of Cin7 Core", () => {
  it("one is found by exactly its SKU, not by the beginning of another's", async () => {
    await write(createProduct(shop.client, serviceProductBody("Gift box", "BOX-1", "200", null)));
    expect(await productBySku(shop.client, "BOX-1")).toMatchObject({ is: "read", value: { SKU: "BOX-1", Name: "Gift box" } });
    expect(await productBySku(shop.client, "BOX")).toEqual({ is: "read", value: null });
  });

  it("a charge item that was made is found by its name and its ID", async () => {
    const made = await write(createProduct(shop.client, serviceProductBody("Gift box", "BOX-1", "200", null)));
    expect(made).toMatchObject({ name: "Gift box", service: true, active: true });
    expect(await productsByName(shop.client, "Gift box")).toMatchObject({ is: "read", value: [{ id: made.id }] });
    expect(await productById(shop.client, made.id)).toMatchObject({ is: "read", value: { id: made.id } });
    expect(await readProduct(shop.client, made.id)).toMatchObject({ is: "read", value: { SKU: "BOX-1" } });
    expect(await readBill(shop.client, made.id)).toMatchObject({ is: "read" });
  });

  it("a page says whether there are more behind it", async () => {
    const read = await productPage(shop.client, 1);
    expect(read).toMatchObject({ is: "read", value: { isLast: true } });
    expect(shop.asked.at(-1)).toBe("GET /product?IncludeDeprecated=true&Page=1&Limit=1000");
    await productPage(shop.client, 2, "2026-07-01T00:00:00.000Z");
    expect(shop.asked.at(-1)).toContain("/product?ModifiedSince=2026-07-01T00%3A00%3A00.000Z&IncludeDeprecated=true&Page=2&");
  });

  it("each answer means what it means everywhere", async () => {
    const { id } = await write(createProduct(shop.client, serviceProductBody("Gift box", "BOX-1", "200", null)));
    const readings = [
      () => productBySku(shop.client, "BOX-1"),
      () => readProduct(shop.client, id),
      () => readBill(shop.client, id),
      () => productPage(shop.client, 1),
      () => productsByName(shop.client, "Gift box"),
      () => productById(shop.client, id),
    ];
    for (const reading of readings) expect(await whatReadsMean(shop, reading)).toEqual(READS_MEAN);
    const body = serviceProductBody("Other", "OTHER-1", "200", null);
    expect(await whatWritesMean(shop, () => createProduct(shop.client, body))).toEqual(WRITES_MEAN);
  });
});
