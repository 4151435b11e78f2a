import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import { importMappings, mappingsCsv, toRows } from "../../../../worker/settings/choices/mappings.ts";
import { settingsRoutes } from "../../../../worker/setup/routes.ts";
import { addOrder, addStore, api, iso, NOW, ready, SIDES, set } from "../../../harness/api.ts";
import { aSettings } from "../../../harness/builders.ts";

describe("mappings as CSV (K25)", () => {
  const settings = aSettings({
    payments: {
      methods: [
        {
          key: "stripe",
          name: "Card, online",
          account: "713",
          countsAsPaid: "captured",
          currencies: [{ currency: "USD", account: "715" }],
        },
        { key: "cod", name: "COD", account: null, countsAsPaid: "never" },
      ],
    },
  });
  it.each(["tax", "payments"] as const)("%s: what is exported comes back unchanged", (kind) => {
    const back = importMappings(kind, mappingsCsv(kind, settings), settings);
    expect(back.ok && back.value.settings).toEqual(settings);
  });
  it("an import changes the rows that it names and leaves the others; an empty cell clears", () => {
    const head = mappingsCsv("tax", settings).split("\r\n")[0];
    const back = importMappings("tax", `${head}\n1,,GST,\n`, settings);
    expect(back.ok && back.value.settings.tax.classes.map((c) => [c.classId, c.className, c.withTax, c.withoutTax])).toEqual([
      [0, "Default Tax Class", "GST", "Tax free"],
      [1, "Non-Taxable Products", "GST", null],
      [2, "Shipping", "GST", "Tax free"],
    ]);
  });
  it("a new payment method and a new currency of a known one", () => {
    const csv = "Method,Name,Currency,Account,Counts as paid\r\nafterpay,Afterpay,,714,captured\r\nafterpay,,nzd,719,\r\n";
    const back = importMappings("payments", csv, settings);
    expect(back.ok && back.value.settings.payments.methods[2]).toEqual({
      key: "afterpay",
      name: "Afterpay",
      account: "714",
      countsAsPaid: "captured",
      currencies: [{ currency: "NZD", account: "719" }],
    });
  });
  it("every bad row is named at once, and nothing is taken", () => {
    const tax = importMappings("tax", "Class ID,Tax class,When tax was charged,No tax charged\nx,,a,b\n9,,a,b\n0,,a,b\n0,,a,b\n", settings);
    expect(!tax.ok && tax.error).toEqual({
      "rows.2": 'Line 2: "x" is no class ID.',
      "rows.3": "Line 3: tax class 9 is not in the table. Load the classes from BigCommerce first.",
      "rows.5": "Line 5: tax class 0 is listed twice.",
    });
    const pay = importMappings(
      "payments",
      "Method,Name,Currency,Account,Counts as paid\nstripe,,,713,later\nnew,,USD,715,\n,,,,\n",
      settings,
    );
    expect(!pay.ok && Object.keys(pay.error)).toEqual(["rows.2", "rows.3", "rows.4"]);
    const head = importMappings("tax", "a,b\n", settings);
    expect(!head.ok && head.error["rows.1"]).toMatch(/must name the columns: Class ID/);
    const short = importMappings("tax", "Class ID,Tax class,When tax was charged,No tax charged\n0,x\n", settings);
    expect(!short.ok && short.error).toEqual({ "rows.2": "Line 2: it has 2 cells, not 4." });
  });
  it("an objection of Cin7 Core's lists is said of the line that caused it", () => {
    expect(toRows({ "tax.classes.1.withTax": "No such rule.", "orders.on": "x" }, { "tax.classes.1": 3, "tax.classes.10": 4 })).toEqual({
      "rows.3": "Line 3: No such rule.",
      "orders.on": "x",
    });
  });
});

