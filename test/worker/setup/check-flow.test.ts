import { beforeEach, describe, expect, it } from "vitest";
import type { Settings } from "../../../worker/contract/index.ts";
import type { LinkedContext } from "../../../worker/inbox/flow.ts";
import { accounts, orders, stores } from "../../../worker/lib/db/schema/tables.ts";
import { raise } from "../../../worker/problems/store.ts";
import { currentSettings, saveSettings, settingsHistory } from "../../../worker/settings/store.ts";
import { checkSettings } from "../../../worker/setup/check-flow.ts";
import { type Answers, addOrder, addStore, type Call, db, iso, NOW, ready, SIDES, set, tenant } from "../../harness/api.ts";
import { aContext, bigCommerceOf, cin7Of, LOST, ok } from "../../harness/context.ts";

/** `settings.check`: what Setup names, looked at once a day. */
let store: LinkedContext["store"];
beforeEach(async () => {
  store = await addStore();
});

async function checked(saved: Settings, answers: Answers = {}, on = true) {
  const document = { ...saved, orders: { ...saved.orders, on } };
  const from = { ...SIDES, ...answers };
  const get = async (path: string, query: Record<string, unknown> = {}) => {
    const known = from[`GET ${path}`];
    const search = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]));
    const body =
      typeof known === "function" ? (known as (call: Call) => unknown)({ method: "GET", path, query: search, body: null }) : known;
    if (body === "away") return LOST;
    return body === undefined ? ({ is: "missing", status: 404, message: "not in this test" } as const) : ok(body);
  };
  const settings = { version: 1, document };
  return checkSettings(
    aContext({ store, settings, cin7: cin7Of({ get }), bigcommerce: bigCommerceOf((_, path, __, query) => get(path, query)) }),
  );
}
const both = set("tax.classes", [
  { classId: 0, className: "Default Tax Class", withTax: "GST on Income", withoutTax: "Tax Exempt" },
  { classId: 1, className: "Non-Taxable Products", withTax: null, withoutTax: "Tax Exempt" },
]);

