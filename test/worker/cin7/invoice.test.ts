import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readInvoice, writeInvoice } from "../../../worker/cin7/invoice.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { invoiceBody } from "../../twins/cin7/harness.ts";
import { anOrder, GOODS, write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

describe("the invoice of a sale", () => {
  it("none is null; written, it is the one that is read, and a void one is none", async () => {
    const id = await anOrder(shop);
    expect(await readInvoice(shop.client, id)).toEqual({ is: "read", value: null });
    const made = await write(writeInvoice(shop.client, invoiceBody(id, GOODS)));
    expect(made).toMatchObject({ Status: "AUTHORISED" });
    expect(await readInvoice(shop.client, id)).toMatchObject({
      is: "read",
      value: { TaskID: made.TaskID, InvoiceNumber: made.InvoiceNumber },
    });
    const says = (Invoices: unknown) => shop.fault({ kind: "status", status: 200, text: JSON.stringify({ SaleID: id, Invoices }) });
    says([{ TaskID: made.TaskID, Status: "VOIDED" }, { Status: "NOT AVAILABLE" }]);
    expect(await readInvoice(shop.client, id)).toEqual({ is: "read", value: null });
  });

  it("an invoice that cannot be read is not no invoice", async () => {
    const id = await anOrder(shop);
    shop.fault({ kind: "status", status: 200, text: JSON.stringify({ SaleID: id, Invoices: [{ Status: "AUTHORISED" }] }) });
    expect(await readInvoice(shop.client, id)).toMatchObject({ is: "trouble", why: "garbage" });
  });

  it("each answer means what it means everywhere", async () => {
    const id = await anOrder(shop);
    expect(await whatReadsMean(shop, () => readInvoice(shop.client, id))).toEqual(READS_MEAN);
    expect(await whatWritesMean(shop, () => writeInvoice(shop.client, invoiceBody(id, GOODS)))).toEqual(WRITES_MEAN);
  });
});
