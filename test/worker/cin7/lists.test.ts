import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as lists from "../../../worker/cin7/lists.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

describe("reference lists of a company", () => {
  it("are read whole, in our own fields", async () => {
    const { client } = shop;
    expect(await lists.taxRules(client)).toMatchObject({
      is: "read",
      value: expect.arrayContaining([expect.objectContaining({ name: "GST on Income", active: true })]),
    });
    expect(await lists.accounts(client)).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ code: "200", class: "REVENUE" })]),
    });
    expect(await lists.locations(client)).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ name: "Main Warehouse", sells: true })]),
    });
    expect(await lists.paymentTerms(client)).toMatchObject({
      value: expect.arrayContaining([expect.objectContaining({ name: "30 days" })]),
    });
    expect(await lists.representatives(client)).toMatchObject({ is: "read", value: expect.any(Array) });
  });

  it("a category and a unit of measure are made by their name", async () => {
    for (const of of [lists.categories, lists.unitsOfMeasure]) {
      expect(await write(of.create(shop.client, "Lockstep charges"))).toBe("Lockstep charges");
      expect(await of.list(shop.client)).toMatchObject({ value: expect.arrayContaining(["Lockstep charges"]) });
    }
  });

  it("each answer means what it means everywhere", async () => {
    const { taxRules, accounts, locations, paymentTerms, representatives, categories, unitsOfMeasure } = lists;
    for (const read of [taxRules, accounts, locations, paymentTerms, representatives, categories.list, unitsOfMeasure.list])
      expect(await whatReadsMean(shop, () => read(shop.client))).toEqual(READS_MEAN);
    expect(await whatWritesMean(shop, () => categories.create(shop.client, "New"))).toEqual(WRITES_MEAN);
  });
});
