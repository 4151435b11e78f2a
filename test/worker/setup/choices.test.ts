import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../worker/api/access.ts";
import { choicesOf } from "../../../worker/setup/choices.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { addStore, api, iso, NOW, OTHER_ACCOUNT, ready, SIDES, Status } from "../../harness/api.ts";

let store: StoreRow;
beforeEach(async () => {
  store = await addStore();
});
afterEach(() => vi.restoreAllMocks());

it("what could not be read is empty, and nothing is guessed in its place", () => {
  const never = () => ({ created: "never", authorised: "never", paid: "never", completed: "never" }) as const;
  const none = choicesOf({}, { currency: "AUD", timeZone: "Australia/Melbourne" }, never);
  expect(none).toMatchObject({
    taxClasses: [],
    taxRules: [],
    paymentAccounts: [],
    locations: [],
    currencies: { bigcommerce: "AUD", cin7: "" },
  });
});

describe("GET choices", () => {
  it("reads both sides live", async () => {
    const { get } = await api(settingsRoutes, store, { role: "view", answers: SIDES });
    const { status, body } = await get("/choices");
    expect(status).toBe(200);
    expect(body.taxClasses).toEqual([
      { id: 0, name: "Default Tax Class" },
      { id: 1, name: "Non-Taxable Products" },
    ]);
    expect(body.taxRules[0]).toEqual({ name: "GST on Income", percent: "10", active: true });
    expect(body.paymentMethods.map((m: { key: string }) => m.key)).toEqual(["stripe", "bank deposit", "giftcertificate", "storecredit"]);
    expect(body.paymentAccounts.map((a: { code: string }) => a.code)).toEqual(["713", "715", "840"]);
    expect(body.chargeAccounts.map((a: { code: string }) => a.code)).toEqual(["200", "205", "260", "261", "310", "840", "860"]);
    expect(body.locations).toEqual([{ id: "loc-1", name: "Main Warehouse", isDefault: true }]);
    expect(body.orderStatuses[1]).toMatchObject({
      id: 11,
      name: "Awaiting Fulfillment",
      customName: "Ready to pack",
      taken: { created: "yes", completed: "not-yet" },
    });
    expect(body.orderStatuses[0].taken).toEqual({ created: "never", authorised: "never", paid: "never", completed: "never" });
    expect(body.currencies).toEqual({ bigcommerce: "AUD", cin7: "AUD" });
    expect(body.warnings).toEqual([]);
  });

  it("a side that fails becomes a sentence and the rest is still there; M43 settings that bite are said", async () => {
    const me = {
      Company: "H",
      Currency: "NZD",
      AutomaticallyApplyDiscounts: "true",
      TaxCalculationMethod: "Total",
      LockDate: "2026-10-31T00:00:00",
    };
    const answers = {
      ...SIDES,
      "GET /v2/payments/methods": new Status(403, { title: "Forbidden" }),
      "GET /ref/tax": new Status(500, {}),
      "GET /me": me,
    };
    const { get } = await api(settingsRoutes, store, { answers });
    const { body } = await get("/choices");
    expect(body.taxRules).toEqual([]);
    expect(body.paymentMethods.map((m: { key: string }) => m.key)).toEqual(["bank deposit", "stripe", "giftcertificate", "storecredit"]);
    expect(body.locations).toHaveLength(1);
    expect(body.warnings).toEqual([
      "BigCommerce does not let us read the payment methods: a permission is missing. Open the app again from Apps and grant it.",
      "Cin7 Core does not answer, so we could not read its tax rules. Try again in a minute.",
      expect.stringMatching(/applies discounts automatically/),
      expect.stringMatching(/tax on the total/),
      expect.stringMatching(/locked up to 2026-10-31/),
      expect.stringMatching(/sells in AUD, Cin7 Core keeps its books in NZD/),
    ]);
  });

  it("no call left for us: 503 with when", async () => {
    const { get } = await api(settingsRoutes, store, {
      answers: SIDES,
      permit: () => ({ granted: false, at: Date.parse(iso()) + 30_000 }),
    });
    expect(await get("/choices")).toMatchObject({
      status: 503,
      body: { error: { code: "busy", message: expect.stringMatching(/Try again in 30 seconds\.$/) } },
    });
  });

  it("are kept: the next page opens with them and asks nobody, however full the minute is; Refresh asks both sides", async () => {
    const first = await api(settingsRoutes, store, { answers: SIDES });
    const { body } = await first.get("/choices");
    expect(body.readAt).toBe(iso());
    const full = await api(settingsRoutes, store, { answers: SIDES, permit: () => ({ granted: false, at: NOW + 30_000 }) });
    expect(await full.get("/choices")).toEqual({ status: 200, body });
    expect(full.calls).toEqual([]);
    const renamed = {
      ...SIDES,
      "GET /v2/tax_classes": [
        { id: 0, name: "Default Tax Class" },
        { id: 3, name: "Books" },
      ],
    };
    const fresh = await api(settingsRoutes, store, { answers: renamed });
    expect((await fresh.get("/choices")).body.taxClasses).toHaveLength(2);
    expect((await fresh.get("/choices?fresh=1")).body.taxClasses[1]).toEqual({ id: 3, name: "Books" });
    expect((await fresh.get("/choices")).body.taxClasses[1]).toEqual({ id: 3, name: "Books" });
  });

  it("a list that cannot be read now stays as it was, and that is said", async () => {
    await (await api(settingsRoutes, store, { answers: SIDES })).get("/choices");
    const { get } = await api(settingsRoutes, store, { answers: { ...SIDES, "GET /ref/tax": new Status(500, {}) } });
    const { status, body } = await get("/choices?fresh=1");
    expect(status).toBe(200);
    expect(body.taxRules).toHaveLength(2);
    expect(body.warnings).toEqual(["Cin7 Core does not answer, so we could not read its tax rules. Try again in a minute."]);
  });

  it("a first look that runs out of calls is not begun anew: what it read is kept, and the next one asks for the rest", async () => {
    let left = 2;
    const permit = () => (left-- > 0 ? { granted: true as const } : { granted: false as const, at: NOW + 7000 });
    const short = await api(settingsRoutes, store, { answers: SIDES, permit });
    expect((await short.get("/choices")).status).toBe(503);
    const next = await api(settingsRoutes, store, { answers: SIDES });
    expect((await next.get("/choices")).status).toBe(200);
    expect(next.calls.map((call) => call.path)).toEqual(expect.arrayContaining(["/ref/location", "/me"]));
    expect(next.calls.filter((call) => ["/ref/tax", "/ref/account", "/v2/tax_classes"].includes(call.path))).toEqual([]);
  });

  it("are those of the account that is linked: another one's are read anew", async () => {
    await (await api(settingsRoutes, store, { answers: SIDES })).get("/choices");
    const other = await api(settingsRoutes, { ...store, accountId: OTHER_ACCOUNT }, { answers: SIDES });
    await other.get("/choices");
    expect(other.calls.map((call) => call.path)).toContain("/ref/tax");
  });

  it("a choice is saved while Cin7 Core has no call left: it is judged by the lists that are kept", async () => {
    await (await api(settingsRoutes, store, { answers: SIDES })).get("/choices");
    expect((await (await api(settingsRoutes, store, { answers: SIDES })).save({ basedOn: 0, settings: ready() })).status).toBe(200);
    const permit = () => ({ granted: false as const, at: NOW + 7000 });
    const { save, calls } = await api(settingsRoutes, store, { answers: SIDES, permit });
    const withTax = (rule: string) => ready((s) => Object.assign(s.tax.classes[0] ?? {}, { withTax: rule }));
    expect((await save({ basedOn: 1, settings: withTax("VAT") })).body.error.fields).toHaveProperty("tax.classes.0.withTax");
    expect(await save({ basedOn: 1, settings: withTax("Tax Exempt") })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(calls).toEqual([]);
  });

  it("customers are found by name, or by e-mail when there is an @", async () => {
    const { get, calls } = await api(settingsRoutes, store, { answers: SIDES });
    expect((await get("/choices/customers?q=Web")).body.customers).toEqual([
      { id: "cus-1", name: "Web customer", currency: "AUD", email: "web@example.com" },
    ]);
    await get("/choices/customers?q=web%40example.com");
    expect(calls.map((c) => [c.query.get("Name"), c.query.get("ContactFilter")])).toEqual([
      ["Web", null],
      [null, "web@example.com"],
    ]);
  });
});
