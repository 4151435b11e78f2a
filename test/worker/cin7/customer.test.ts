import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCustomer, customerById, customersByEmail, readCustomer, searchCustomers } from "../../../worker/cin7/customer.ts";
import { type Cin7Shop, cin7Shop, READS_MEAN, WRITES_MEAN, whatReadsMean, whatWritesMean } from "../../harness/cin7-shop.ts";
import { write } from "./documents.ts";

let shop: Cin7Shop;
beforeEach(() => {
  shop = cin7Shop();
});
afterEach(() => vi.restoreAllMocks());

const ADA = {
  Name: "Ada Lovelace",
  Status: "Active",
  Currency: "AUD",
  PaymentTerm: "30 days",
  AccountReceivable: "610",
  RevenueAccount: "200",
  TaxRule: "GST on Income",
  Contacts: [{ Name: "Ada Lovelace", Email: "ada@example.com", Default: true }],
};

describe("customers of Cin7 Core", () => {
  it("one that was made is found by its e-mail, by its ID and by the beginning of its name", async () => {
    const { id } = await write(createCustomer(shop.client, ADA));
    expect(await customersByEmail(shop.client, "ada@example.com")).toMatchObject({ is: "read", value: [{ Name: "Ada Lovelace" }] });
    expect(await readCustomer(shop.client, id)).toMatchObject({ is: "read", value: { PaymentTerm: "30 days" } });
    expect(await customerById(shop.client, id)).toMatchObject({ is: "read", value: { id, active: true, email: "ada@example.com" } });
    expect(await searchCustomers(shop.client, "Ada Lo")).toMatchObject({ is: "read", value: [{ id }] });
    expect(await searchCustomers(shop.client, "ada@example.com")).toMatchObject({ is: "read", value: [{ id }] });
  });

  it("an ID that nobody has is null", async () => {
    const nobody = "00000000-0000-4000-8000-00000000ffff";
    expect(await readCustomer(shop.client, nobody)).toEqual({ is: "read", value: null });
    expect(await customerById(shop.client, nobody)).toEqual({ is: "read", value: null });
  });

  it("each answer means what it means everywhere", async () => {
    const { id } = await write(createCustomer(shop.client, ADA));
    const readings = [
      () => customersByEmail(shop.client, "ada@example.com"),
      () => readCustomer(shop.client, id),
      () => customerById(shop.client, id),
      () => searchCustomers(shop.client, "Ada"),
    ];
    for (const reading of readings) expect(await whatReadsMean(shop, reading)).toEqual(READS_MEAN);
    expect(await whatWritesMean(shop, () => createCustomer(shop.client, { ...ADA, Name: "Grace" }))).toEqual(WRITES_MEAN);
  });
});
