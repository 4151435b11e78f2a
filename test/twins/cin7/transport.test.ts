import { describe, expect, it } from "vitest";
import { line, order, sale, start } from "./harness.ts";
import { ALBION, createCin7, HARBOUR } from "./index.ts";

describe("the door (facts 1.1 to 1.4)", () => {
  it("wrong keys are a 403 with the error array", async () => {
    const shop = start();
    const answer = await shop.send("GET", "/me", undefined, {
      "api-auth-accountid": HARBOUR.accountId,
      "api-auth-applicationkey": "nonsense",
    });
    expect([answer.status, answer.body[0].ErrorCode]).toEqual([403, 403]);
  });

  it("paths and query names are not case sensitive", async () => {
    const shop = start();
    expect((await shop.ok("GET", "/PRODUCT?LIMIT=2&page=3")).Products).toHaveLength(2);
  });

  it("a path nobody knows is 404, or 200 with a page (unknownPath)", async () => {
    expect((await start().send("GET", "/nothing")).status).toBe(404);
    const page = await start({ unknownPath: "200-html" }).send("GET", "/nothing");
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  });

  it("a verb nobody knows is 405, malformed JSON is 500, a failed validation 400", async () => {
    const shop = start();
    expect((await shop.send("DELETE", "/customer")).status).toBe(405);
    expect((await shop.send("POST", "/sale", "{nonsense")).status).toBe(500);
    const answer = await shop.send("POST", "/sale", { Location: "Main Warehouse" });
    expect([answer.status, answer.body]).toEqual([400, [{ ErrorCode: 400, Exception: "Required attribute Customer is not provided." }]]);
    const bare = await start({ errorShape: "object" }).send("POST", "/sale", {});
    expect(bare.body.Exception).toContain("Customer");
  });

  it.each(["429", "503", "400"])(
    "the 61st call within a minute is refused with %s and no Retry-After; the window moves on",
    async (throttleStatus) => {
      const shop = start({ throttleOn: true, throttleStatus });
      for (let call = 0; call < 60; call++) expect((await shop.send("GET", "/me")).status).toBe(200);
      const answer = await shop.send("GET", "/me");
      expect([answer.status, answer.headers.has("retry-after")]).toEqual([Number(throttleStatus), false]);
      expect(answer.body[0].Exception).toContain("60 calls per 60 seconds");
      const second = { ...shop.keys, "api-auth-applicationkey": HARBOUR.secondKey };
      expect((await shop.send("GET", "/me", undefined, second)).status).toBe(200);
      await shop.advance(60_001);
      expect((await shop.send("GET", "/me")).status).toBe(200);
    },
  );

  it("the clock's speed shortens the window", async () => {
    const shop = start({ throttleOn: true });
    shop.world.clock.speed = 60;
    for (let call = 0; call < 60; call++) await shop.send("GET", "/me");
    await shop.advance(1_001);
    expect((await shop.send("GET", "/me")).status).toBe(200);
  });

  it("Limit is clamped to 1000, or refused above it (facts 11.14)", async () => {
    expect((await start().send("GET", "/product?Limit=5000")).status).toBe(200);
    expect((await start({ limitAbove1000: "refuse" }).send("GET", "/product?Limit=5000")).status).toBe(400);
  });

  it("companies do not see each other", async () => {
    const shop = start();
    await sale(shop);
    const keys = { "api-auth-accountid": ALBION.accountId, "api-auth-applicationkey": ALBION.applicationKey };
    expect((await shop.send("GET", "/saleList", undefined, keys)).body.Total).toBe(0);
    expect((await shop.send("GET", "/me", undefined, keys)).body.Currency).toBe("GBP");
    const crossed = { ...keys, "api-auth-applicationkey": HARBOUR.applicationKey };
    expect((await shop.send("GET", "/me", undefined, crossed)).status).toBe(403);
  });
});