describe("Setup's further routes", () => {
  let store: StoreRow;
  beforeEach(async () => {
    store = await addStore();
  });
  afterEach(() => vi.restoreAllMocks());

  it("K14: goes back to an older version as a new one, says so, and shows before what it would change", async () => {
    const { save, get, post } = await api(settingsRoutes, store, { answers: SIDES });
    await save({ basedOn: 0, settings: ready() });
    await save({ basedOn: 1, settings: ready(set("rounding.cap", "0.10")) });
    const seen = await get("/settings/versions/1");
    expect(seen.body).toMatchObject({
      version: 1,
      savedBy: "ann@example.com",
      wouldChange: ["Rounding: at most, per document: 0.10 → 0.05"],
    });
    const back = await post("/settings/rollback", { version: 1, basedOn: 2 });
    expect(back).toMatchObject({ status: 200, body: { version: 3, settings: { rounding: { cap: "0.05" } } } });
    const { versions } = (await get("/settings/versions")).body;
    expect(versions[0].changes).toEqual(["Back to version 1", "Rounding: at most, per document: 0.10 → 0.05"]);
    expect((await post("/settings/rollback", { version: 9, basedOn: 3 })).status).toBe(404);
    expect((await post("/settings/rollback", { version: 1, basedOn: 2 })).status).toBe(409);
  });
  it("K14: what an older version names and Cin7 Core no longer has keeps it from coming back", async () => {
    const { save } = await api(settingsRoutes, store, { answers: SIDES });
    await save({ basedOn: 0, settings: ready() });
    await save({ basedOn: 1, settings: ready(set("tax.classes", [])) });
    const { post } = await api(settingsRoutes, store, { answers: { ...SIDES, "GET /ref/tax": { Total: 0, TaxRuleList: [] } } });
    const reply = await post("/settings/rollback", { version: 1, basedOn: 2 });
    expect(reply.status).toBe(422);
    expect(reply.body.error.fields["tax.classes.0.withTax"]).toMatch(/no active tax rule/);
  });
  it("K25: exports for everybody, imports for who may configure, all or nothing, with the line", async () => {
    const { save, text, post } = await api(settingsRoutes, store, { answers: SIDES });
    await save({ basedOn: 0, settings: ready() });
    const { body: csv, headers } = await text("/settings/mappings.csv?kind=tax");
    expect(headers.get("content-disposition")).toBe('attachment; filename="abc123-tax.csv"');
    expect(csv).toBe("Class ID,Tax class,When tax was charged,No tax charged\r\n0,Default Tax Class,GST on Income,Tax Exempt\r\n");
    const bad = await post("/settings/mappings.csv", { kind: "tax", csv: csv.replace("GST on Income", "Nonsense"), basedOn: 1 });
    expect(bad.status).toBe(422);
    expect(bad.body.error.fields).toEqual({
      "rows.2": 'Line 2: Cin7 Core has no active tax rule for sales named "Nonsense". Choose another one.',
    });
    const good = await post("/settings/mappings.csv", { kind: "tax", csv: csv.replace("GST on Income", "Tax Exempt"), basedOn: 1 });
    expect(good.body).toMatchObject({ version: 2, settings: { tax: { classes: [{ withTax: "Tax Exempt" }] } } });
    const looker = await api(settingsRoutes, store, { role: "operate", answers: SIDES });
    expect((await looker.post("/settings/mappings.csv", { kind: "tax", csv, basedOn: 2 })).status).toBe(403);
    expect((await looker.text("/settings/mappings.csv?kind=tax")).body).toMatch(/Tax Exempt/);
  });
  it("M48: the busiest hour comes from the store's own orders", async () => {
    for (let id = 1; id <= 3; id++) await addOrder(id, { placedAt: iso(NOW - 3_600_000 + id) });
    await addOrder(9, { placedAt: iso(NOW - 60 * 86_400_000) });
    const { get } = await api(settingsRoutes, store);
    expect((await get("/settings/capacity")).body).toMatchObject({ busiest: { orders: 3 }, fits: true, cin7: { perMinute: 55 } });
  });
});
