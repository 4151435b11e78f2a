import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assembleGoods, findGoods, halfMade, isMade, voidGoods } from "../../../worker/cin7/assembly.ts";
import { createProduct } from "../../../worker/cin7/product.ts";
import type { Answer } from "../../../worker/lib/http.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { HARBOUR } from "../../twins/cin7/index.ts";
import { write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

const MAIN = "Main Warehouse";
const DAY = "2026-07-02T00:00:00";
const NOTES = "order 7 | ls:a:7:assembly";
const body = (Quantity: number) => ({
  Status: "COMPLETED",
  ProductCode: "KIT-2",
  Location: MAIN,
  WIPAccount: "631",
  WIPDate: DAY,
  Account: "630",
  Quantity,
  CompletionDate: DAY,
  Notes: NOTES,
});
const asItIs = async (answer: Answer) => answer;
const assemble = (n: number) => assembleGoods(shop.client, body(n), asItIs);
const find = (id: string) => findGoods(shop.client, "ls:a:7:assembly", id, (notes) => notes === NOTES);

/** A kit of two cups, with eleven cups on the shelf. */
async function kit(): Promise<string> {
  const { id } = await write(
    createProduct(shop.client, {
      SKU: "KIT-2",
      Name: "Kit",
      Category: "Other",
      Type: "Stock",
      CostingMethod: "FIFO",
      UOM: "Item",
      Status: "Active",
      PriceTier1: 20,
      BillOfMaterial: true,
      QuantityToProduce: 1,
      BillOfMaterialsProducts: [{ ProductCode: "CUP-ENAM", Quantity: 2 }],
    }),
  );
  const stock = JSON.stringify({ sku: "CUP-ENAM", location: MAIN, onHand: 11, cost: 6 });
  await shop.twins.app.request(`/control/cin7/${HARBOUR.accountId}/stock`, { method: "POST", body: stock });
  return id;
}

describe("finished goods", () => {
  it("what was assembled is found by its notes, as its document says; taken back it is none", async () => {
    const id = await kit();
    expect(await find(id)).toEqual({ is: "read", value: null });
    const made = await write(assemble(5));
    expect(isMade(made)).toBe(true);
    expect(await find(id)).toMatchObject({ is: "read", value: { TaskID: made.TaskID } });
    expect(await voidGoods(shop.client, made.TaskID)).toEqual({ is: "read", value: true });
    expect(await find(id)).toEqual({ is: "read", value: null });
  });

  it("what came only part of the way is known as half made", async () => {
    await kit();
    const partial = await assemble(6).send();
    expect(halfMade(partial)).toMatchObject({ Errors: [expect.any(String)] });
  });

  it("each answer means what it means everywhere", async () => {
    const id = await kit();
    const made = await write(assemble(1));
    expect(await whatReadsMean(shop, () => find(id))).toEqual(READS_MEAN);
    expect(await whatReadsMean(shop, () => voidGoods(shop.client, made.TaskID))).toEqual(READS_MEAN);
    expect(await whatWritesMean(shop, () => assemble(1))).toEqual(WRITES_MEAN);
  });
});
