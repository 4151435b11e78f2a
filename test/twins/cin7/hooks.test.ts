import { describe, expect, it } from "vitest";
import { line, order, type Shop, sale, start } from "./harness.ts";

const MINUTE = 60_000;
const register = (shop: Shop, Type: string) =>
  shop.ok("POST", "/webhooks", {
    Type,
    IsActive: true,
    ExternalURL: "http://app.test/hooks/cin7/9f3c",
    ExternalAuthorizationType: "bearerauth",
    ExternalBearerToken: "secret",
    ExternalHeaders: [{ Key: "x-store", Value: "ab12cd" }],
  });
const goods = { Lines: [line("TNT-1P", 1, 10, 1, 10)] };

describe("webhooks (facts 1.6)", () => {
  it("arrive a minute late, with bearer and extra headers, and IDs in upper case", async () => {
    const shop = start();
    await register(shop, "Sale/OrderAuthorised");
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    await shop.advance(59_000);
    expect(shop.hooks).toHaveLength(0);
    await shop.advance(1_000);
    expect(shop.hooks[0]?.body).toEqual({ SaleID: made.ID.toUpperCase(), SaleOrderNumber: "SO-00001", EventType: "Sale/OrderAuthorised" });
    expect([shop.hooks[0]?.headers.get("authorization"), shop.hooks[0]?.headers.get("x-store")]).toEqual(["Bearer secret", "ab12cd"]);
  });

  it("Sale/ShipmentAuthorised names SaleTaskID and OrderNumber and has no tracking", async () => {
    const shop = start();
    await register(shop, "Sale/ShipmentAuthorised");
    const made = await sale(shop);
    await order(shop, made.ID, goods, { AutoPickPackShipMode: "AUTOPICKPACKSHIP" });
    await shop.advance(MINUTE);
    expect(Object.keys(shop.hooks[0]?.body)).toEqual([
      "SaleTaskID",
      "TenantID",
      "OrderNumber",
      "CustomerName",
      "CustomerContactName",
      "CustomerContactEmail",
      "EventType",
    ]);
  });

  it("six failed tries in 76 minutes switch the webhook off; a PUT brings it back", async () => {
    const shop = start();
    const hook = (await register(shop, "Sale/Created")).Webhooks[0];
    shop.reply.status = 500;
    await sale(shop);
    for (const [wait, tries] of [
      [1, 1],
      [5, 2],
      [10, 3],
      [15, 4],
      [20, 5],
      [25, 6],
    ] as const) {
      await shop.advance(wait * MINUTE);
      expect(shop.hooks).toHaveLength(tries);
    }
    const state = async () => (await shop.ok("GET", "/webhooks")).Webhooks[0].IsActive;
    expect(await state()).toBe(false);
    await shop.ok("PUT", "/webhooks", { ID: hook.ID, IsActive: true });
    expect(await state()).toBe(true);
  });

  it("the stock event is a bare array", async () => {
    const shop = start();
    await register(shop, "Stock/AvailableStockLevelChanged");
    await shop.control("/stock", { sku: "TNT-1P", location: "Shop Floor", onHand: 3 });
    await shop.advance(MINUTE);
    expect(shop.hooks[0]?.body).toMatchObject([{ SKU: "TNT-1P", Location: "Shop Floor", Bin: null, OnHand: 3, MaxRows: 1 }]);
  });

  it("takes five webhooks of one type, not six", async () => {
    const shop = start();
    for (let n = 0; n < 5; n++) await register(shop, "Sale/Created");
    await expect(register(shop, "Sale/Created")).rejects.toThrow("Maximum 5 webhooks");
  });

  it("faults drop and double deliveries", async () => {
    const shop = start();
    await register(shop, "Sale/Created");
    shop.world.faults.set([
      { peer: "cin7", kind: "hooks-dropped", times: 1 },
      { peer: "cin7", kind: "hooks-duplicated", times: 1 },
    ]);
    await sale(shop);
    await sale(shop);
    await shop.advance(MINUTE);
    expect(shop.hooks.map((hook) => hook.body.SaleOrderNumber)).toEqual(["SO-00002", "SO-00002"]);
  });
});