describe("settings.check, once a day", () => {
  it("with orders off neither side is asked (F1), unless documents of before wait for their books", async () => {
    let asked = 0;
    const me = () => {
      asked++;
      return { Company: "Harbour", Currency: "AUD", LockDate: null };
    };
    const outcome = { is: "done", again: { at: NOW + 86_400_000, work: { kind: "settings.check" } } };
    expect(await checked(ready(both), { "GET /me": me }, false)).toMatchObject(outcome);
    expect(asked).toBe(0);
    await addOrder(1, { state: "sent", waitsFor: "books" });
    expect(await checked(ready(both), { "GET /me": me }, false)).toMatchObject(outcome);
    expect(asked).toBe(1);
  });
  it("everything is there: nothing is told, and it comes again in a day", async () => {
    expect(await checked(ready(both))).toEqual({
      is: "done",
      note: "Everything that Setup names is there.",
      notices: [],
      clears: [],
      again: { at: NOW + 86_400_000, work: { kind: "settings.check" } },
      next: [],
    });
  });
  it("a location, tax rule, account, customer or charge item that is gone is told, each once, with its sentence", async () => {
    const settings = ready((s) => {
      both(s);
      set("invoice.revenueAccount", "999")(s);
    });
    const outcome = await checked(settings, {
      "GET /ref/location": { Total: 0, LocationList: [] },
      "GET /ref/tax": { Total: 1, TaxRuleList: [{ Name: "Tax Exempt", TaxPercent: 0, IsActive: true, IsTaxForSale: true }] },
      "GET /customer": { Total: 0, CustomerList: [] },
      "GET /product": { Total: 0, Products: [] },
    });
    const told = outcome.is === "done" ? (outcome.notices ?? []) : [];
    expect(told.map((p) => p.kind === "setting-gone" && p.field).sort()).toEqual([
      "charges.items.discount.productId",
      "charges.items.rounding.productId",
      "charges.items.shipping.productId",
      "customers.defaultCustomer",
      "invoice.revenueAccount",
      "location.salesShipFrom",
      "tax.classes.0.withTax",
    ]);
  });
  it("a new tax class is told before the first order needs it (F41); what is right again clears itself", async () => {
    await raise(db(), tenant(), [{ kind: "setting-gone", field: "location.salesShipFrom", text: "It is gone." }], null, iso());
    const outcome = await checked(ready());
    expect(outcome).toMatchObject({
      notices: [{ kind: "tax-class-new", classId: 1, className: "Non-Taxable Products" }],
      clears: ["setting-gone:location.salesShipFrom"],
    });
  });
  it("F41: a renamed tax class keeps its rules by its ID, under the new name; no order is looked at for it", async () => {
    const document = ready(both);
    await saveSettings(db(), tenant(), { basedOn: 0, settings: document, changes: [], by: "Robin", at: iso(), lookBefore: false });
    const classes = [
      { id: 0, name: "Goods" },
      { id: 1, name: "Non-Taxable Products" },
    ];
    const before = "Default Tax Class";
    expect(await checked(document, { "GET /v2/tax_classes": classes })).toMatchObject({
      notices: [{ kind: "setting-renamed", field: "tax.classes.0.className", before, after: "Goods", side: "BigCommerce" }],
      next: [],
    });
    const { settings } = await currentSettings(db(), tenant());
    expect(settings.tax.classes[0]).toEqual({ ...document.tax.classes[0], className: "Goods" });
    expect((await settingsHistory(db(), tenant()))[0]?.changes).toEqual([`Renamed in BigCommerce: ${before} → Goods`]);
  });
  it("F41: a tax class that BigCommerce no longer has is told, and no longer once it is there again; an empty answer says nothing", async () => {
    const gone = [{ id: 0, name: "Default Tax Class" }];
    expect(await checked(ready(both), { "GET /v2/tax_classes": gone })).toMatchObject({
      notices: [{ kind: "tax-class-gone", classId: 1, className: "Non-Taxable Products" }],
    });
    await raise(db(), tenant(), [{ kind: "tax-class-gone", classId: 1, className: "Non-Taxable Products" }], null, iso());
    expect(await checked(ready(both))).toMatchObject({ notices: [], clears: ["tax-class-gone:1"] });
    expect(await checked(ready(both), { "GET /v2/tax_classes": [] })).toMatchObject({ notices: [] });
    expect(await checked(ready(both), { "GET /v2/tax_classes": "away" })).toMatchObject({ notices: [], clears: [] });
  });
  it("F152: a shop whose prices are entered with tax now, and were not when Setup was saved, is told of, until one is as the other", async () => {
    const saved = (pricesIncludeTax: boolean | null) =>
      ready((s) => [both, set("tax.pricesIncludeTax", pricesIncludeTax)].map((f) => f(s)));
    const shop = (is_price_entered_with_tax?: boolean) => ({ "GET /v2/store": { id: "abc123", is_price_entered_with_tax } });
    const told = [{ kind: "price-basis", withTax: true }];
    expect(await checked(saved(false), shop(true))).toMatchObject({ notices: told });
    expect((await db().select().from(stores).get())?.pricesIncludeTax, "the page shows the same").toBe(true);
    await raise(db(), tenant(), [{ kind: "price-basis", withTax: true }], null, iso());
    expect(await checked(saved(false), shop(false))).toMatchObject({ notices: [], clears: ["price-basis"] });
    expect(await checked(saved(true), shop(true))).toMatchObject({ notices: [], clears: ["price-basis"] });
    // What BigCommerce does not tell, or nobody has saved, is not judged.
    expect(await checked(saved(false), shop())).toMatchObject({ notices: [], clears: [] });
    expect(await checked(saved(null), shop(true))).toMatchObject({ notices: [] });
  });
  it("M13: another lock date is kept, and what waited for locked books is looked at again", async () => {
    await addOrder(7, { state: "sent", waitsFor: "books" });
    await addOrder(8, { state: "sent", waitsFor: "invoice" });
    const me = { ...(SIDES["GET /me"] as object), LockDate: "2026-10-31T00:00:00" };
    expect(await checked(ready(both), { "GET /me": me })).toMatchObject({ next: [{ kind: "order.money", orderId: 7 }] });
    expect((await db().select().from(accounts).get())?.lockDate).toBe("2026-10-31T00:00:00");
    expect(await checked(ready(both), { "GET /me": me })).toMatchObject({ next: [] });
    expect(await db().select().from(orders).all()).toHaveLength(2);
  });
  it("what is only renamed is followed by its ID: a version of its own, told, and what waits is looked at again", async () => {
    const document = ready(both);
    const { id } = document.location.salesShipFrom as { id: string };
    const version = await saveSettings(db(), tenant(), {
      basedOn: 0,
      settings: document,
      changes: [],
      by: "Robin",
      at: iso(),
      lookBefore: false,
    });
    const renamed = { Total: 1, LocationList: [{ ID: id.toUpperCase(), Name: "Melbourne", IsDefault: true }] };
    const before = document.location.salesShipFrom?.name ?? "";
    expect(await checked(document, { "GET /ref/location": renamed })).toMatchObject({
      notices: [{ kind: "setting-renamed", field: "location.salesShipFrom", before, after: "Melbourne" }],
      next: [{ kind: "orders.release" }],
    });
    const now = await currentSettings(db(), tenant());
    expect(now).toMatchObject({
      version: (version ?? 0) + 1,
      savedBy: "Lockstep",
      settings: { location: { salesShipFrom: { id, name: "Melbourne" } } },
    });
    expect((await settingsHistory(db(), tenant()))[0]?.changes).toEqual([`Renamed in Cin7 Core: ${before} → Melbourne`]);
  });
  it("F26: a renamed stock location is followed by its ID, a deprecated one is told; taken out, it is no longer", async () => {
    const stock = [
      { id: "loc-1", name: "Main Warehouse" },
      { id: "loc-2", name: "Old shed" },
      { id: "loc-5", name: "Front room" },
    ];
    const document = ready((s) => [both, set("location.stock", stock)].map((f) => f(s)));
    await saveSettings(db(), tenant(), { basedOn: 0, settings: document, changes: [], by: "Robin", at: iso(), lookBefore: false });
    const list = (SIDES["GET /ref/location"] as { LocationList: object[] }).LocationList;
    const places = { "GET /ref/location": { Total: 5, LocationList: [...list, { ID: "LOC-5", Name: "Shop Floor" }] } };
    const gone = { kind: "setting-gone" as const, field: "location.stock.1", text: expect.stringContaining('"Old shed" is deprecated') };
    expect(await checked(document, places)).toMatchObject({
      notices: [gone, { kind: "setting-renamed", field: "location.stock.2", before: "Front room", after: "Shop Floor" }],
    });
    const { settings } = await currentSettings(db(), tenant());
    expect(settings.location.stock).toEqual([stock[0], stock[1], { id: "loc-5", name: "Shop Floor" }]);
    await raise(db(), tenant(), [{ ...gone, text: "It is gone." }], null, iso());
    const without = ready((s) => [both, set("location.stock", [stock[0]])].map((f) => f(s)));
    expect(await checked(without, places)).toMatchObject({ notices: [], clears: ["setting-gone:location.stock.1"] });
  });
  it("Cin7 Core does not answer: later, nothing is told", async () => {
    expect(await checked(ready(both), { "GET /ref/account": "away" })).toMatchObject({ is: "later", strike: false });
  });
});
