import { describe, expect, it } from "vitest";
import { saleRow } from "../../../worker/cin7/schemas/sale.ts";
import { judgeSale, type KnownSale, utcInstant } from "../../../worker/reconcile/sales.ts";

const NOW = "2026-11-21T09:00:00.000Z";
const OLD = "2026-11-21T08:50:00";
const row = (over: object = {}) => saleRow.parse({ SaleID: "ABC", Status: "ORDERED", Updated: OLD, OrderStatus: "AUTHORISED", ...over });
const known = (over: Partial<KnownSale> = {}): KnownSale => ({
  storeHash: "abc123",
  orderId: 1042,
  generation: 1,
  saleId: "abc",
  stages: "sale,ordered",
  waitsFor: "",
  total: "11.00",
  paid: [],
  told: false,
  ...over,
});
const judge = (r: object = {}, k: Partial<KnownSale> = {}, sweptAt: string | null = null) =>
  judgeSale(row(r), known(k), { now: NOW, sweptAt, timeScale: 1 });
const kinds = (...given: Parameters<typeof judge>) => judge(...given).works.map(({ kind }) => kind);

describe("what a row of Cin7's list of sales means for its order (design 3.7)", () => {
  it("the sale that we know, as we know it: nothing", () => expect(judge()).toEqual({ works: [], stages: "sale,ordered" }));

  it("a sale of an order whose sale we do not know is looked at, once it is not just made", () => {
    expect(kinds({}, { saleId: null })).toEqual(["order.changed"]);
    expect(kinds({ Updated: "2026-11-21T08:59:30" }, { saleId: null })).toEqual([]);
    expect(kinds({ Status: "VOIDED" }, { saleId: null })).toEqual([]);
  });

  it("a second sale of it, or one that was made void, is looked at; one that we voided is not", () => {
    expect(kinds({ SaleID: "other" })).toEqual(["sale.check"]);
    expect(kinds({ Status: "VOIDED" })).toEqual(["sale.check"]);
    expect(kinds({ Status: "VOIDED" }, { stages: "sale,voided" })).toEqual([]);
  });

  it("a change is looked at for some minutes, not for as long as its row is among the newest", () => {
    expect(kinds({ SaleID: "other" }, {}, "2026-11-21T08:53:00.000Z")).toEqual(["sale.check"]);
    expect(kinds({ SaleID: "other" }, {}, "2026-11-21T08:55:00.000Z")).toEqual([]);
  });

  it.each<[KnownSale["waitsFor"], object, boolean]>([
    ["order", { OrderStatus: "AUTHORISED" }, true],
    ["order", { OrderStatus: "DRAFT" }, false],
    ["order", { OrderStatus: "NOT AVAILABLE" }, false],
    ["shipment", { CombinedShippingStatus: "SHIPPED" }, true],
    ["shipment", { CombinedShippingStatus: "PARTIALLY SHIPPED" }, false],
    ["invoice", { CombinedInvoiceStatus: "invoiced" }, true],
    ["invoice", { CombinedInvoiceStatus: "NOT INVOICED" }, false],
    ["books", {}, false],
  ])("what waits for %s, and the list says %j: goes on %s", (waitsFor, over, goes) => {
    expect(kinds(over, { waitsFor })).toEqual(goes ? ["order.money"] : []);
  });

  it("M10: the warehouse's whole stages show on the order", () => {
    const done = { CombinedPickingStatus: "PICKED", CombinedPackingStatus: "PACKED", CombinedShippingStatus: "PARTIALLY SHIPPED" };
    expect(judge(done).stages).toBe("sale,ordered,picked,packed");
  });

  it("more money than the order has asks for a look; so does everything of which somebody was told", () => {
    expect(kinds({ InvoiceAmount: "22.00" })).toEqual(["sale.check"]);
    expect(kinds({}, { told: true })).toEqual(["sale.check"]);
  });
});

it("Cin7's instants are UTC, with or without saying so (cin7-core.md 1.5)", () => {
  expect(["2026-11-21T09:00:00", "2026-11-21T09:00:00Z", "2026-11-21T19:00:00+10:00"].map(utcInstant)).toEqual([NOW, NOW, NOW]);
  expect(utcInstant("")).toBe("");
});
