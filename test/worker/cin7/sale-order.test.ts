import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isOpen, readOrder, writeOrder } from "../../../worker/cin7/sale-order.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { anOrder, aSale, orderOf } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

describe("the order of a sale", () => {
  it("of a sale without one Cin7 says so; written, it is read as it stands there", async () => {
    const bare = await readOrder(shop.client, await aSale(shop));
    expect(bare).toMatchObject({ is: "read", value: { Status: "NOT AVAILABLE" } });
    expect(bare.is === "read" && isOpen(bare.value)).toBe(true);
    const id = await anOrder(shop);
    expect(await readOrder(shop.client, id)).toMatchObject({ is: "read", value: { SaleID: id, Status: "AUTHORISED", Total: 11, Tax: 1 } });
  });

  it("one without totals is an answer only where there is no order", async () => {
    const id = await aSale(shop);
    const says = (Status: string) => shop.fault({ kind: "status", status: 200, text: JSON.stringify({ SaleID: id, Status }) });
    says("NOT AVAILABLE");
    expect(await readOrder(shop.client, id)).toMatchObject({ is: "read", value: { Lines: [] } });
    says("AUTHORISED");
    expect(await readOrder(shop.client, id)).toMatchObject({ is: "trouble", why: "garbage" });
  });

  it("each answer means what it means everywhere", async () => {
    const id = await anOrder(shop);
    expect(await whatReadsMean(shop, () => readOrder(shop.client, id))).toEqual(READS_MEAN);
    expect(await whatWritesMean(shop, () => writeOrder(shop.client, orderOf(id)))).toEqual(WRITES_MEAN);
  });
});
