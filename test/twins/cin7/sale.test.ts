import { describe, expect, it } from "vitest";
import { chargeProducts, invoice, invoiceBody, line, order, pay, paymentBody, type Shop, sale, start } from "./harness.ts";
import { HARBOUR } from "./index.ts";

const SKU = "TNT-1P";
const goods = { Lines: [line(SKU, 2, 100, 20, 200)] };
const stock = (shop: Shop, sku = SKU, location = "Main Warehouse") =>
  shop
    .state()
    .accounts[HARBOUR.accountId].stock.find((row: { sku: string; location: string }) => row.sku === sku && row.location === location);
const status = async (shop: Shop, id: string) => (await shop.ok("GET", `/sale?ID=${id}`)).Status;

describe("the life of a simple sale (facts 2.2)", () => {
  it("goes from ESTIMATED to COMPLETED through every stage", async () => {
    const shop = start();
    const made = await sale(shop);
    const steps = [made.Status];
    const step = async () => steps.push(await status(shop, made.ID));
    await order(shop, made.ID, goods, { Status: "DRAFT" });
    await step();
    await order(shop, made.ID, goods);
    await step();
    const { TaskID } = (await shop.ok("GET", `/sale/fulfilment?SaleID=${made.ID}`)).Fulfilments[0];
    expect(TaskID).toBe(made.ID);
    const { onHand } = stock(shop);
    const lines = [{ SKU, Location: "Main Warehouse", Quantity: 2 }];
    await shop.ok("POST", "/sale/fulfilment/pick", { TaskID, Status: "AUTHORISED", Lines: lines });
    await step();
    await shop.ok("POST", "/sale/fulfilment/pack", {
      TaskID,
      Status: "AUTHORISED",
      Lines: lines.map((row) => ({ ...row, Box: "Box 1" })),
    });
    await step();
    const shipped = { ShipmentDate: "2026-07-03T00:00:00", Carrier: "Express", Box: "Box 1", TrackingNumber: "33A", IsShipped: true };
    await shop.ok("POST", "/sale/fulfilment/ship", { TaskID, Status: "AUTHORISED", Lines: [shipped] });
    await step();
    expect(stock(shop)).toMatchObject({ onHand: onHand - 2, allocated: 0 });
    const bill = await invoice(shop, made.ID, goods);
    await step();
    await pay(shop, bill.TaskID, 220);
    await step();
    expect(steps).toEqual(["ESTIMATED", "ORDERING", "ORDERED", "PICKED", "PACKED", "SHIPPING", "INVOICED", "COMPLETED"]);
    const [row] = (await shop.ok("GET", "/saleList")).SaleList;
    expect([row.CombinedTrackingNumbers, row.OrderStatus, row.CombinedInvoiceStatus]).toEqual(["33A", "FULFILLED", "INVOICED"]);
  });

  it("drops a nested Order in POST /sale without a word (facts 2.3)", async () => {
    const shop = start();
    const made = await sale(shop, { Order: { Status: "AUTHORISED", ...goods } });
    expect([made.Status, made.Order.Status, made.Order.Lines]).toEqual(["ESTIMATED", "NOT AVAILABLE", []]);
  });

  it("makes a backorder of short stock instead of refusing it, and drops the auto mode then (facts 9.3, 9.4)", async () => {
    const shop = start();
    const made = await sale(shop);
    const { onHand } = stock(shop);
    const many = { Lines: [line(SKU, onHand + 3, 1, 0, onHand + 3)] };
    const ordered = await order(shop, made.ID, many, { AutoPickPackShipMode: "AUTOPICKPACKSHIP" });
    expect(ordered.Lines[0].BackorderQuantity).toBe(3);
    const [row] = (await shop.ok("GET", "/saleList")).SaleList;
    expect([row.Status, row.CombinedPickingStatus]).toEqual(["BACKORDERED", "NOT PICKED"]);
    expect(stock(shop).available).toBe(0);
    await shop.control("/stock", { sku: SKU, location: "Main Warehouse", onHand: onHand + 3 });
    const task = (await shop.ok("GET", `/sale/fulfilment?SaleID=${made.ID}`)).Fulfilments[0];
    const picked = await shop.ok("POST", "/sale/fulfilment/pick", { TaskID: task.TaskID, AutoPickMode: "AUTOPICK" });
    expect(picked.Status).toBe("AUTHORISED");
  });

  it("ships by itself with AUTOPICKPACKSHIP (facts 2.4)", async () => {
    const shop = start();
    const made = await sale(shop);
    const { onHand } = stock(shop);
    await order(shop, made.ID, goods, { AutoPickPackShipMode: "AUTOPICKPACKSHIP" });
    const read = await shop.ok("GET", `/sale?ID=${made.ID}`);
    expect([read.Status, read.CombinedShippingStatus, read.FulFilmentStatus]).toEqual(["SHIPPING", "SHIPPED", "FULFILLED"]);
    expect([stock(shop).onHand, stock(shop).allocated]).toEqual([onHand - 2, 0]);
  });

  it("a second fulfilment makes the sale advanced and ships the rest (facts 9.6)", async () => {
    const shop = start();
    const made = await sale(shop);
    const { onHand } = stock(shop);
    await order(shop, made.ID, { Lines: [line(SKU, 5, 100, 50, 500)] });
    const ship = async (TaskID: string, Quantity: number) => {
      const lines = [{ SKU, Location: "Main Warehouse", Quantity }];
      await shop.ok("POST", "/sale/fulfilment/pick", { TaskID, Status: "AUTHORISED", Lines: lines });
      await shop.ok("POST", "/sale/fulfilment/pack", {
        TaskID,
        Status: "AUTHORISED",
        Lines: lines.map((row) => ({ ...row, Box: "Box 1" })),
      });
      const gone = { ShipmentDate: "2026-07-03T00:00:00", Box: "Box 1", IsShipped: true };
      await shop.ok("POST", "/sale/fulfilment/ship", { TaskID, Status: "AUTHORISED", Lines: [gone] });
      const read = await shop.ok("GET", `/sale?ID=${made.ID}`);
      const { onHand: left, allocated } = stock(shop);
      return [read.Type, read.CombinedShippingStatus, left, allocated];
    };
    expect(await ship(made.ID, 2)).toEqual(["Simple Sale", "PARTIALLY SHIPPED", onHand - 2, 3]);
    const tasks = (await shop.ok("POST", "/sale/fulfilment", { SaleID: made.ID })).Fulfilments;
    expect(await ship(tasks[1].TaskID, 3)).toEqual(["Advanced Sale", "SHIPPED", onHand - 5, 0]);
  });

  it("a pick of more than there is is refused with what is available (facts 1.4)", async () => {
    const shop = start();
    const made = await sale(shop);
    const { onHand } = stock(shop);
    await order(shop, made.ID, { Lines: [line(SKU, onHand + 5, 1, 0, onHand + 5)] });
    const body = { TaskID: made.ID, Status: "AUTHORISED", Lines: [{ SKU, Location: "Main Warehouse", Quantity: onHand + 5 }] };
    expect(await shop.refused("POST", "/sale/fulfilment/pick", body)).toMatch(/Available quantity .* is 0/);
    expect(stock(shop)).toMatchObject({ onHand, allocated: onHand, available: 0 });
  });

  it("refuses an order that is authorised already, naming the status (facts 1.4)", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    expect(await shop.refused("POST", "/sale/order", { SaleID: made.ID, Memo: "", Status: "AUTHORISED", ...goods })).toContain(
      "Status is AUTHORISED",
    );
  });

  it("assembles kits from their components, all or nothing (facts 3.5)", async () => {
    const shop = start();
    const part = (await shop.ok("GET", `/product?Sku=${SKU}`)).Products[0];
    const bom = {
      BillOfMaterial: true,
      AutoAssembly: true,
      QuantityToProduce: 1,
      BillOfMaterialsProducts: [{ ComponentProductID: part.ID, Quantity: 3 }],
    };
    await shop.ok("POST", "/product", {
      SKU: "KIT",
      Name: "Kit",
      Category: "Other",
      Type: "Stock",
      CostingMethod: "FIFO",
      UOM: "Item",
      Status: "Active",
      PriceTier1: 9,
      ...bom,
    });
    const { onHand } = stock(shop);
    expect(stock(shop, "KIT").available).toBe(Math.floor(onHand / 3));
    const made = await sale(shop);
    await order(shop, made.ID, { Lines: [line("KIT", 2, 9, 1.8, 18)] });
    expect([stock(shop).onHand, stock(shop, "KIT").allocated]).toEqual([onHand - 6, 2]);
  });
});

