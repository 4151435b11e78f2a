import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../worker/api/access.ts";
import { proposalRoutes } from "../../../worker/first-run/proposal-routes.ts";
import { currentSettings } from "../../../worker/settings/store.ts";
import { addStore, api, CHART, db, SIDES, tenant } from "../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

const SHOP = { ...SIDES, "GET /v2/store": { id: "abc123", currency: "AUD", country_code: "AU", admin_email: "olivia@example.com" } };
const nobody = { Total: 0, CustomerList: [] };
const [sales] = CHART;
const NEW_COMPANY = {
  ...SHOP,
  "GET /customer": nobody,
  "GET /ref/account": {
    Total: 2,
    AccountsList: [sales, { ...sales, Code: "610", Name: "Accounts receivable", Class: "ASSET", SystemAccount: "Accounts receivable" }],
  },
  "GET /ref/paymentterm": {
    Total: 2,
    PaymentTermList: [
      { Name: "30 days", Duration: 30, Method: "number of days" },
      { Name: "Prepaid", Duration: 0, Method: "number of days" },
    ],
  },
};

it("proposes what both sides tell, the customer that is there and the shop's own address, and saves nothing", async () => {
  const { get } = await api(proposalRoutes, store, { answers: SHOP });
  const { status, body } = await get("/proposal");
  expect(status).toBe(200);
  expect(body).toMatchObject({ customer: null, email: "olivia@example.com" });
  expect(body.settings.customers.defaultCustomer).toEqual({ id: "cus-1", name: "Web customer" });
  expect(body.settings.location.salesShipFrom).toEqual({ id: "loc-1", name: "Main Warehouse" });
  expect(body.settings.tax.classes[0]).toMatchObject({ withTax: "GST on Income", withoutTax: "Tax Exempt" });
  expect((await currentSettings(db(), tenant())).version).toBe(0);
});

it("the rates of the newest orders decide: a class that was sold at 25 % goes on no rule of 10 %", async () => {
  const taxes = [{ tax_class_id: 0, name: "VAT", class: "Default", rate: "25.0000", line_amount: "1", line_item_type: "item" }];
  const answers = { ...SHOP, "GET /v2/orders/1/taxes": taxes, "GET /v2/orders/2/taxes": taxes, "GET /v2/orders/3/taxes": [] };
  const { get } = await api(proposalRoutes, store, { answers });
  expect((await get("/proposal")).body.settings.tax.classes[0].withTax).toBeNull();
});

it('where no customer stands for web orders, "BigCommerce web orders" is offered and made once, with what Cin7 Core asks of it', async () => {
  let made = 0;
  const answers = {
    ...NEW_COMPANY,
    "POST /customer": ({ body }: { body: unknown }) => {
      made++;
      return { Total: 1, CustomerList: [{ ...(body as object), ID: "cus-9" }] };
    },
    "GET /customer": () =>
      made
        ? { Total: 1, CustomerList: [{ ID: "cus-9", Name: "BigCommerce web orders", Status: "Active", Currency: "AUD", Contacts: [] }] }
        : nobody,
  };
  const { get, post, calls } = await api(proposalRoutes, store, { answers });
  expect((await get("/proposal")).body).toMatchObject({
    customer: "BigCommerce web orders",
    settings: { customers: { defaultCustomer: null } },
  });
  const ready = { id: "cus-9", name: "BigCommerce web orders" };
  expect((await post("/proposal/customer", { taxRule: "GST on Income" })).body).toEqual(ready);
  expect((await post("/proposal/customer", { taxRule: "GST on Income" })).body).toEqual(ready);
  expect(made).toBe(1);
  expect(calls.find((call) => call.method === "POST")?.body).toEqual({
    Name: "BigCommerce web orders",
    Status: "Active",
    Currency: "AUD",
    PaymentTerm: "Prepaid",
    AccountReceivable: "610",
    RevenueAccount: "200",
    TaxRule: "GST on Income",
  });
});

it("a company or person whose name begins with Web stands for no web orders", async () => {
  const webb = { Total: 1, CustomerList: [{ ID: "cus-2", Name: "Webb Orders Pty Ltd", Status: "Active", Currency: "AUD", Contacts: [] }] };
  const { get } = await api(proposalRoutes, store, { answers: { ...SHOP, "GET /customer": webb } });
  expect((await get("/proposal")).body.customer).toBe("BigCommerce web orders");
});

it("only who may configure is shown what would be set up", async () => {
  const { get, post } = await api(proposalRoutes, store, { role: "operate", answers: SHOP });
  expect((await get("/proposal")).status).toBe(403);
  expect((await post("/proposal/customer", { taxRule: "GST on Income" })).status).toBe(403);
});
