import { afterEach, expect, it, vi } from "vitest";
import type { Choices } from "../../../worker/contract/index.ts";
import type { AccountId } from "../../../worker/lib/ids.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { addStore, api, type Call, SIDES, Status } from "../../harness/api.ts";
import { start } from "../../twins/cin7/harness.ts";
import { HARBOUR } from "../../twins/cin7/index.ts";

afterEach(() => vi.restoreAllMocks());

it("Setup against the Cin7 Core twin: choose, create the nine charge items, switch orders on", async () => {
  const cin7 = start();
  const store = await addStore("abc123", HARBOUR.accountId as AccountId);
  const ask = async ({ method, path, query, body }: Call) => {
    const { status, body: answer } = await cin7.send(method, query.size ? `${path}?${query}` : path, body ?? undefined);
    return status === 200 ? answer : new Status(status, answer);
  };
  const paths = [
    "GET /me",
    "GET /ref/tax",
    "GET /ref/account",
    "GET /ref/location",
    "GET /customer",
    "GET /product",
    "POST /product",
    "GET /ref/category",
    "GET /ref/unit",
  ];
  const { get, post, save, calls } = await api(settingsRoutes, store, {
    answers: { ...SIDES, ...Object.fromEntries(paths.map((path) => [path, ask])) },
  });

  const choices = (await get("/choices")).body as Choices;
  expect(choices.warnings).toEqual([]);
  expect(choices.locations.map((l) => l.name)).toContain("Main Warehouse");
  expect(choices.paymentAccounts.map((a) => a.code)).toContain("713");
  const { customers } = (await get("/choices/customers?q=Web")).body;
  expect(customers[0]).toMatchObject({ currency: "AUD" });

  const proposed = (await get("/charges")).body.charges as { key: string; name: string; account: string }[];
  expect(proposed.filter((p) => p.account === "")).toEqual([]);
  const made = await post("/charges", { create: proposed.map(({ key, name, account }) => ({ key, name, account })) });
  expect(made.status).toBe(200);

  const { settings } = (await get("/settings")).body;
  settings.customers.defaultCustomer = { id: customers[0].id, name: customers[0].name };
  settings.location.salesShipFrom = { id: choices.locations[0]?.id, name: choices.locations[0]?.name };
  settings.tax.classes = choices.taxClasses.map(({ id, name }) => ({
    classId: id,
    className: name,
    withTax: choices.taxRules[0]?.name,
    withoutTax: choices.taxRules[0]?.name,
  }));
  for (const { key, name, account, productId } of made.body.charges) settings.charges.items[key] = { productId, name, account };
  settings.orders.on = true;
  expect(await save({ basedOn: 0, settings })).toMatchObject({ status: 200, body: { version: 1 } });
  // All of it fits into one minute of Cin7 Core.
  expect(calls.filter((c) => !c.path.startsWith("/v2/")).length).toBeLessThan(40);
});