describe("invoices and payments (facts 2.7)", () => {
  it("a repeat with the all-zero TaskID makes a second invoice and an advanced sale (facts 9.26)", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    await invoice(shop, made.ID, goods);
    const again = await shop.ok("POST", "/sale/invoice", invoiceBody(made.ID, goods));
    expect(again.Invoices).toHaveLength(2);
    expect((await shop.ok("GET", `/sale?ID=${made.ID}`)).Type).toBe("Advanced Sale");
    const strict = start({ secondInvoice: "refuse" });
    const other = await sale(strict);
    await order(strict, other.ID, goods);
    await invoice(strict, other.ID, goods);
    expect(await strict.refused("POST", "/sale/invoice", invoiceBody(other.ID, goods))).toContain("Status is AUTHORISED");
  });

  it("a draft invoice takes no payment until it is authorised by PUT (facts 12)", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    const draft = await invoice(shop, made.ID, goods, { Status: "DRAFT" });
    expect(await shop.refused("POST", "/sale/payment", paymentBody(draft.TaskID, 220))).toContain("authorised invoice");
    await shop.ok("PUT", "/sale/invoice", { SaleID: made.ID, TaskID: draft.TaskID, Status: "AUTHORISED" });
    await pay(shop, draft.TaskID, 220);
    expect((await shop.ok("GET", `/sale/invoice?SaleID=${made.ID}`)).Invoices[0].Status).toBe("PAID");
  });

  it.each([
    ["credit", 1],
    ["accept", 0],
  ])("an overpayment, overpayment=%s, leaves %i customer credit (facts 11.10)", async (overpayment, credits) => {
    const shop = start({ overpayment });
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    const bill = await invoice(shop, made.ID, goods);
    await pay(shop, bill.TaskID, 230);
    expect((await shop.ok("GET", "/ref/customer/credits")).CustomerCredits).toHaveLength(credits);
  });

  it("a payment account must accept payments (facts 9.23)", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    const bill = await invoice(shop, made.ID, goods);
    expect(await shop.refused("POST", "/sale/payment", paymentBody(bill.TaskID, 1, { Account: "200" }))).toContain(
      "can not be used for payments",
    );
  });

  it("a service sale has no order, and its invoice shares its ID (facts 2.8)", async () => {
    const shop = start();
    await chargeProducts(shop);
    const made = await sale(shop, { ServiceOnly: true });
    const bill = await invoice(
      shop,
      made.ID,
      { Lines: [line("SHIPPING", 1, 50, 0, 50, { Account: "840", TaxRule: "Tax Exempt" })] },
      { TaskID: made.ID },
    );
    expect([made.Type, bill.TaskID]).toEqual(["Service Sale", made.ID]);
    expect(await shop.refused("POST", "/sale/order", { SaleID: made.ID, Status: "DRAFT", ...goods })).toContain(
      "not available for Service Sale",
    );
    await pay(shop, bill.TaskID, 50);
    expect(await status(shop, made.ID)).toBe("COMPLETED");
  });
});

