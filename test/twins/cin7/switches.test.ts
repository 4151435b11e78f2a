import { describe, expect, it } from "vitest";
import { CUSTOMER, charge, chargeProducts, creditNoteBody, invoice, line, order, type Shop, sale, start } from "./harness.ts";
import { HARBOUR } from "./index.ts";

const SKU = "TNT-1P";
const goods = { Lines: [line(SKU, 2, 100, 20, 200)] };
const stock = (shop: Shop, sku = SKU, location = "Main Warehouse") =>
  shop
    .state()
    .accounts[HARBOUR.accountId].stock.find((row: { sku: string; location: string }) => row.sku === sku && row.location === location);

describe("switches of the open questions (facts 11)", () => {
  const cases: [string, object, object][] = [
    ["negativeCharges", { negativeCharges: "refuse" }, { ...goods, AdditionalCharges: [charge("Coupon", -5, 0)] }],
    ["zeroPrice", { zeroPrice: "refuse" }, { Lines: [line(SKU, 1, 0, 0, 0)] }],
    ["zeroPriceTaxedCharge", { zeroPriceTaxedCharge: "refuse" }, { AdditionalCharges: [charge("Refund adjustment", 0, 3.4)] }],
    ["taxDisagrees", { taxDisagrees: "refuse" }, { Lines: [line(SKU, 1, 100, 5, 100)] }],
    ["creditHold", { creditHold: "refuse" }, goods],
  ];
  it.each(cases)("%s", async (name, switches, content) => {
    for (const [position, expected] of [
      [{}, 200],
      [switches, 400],
    ] as const) {
      const shop = start(position as Record<string, string>);
      await chargeProducts(shop);
      const made = await sale(shop, name === "creditHold" ? { Customer: "Slow Payer" } : {});
      const answer = await shop.send("POST", "/sale/order", { SaleID: made.ID, Memo: "", Status: "AUTHORISED", ...content });
      expect(answer.status).toBe(expected);
    }
  });

  it("a line Total outside the tolerance is refused, inside it is taken (facts 11.2)", async () => {
    const shop = start();
    const made = await sale(shop);
    const body = (Total: number) => ({ SaleID: made.ID, Memo: "", Status: "DRAFT", Lines: [line(SKU, 1, 100, 10, Total)] });
    expect(await shop.refused("POST", "/sale/order", body(100.05))).toContain("Total");
    expect((await shop.ok("POST", "/sale/order", body(100.01))).Lines[0].Total).toBe(100);
  });

  it("automaticallyApplyDiscounts changes the total on authorisation and shows in /me (facts 2.4)", async () => {
    const shop = start({ automaticallyApplyDiscounts: true });
    const made = await sale(shop);
    expect((await order(shop, made.ID, goods)).Total).toBe(198);
    expect((await shop.ok("GET", "/me")).AutomaticallyApplyDiscounts).toBe(true);
  });

  it("numbers can wait for the authorisation, and tasks can have IDs of their own (facts 2.3, 11.6)", async () => {
    const shop = start({ orderNumberAt: "authorisation", invoiceNumberAt: "authorisation", taskIdIsSaleId: false });
    const made = await sale(shop);
    expect(made.Order.SaleOrderNumber).toBe("");
    expect((await order(shop, made.ID, goods)).SaleOrderNumber).toBe("SO-00001");
    const draft = await invoice(shop, made.ID, goods, { Status: "DRAFT" });
    expect([draft.InvoiceNumber, draft.TaskID === made.ID]).toEqual(["", false]);
  });

  it("country codes are refused, translated or kept (facts 11.12)", async () => {
    const address = { Line1: "1 Road", Country: "AU" };
    for (const [countryCode, expected] of [
      ["refuse", 400],
      ["accept", "Australia"],
      ["keep", "AU"],
    ] as const) {
      const answer = await start({ countryCode }).send("POST", "/sale", { ...CUSTOMER, BillingAddress: address });
      expect(answer.status === 400 ? 400 : answer.body.BillingAddress.Country).toBe(expected);
    }
  });

  it("an open stocktake refuses authorisation at its location until it is completed (facts 12)", async () => {
    const shop = start();
    const made = await sale(shop);
    await shop.control("/stocktake", { location: "Main Warehouse", open: true });
    expect((await shop.ok("GET", "/stockTakeList?Status=DRAFT")).StockAdjustmentList).toHaveLength(1);
    await order(shop, made.ID, goods, { Status: "DRAFT" });
    expect(await shop.refused("POST", "/sale/order", { SaleID: made.ID, Memo: "", Status: "AUTHORISED", ...goods })).toContain(
      "Stocktake is in progress",
    );
    await shop.control("/stocktake", { location: "Main Warehouse", complete: true, counts: [{ sku: SKU, onHand: 7 }] });
    await order(shop, made.ID, goods);
    expect(stock(shop)).toMatchObject({ onHand: 7, allocated: 2, available: 5 });
  });

  it("ShipToOther:false adds the address to the customer, true does not (facts 2.3)", async () => {
    const shop = start();
    const count = async () => (await shop.ok("GET", "/customer?Name=Ana")).CustomerList[0].Addresses.length;
    const ShippingAddress = { Line1: "9 New Road", Country: "Australia" };
    await sale(shop, { Customer: "Ana Keller", ShippingAddress: { ...ShippingAddress, ShipToOther: true } });
    expect(await count()).toBe(0);
    await sale(shop, { Customer: "Ana Keller", ShippingAddress: { ...ShippingAddress, ShipToOther: false } });
    expect(await count()).toBe(1);
  });

  it("a second credit note makes the sale advanced, or is refused (facts 11.30)", async () => {
    const one = { Lines: [line(SKU, 1, 100, 10, 100)] };
    for (const secondCreditNote of ["convert", "refuse"]) {
      const shop = start({ secondCreditNote });
      const made = await sale(shop);
      await order(shop, made.ID, goods);
      const bill = await invoice(shop, made.ID, goods);
      await shop.ok("POST", "/sale/creditnote", creditNoteBody(made.ID, bill.InvoiceNumber, one));
      const again = await shop.send("POST", "/sale/creditnote", creditNoteBody(made.ID, bill.InvoiceNumber, one));
      expect(again.status).toBe(secondCreditNote === "convert" ? 200 : 400);
    }
  });
});
