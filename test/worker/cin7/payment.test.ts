import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writeInvoice } from "../../../worker/cin7/invoice.ts";
import { postPayment, readPayments } from "../../../worker/cin7/payment.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { invoiceBody, paymentBody } from "../../twins/cin7/harness.ts";
import { anOrder, GOODS, write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

describe("payments of a sale", () => {
  it("none is an empty list; what was posted is listed with its reference", async () => {
    const id = await anOrder(shop);
    expect(await readPayments(shop.client, id)).toEqual({ is: "read", value: [] });
    const { TaskID } = await write(writeInvoice(shop.client, invoiceBody(id, GOODS)));
    const made = await write(postPayment(shop.client, paymentBody(TaskID, 11, { Reference: "ch_1 | ls:1042:77" })));
    expect(await readPayments(shop.client, id)).toMatchObject({
      is: "read",
      value: [{ ID: made.id, Reference: "ch_1 | ls:1042:77", Amount: 11 }],
    });
  });

  it("each answer means what it means everywhere", async () => {
    const id = await anOrder(shop);
    const { TaskID } = await write(writeInvoice(shop.client, invoiceBody(id, GOODS)));
    expect(await whatReadsMean(shop, () => readPayments(shop.client, id))).toEqual(READS_MEAN);
    expect(await whatWritesMean(shop, () => postPayment(shop.client, paymentBody(TaskID, 11)))).toEqual(WRITES_MEAN);
  });
});
