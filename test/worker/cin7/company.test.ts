import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readCompany } from "../../../worker/cin7/company.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, whatReadsMean } from "../../harness/cin7-shop.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

describe("the company of a key", () => {
  it("currency, zone and lock date, as it has them", async () => {
    expect(await readCompany(shop.client)).toMatchObject({
      is: "read",
      value: { company: "Harbour Trading Pty Ltd", currency: "AUD", lockDate: null, taxByTotal: false, autoDiscounts: false },
    });
  });

  it("each answer means what it means everywhere: what is no company unlocks no books", async () => {
    expect(await whatReadsMean(shop, () => readCompany(shop.client))).toEqual(READS_MEAN);
  });
});
