import { describe, expect, it } from "vitest";
import { journal, type Loose, type Shop, start } from "./harness.ts";

const MAIN = "Main Warehouse";
const PRODUCT = { Category: "Other", Type: "Stock", CostingMethod: "FIFO", UOM: "Item", Status: "Active", PriceTier1: 20 };
const DAY = "2026-07-02T00:00:00";
const body = (more: object = {}) => ({
  Status: "COMPLETED",
  ProductCode: "KIT-2",
  Location: MAIN,
  WIPAccount: "631",
  WIPDate: DAY,
  Account: "630",
  Quantity: 5,
  CompletionDate: DAY,
  Notes: "order 7 | ls:a:7:assembly",
  ...more,
});

async function kits(switches = {}): Promise<Shop> {
  const shop = start(switches);
  await shop.ok("POST", "/product", {
    SKU: "KIT-2",
    Name: "Kit",
    ...PRODUCT,
    BillOfMaterial: true,
    QuantityToProduce: 1,
    BillOfMaterialsProducts: [{ ProductCode: "CUP-ENAM", Quantity: 2 }],
  });
  await shop.control("/stock", { sku: "CUP-ENAM", location: MAIN, onHand: 11, cost: 6 });
  return shop;
}
const onHand = async (shop: Shop, sku: string) =>
  (await shop.ok("GET", `/ref/productavailability?Sku=${sku}&Location=${encodeURIComponent(MAIN)}`)).ProductAvailabilityList.reduce(
    (n: number, row: Loose) => n + row.OnHand,
    0,
  );

describe("finished goods (facts 3.5, 7.31)", () => {
  it("COMPLETED in one call: components leave, goods arrive, at that location, through work in progress", async () => {
    const shop = await kits();
    const made = await shop.ok("POST", "/finishedGoods", body());
    expect(made).toMatchObject({
      AssemblyNumber: "FG-00001",
      Status: "COMPLETED",
      Quantity: 5,
      Errors: [],
      OrderLines: [{ ProductCode: "CUP-ENAM", TotalQuantity: 10 }],
    });
    expect([await onHand(shop, "CUP-ENAM"), await onHand(shop, "KIT-2")]).toEqual([1, 5]);
    expect(journal(shop, "assembly")).toEqual(["Dr 631 60.00  Cr 630 60.00", "Dr 630 60.00  Cr 631 60.00"]);
    expect(await shop.ok("GET", `/finishedGoods?TaskID=${made.TaskID}`)).toEqual(made);
  });

  it.each([
    ["DRAFT", 0, 0, 11],
    ["AUTHORISED", 1, 0, 11],
    ["IN PROGRESS", 1, 1, 1],
  ])("%s goes so far by itself and no further", async (Status, orderLines, pickLines, left) => {
    const shop = await kits();
    const made = await shop.ok("POST", "/finishedGoods", body({ Status }));
    expect([made.Status, made.OrderLines.length, Math.min(1, made.PickLines.length)]).toEqual([Status, orderLines, pickLines]);
    expect([await onHand(shop, "CUP-ENAM"), await onHand(shop, "KIT-2")]).toEqual([left, 0]);
  });

  it("short components: 200 with Errors as far as it goes, or 400; no stock moves", async () => {
    const shop = await kits();
    const partial = await shop.ok("POST", "/finishedGoods", body({ Quantity: 6 }));
    expect(partial).toMatchObject({
      Status: "AUTHORISED",
      PickLines: [],
      Errors: [{ ErrorCode: 400, Exception: "Not enough stock of 'CUP-ENAM' at 'Main Warehouse'" }],
    });
    expect(await onHand(shop, "CUP-ENAM")).toBe(11);
    expect(await shop.ok("DELETE", `/finishedGoods?ID=${partial.TaskID}&Void=true`)).toMatchObject({ Status: "VOIDED", OrderLines: [] });
    const strict = await kits({ shortComponents: "refuse" });
    expect(await strict.refused("POST", "/finishedGoods", body({ Quantity: 6 }))).toContain("CUP-ENAM");
    expect((await strict.ok("GET", "/finishedGoodsList")).Total).toBe(0);
  });

  it("is found by its notes, its status or its product, never by a sale", async () => {
    const shop = await kits();
    const { TaskID } = await shop.ok("POST", "/finishedGoods", body());
    const found = async (query: string) =>
      (await shop.ok("GET", `/finishedGoodsList?${query}`)).FinishedGoods.map((row: Loose) => row.TaskID);
    for (const query of ["Search=ls:a:7:assembly", "Search=KIT-2", "Status=COMPLETED"]) expect(await found(query)).toEqual([TaskID]);
    for (const query of ["Search=ls:a:8", "Status=VOIDED", `SaleID=${TaskID}`]) expect(await found(query)).toEqual([]);
  });

  it("a void gives components and goods back; goods that are gone cannot be given back", async () => {
    const shop = await kits();
    const { TaskID } = await shop.ok("POST", "/finishedGoods", body());
    expect(await shop.ok("DELETE", `/finishedGoods?ID=${TaskID}&Void=true`)).toMatchObject({ Status: "VOIDED" });
    expect([await onHand(shop, "CUP-ENAM"), await onHand(shop, "KIT-2"), journal(shop, "assembly")]).toEqual([11, 0, []]);
    expect(await shop.refused("DELETE", `/finishedGoods?ID=${TaskID}&Void=true`)).toContain("VOIDED");
    const { TaskID: sold } = await shop.ok("POST", "/finishedGoods", body());
    await shop.control("/stock", { sku: "KIT-2", location: MAIN, onHand: 1 });
    expect(await shop.refused("DELETE", `/finishedGoods?ID=${sold}&Void=true`)).toContain("not in stock");
  });

  it.each([
    [{ WIPAccount: undefined }, "WIPAccount"],
    [{ Account: "nope" }, "nope"],
    [{ ProductCode: "CUP-ENAM" }, "bill of materials"],
    [{ Location: "Nowhere" }, "Nowhere"],
    [{ Quantity: 0 }, "greater than 0"],
    [{ CompletionDate: undefined }, "CompletionDate"],
    [{ Status: "VOIDED" }, "Status"],
  ])("%o is refused", async (more, says) => expect(await (await kits()).refused("POST", "/finishedGoods", body(more))).toContain(says));
});