describe("cancel and undo (facts 2.8)", () => {
  it("DELETE /sale without Void=true is an undo that keeps the data (facts 2.8, 9.1)", async () => {
    const shop = start();
    const made = await sale(shop);
    const before = stock(shop).allocated;
    await order(shop, made.ID, goods);
    expect(stock(shop).allocated).toBe(before + 2);
    const undone = await shop.ok("DELETE", `/sale?ID=${made.ID}`);
    expect([undone.Status, undone.Order.Status, undone.Order.Lines.length]).toEqual(["ORDERING", "DRAFT", 1]);
    expect(stock(shop).allocated).toBe(before);
    expect((await order(shop, made.ID, goods)).Status).toBe("AUTHORISED");
  });

  it("with Void=true every later write is refused", async () => {
    const shop = start();
    const made = await sale(shop);
    await order(shop, made.ID, goods);
    const voided = await shop.ok("DELETE", `/sale?ID=${made.ID}&Void=true`);
    expect([voided.Status, voided.CombinedPaymentStatus, voided.Order.Status]).toEqual(["VOIDED", "VOIDED", "VOIDED"]);
    expect(await shop.refused("POST", "/sale/order", { SaleID: made.ID, Status: "DRAFT", ...goods })).toContain("VOIDED");
  });

  it("undoWithPayments and undoWithShipment decide about paid and shipped sales (facts 11.9)", async () => {
    for (const accept of [false, true]) {
      const shop = start(accept ? { undoWithPayments: "accept", undoWithShipment: "accept" } : {});
      const made = await sale(shop);
      const { onHand } = stock(shop);
      await order(shop, made.ID, goods, { AutoPickPackShipMode: "AUTOPICKPACKSHIP" });
      const answer = await shop.send("DELETE", `/sale?ID=${made.ID}&Void=true`);
      expect(answer.status).toBe(accept ? 200 : 400);
      expect(stock(shop).onHand).toBe(accept ? onHand : onHand - 2);
    }
  });
});