describe("lists (facts 2.9, 3.6)", () => {
  it("newest change first, found by exact ExternalID, search by reference", async () => {
    const shop = start();
    const one = await sale(shop, { ExternalID: "t:1", CustomerReference: "BC-1" });
    await sale(shop, { ExternalID: "t:11", CustomerReference: "BC-11" });
    await order(shop, one.ID, { Lines: [line("TNT-1P", 1, 1, 0, 1)] });
    expect((await shop.ok("GET", "/saleList")).SaleList[0].SaleID).toBe(one.ID);
    expect((await shop.ok("GET", "/saleList?ExternalID=t%3A1")).Total).toBe(1);
    expect((await shop.ok("GET", "/saleList?Search=BC-1")).Total).toBe(2);
    await shop.control("/switches", { externalIdMatch: "prefix" });
    expect((await shop.ok("GET", "/saleList?ExternalID=t%3A1")).Total).toBe(2);
  });

  it("the index may lag behind a new sale, by switch or by fault (facts 11.1)", async () => {
    const shop = start({ externalIdLagMs: 5_000 });
    await sale(shop, { ExternalID: "t:1" });
    expect((await shop.ok("GET", "/saleList?ExternalID=t%3A1")).Total).toBe(0);
    await shop.advance(5_000);
    expect((await shop.ok("GET", "/saleList?ExternalID=t%3A1")).Total).toBe(1);
    shop.world.faults.set([{ peer: "cin7", kind: "index-lag", times: 1, ms: 60_000 }]);
    expect((await shop.ok("GET", "/saleList?ExternalID=t%3A1")).Total).toBe(0);
    expect((await shop.ok("GET", "/saleList?ExternalID=t%3A1")).Total).toBe(1);
  });

  it("UpdatedSince finds its own instant or not (facts 11.15)", async () => {
    const shop = start();
    const { LastModifiedOn } = await sale(shop);
    const query = `/saleList?UpdatedSince=${encodeURIComponent(LastModifiedOn)}`;
    expect((await shop.ok("GET", query)).Total).toBe(1);
    await shop.control("/switches", { updatedSinceInclusive: false });
    expect((await shop.ok("GET", query)).Total).toBe(0);
  });

  it("availability leaves out all-zero rows, and StockOnHand is money (facts 3.6)", async () => {
    const shop = start();
    await shop.control("/stock", { sku: "TNT-1P", location: "Main Warehouse", onHand: 0 });
    await shop.control("/stock", { sku: "TNT-1P", location: "Shop Floor", onHand: 3, cost: 6.25 });
    const rows = (await shop.ok("GET", "/ref/productavailability?Sku=TNT-1P")).ProductAvailabilityList;
    expect(rows.map((row: { Location: string; StockOnHand: number }) => [row.Location, row.StockOnHand])).toEqual([["Shop Floor", 18.75]]);
  });

  it("SKUs are unique without regard to case, and books are not made on the fly (facts 1.4, 3.1)", async () => {
    const shop = start();
    const body = {
      SKU: "tnt-1p",
      Name: "x",
      Category: "Nowhere",
      Type: "Stock",
      CostingMethod: "FIFO",
      UOM: "Item",
      Status: "Active",
      PriceTier1: 1,
    };
    expect(await shop.refused("POST", "/product", body)).toBe("Specified attribute 'SKU' already exists");
    const answer = await shop.send("POST", "/product", { ...body, SKU: "NEW-1" });
    expect(answer.body).toEqual([{ ErrorCode: 404, Exception: "Category not found." }]);
  });

  it("PUT /customer adds addresses that carry no ID (facts 4)", async () => {
    const shop = start();
    const ana = (await shop.ok("GET", "/customer?ContactFilter=ana.keller%40example.org")).CustomerList[0];
    const address = { Line1: "7 Quarry Rd", Country: "Australia", Type: "Shipping" };
    for (let n = 0; n < 2; n++) await shop.ok("PUT", "/customer", { ID: ana.ID, Addresses: [address] });
    expect((await shop.ok("GET", `/customer?ID=${ana.ID}`)).CustomerList[0].Addresses).toHaveLength(2);
  });
});

describe("state", () => {
  it("goes through JSON and back", async () => {
    const shop = start();
    await sale(shop, { ExternalID: "t:1" });
    const saved = JSON.parse(JSON.stringify(shop.cin7.dump()));
    const other = createCin7(shop.world);
    other.load(saved);
    expect(other.state()).toEqual(shop.cin7.state());
  });
});
