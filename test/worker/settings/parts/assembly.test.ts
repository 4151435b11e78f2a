import { beforeEach, describe, expect, it } from "vitest";
import { account } from "../../../../worker/cin7/schemas/lists.ts";
import type { Settings } from "../../../../worker/contract/index.ts";
import { settingsVersions } from "../../../../worker/lib/db/schema/tables.ts";
import { check, listsNeeded } from "../../../../worker/settings/check.ts";
import { parseDocument, readDocument } from "../../../../worker/settings/document.ts";
import { changes, defaults } from "../../../../worker/settings/parts/compose.ts";
import { settingsRoutes } from "../../../../worker/setup/routes.ts";
import { ACCOUNT, addOrder, addStore, api, CHART, db, iso, ready, SIDES, set } from "../../../harness/api.ts";

const CODES = [
  ...CHART,
  { ...CHART[5], Code: "630", Name: "Inventory" },
  { ...CHART[5], Code: "631", Name: "Work in progress" },
  { ...CHART[5], Code: "632", Name: "Old stock", Status: "ARCHIVED" },
];
const accounts = CODES.map((row) => account.parse(row));
const whole: Settings["sale"]["assembly"] = { mode: "missing", cin7: "never", wipAccount: "631", account: "630" };
const assembling = (more: Partial<Settings["sale"]["assembly"]> = {}) => ready(set("sale.assembly", { ...whole, ...more }));

describe("assembling bundles in Setup (F23, F24, M43)", () => {
  it("is off at first and in every document of before; then nothing is asked and no account is needed", () => {
    expect(defaults().sale.assembly).toEqual({ mode: "never", cin7: null, wipAccount: null, account: null });
    const old = ready() as unknown as { sale: Record<string, unknown> };
    delete old.sale["assembly"];
    expect(readDocument(old).sale.assembly.mode).toBe("never");
    expect(check(defaults(), ready(), { accounts })).toEqual({});
  });
  it.each([
    [{ cin7: null }, "sale.assembly.cin7", /Look at the setting in Cin7 Core/],
    [{ wipAccount: null }, "sale.assembly.wipAccount", /work in progress/],
    [{ account: null }, "sale.assembly.account", /finished goods/],
    [{ account: "1" }, "sale.assembly.account", /has no account 1/],
    [{ account: "632" }, "sale.assembly.account", /not active/],
    [{ wipAccount: "200" }, "sale.assembly.wipAccount", /cannot hold goods/],
    [{ wipAccount: "713" }, "sale.assembly.wipAccount", /cannot hold goods/],
  ] as const)("%o: says what is missing or wrong", (more, field, sentence) => {
    const fields = check(defaults(), assembling(more), { accounts });
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toMatch(sentence);
  });
  it("a draft order is not assembled for", () => {
    const draft = assembling();
    draft.sale.status = "draft";
    expect(check(defaults(), draft, {})["sale.assembly.mode"]).toMatch(/draft order/);
  });
  it("its accounts are read when they change, and looked at every day like the others", () => {
    expect(check(defaults(), assembling(), { accounts })).toEqual({});
    expect([...listsNeeded(ready(), assembling())]).toContain("accounts");
    expect([...listsNeeded(assembling(), assembling({ mode: "ordered" }))]).toEqual([]);
    expect(check(assembling({ account: "632" }), assembling({ account: "632" }), { accounts })["sale.assembly.account"]).toMatch(
      /not active/,
    );
  });
  it("a mode that nobody knows is refused with its sentence, and a change is told in the words of Setup", () => {
    const parsed = parseDocument(assembling({ mode: "always" as never }));
    expect(!parsed.ok && parsed.error["sale.assembly.mode"]).toMatch(/what is assembled before an order/);
    expect(changes(ready(), assembling(), "UTC")).toEqual([
      "Assemble bundles: never → only what is missing for picking",
      "Cin7 Core's own auto-assembly: none → never",
      "Account for work in progress: none → 631",
      "Account for finished goods: none → 630",
    ]);
  });
  it("accounts for stock are offered: neither money, nor what customers owe, nor inactive ones", async () => {
    const { get } = await api(settingsRoutes, await addStore(), {
      answers: { ...SIDES, "GET /ref/account": { Total: CODES.length, AccountsList: CODES } },
    });
    const { body } = await get("/choices");
    expect(body.stockAccounts.map((a: { code: string }) => a.code)).toEqual(["610", "630", "631"]);
  });
});

describe("switching automatic shipping says which open sales were sent the other way (F22)", () => {
  let store: Awaited<ReturnType<typeof addStore>>;
  const version = (n: number, change: (s: Settings) => void) =>
    db()
      .insert(settingsVersions)
      .values({
        storeHash: "abc123",
        accountId: ACCOUNT,
        version: n,
        document: ready(change),
        changes: [],
        savedBy: "ann",
        savedAt: iso(),
      });
  const sent = (id: number, settingsVersion: number, more: Parameters<typeof addOrder>[1] = {}) =>
    addOrder(id, {
      state: "sent",
      saleId: `s-${id}`,
      saleNumber: `SO-${id}`,
      stages: "sale,ordered",
      settingsVersion,
      placedAt: iso(Date.parse(iso()) + id),
      ...more,
    });
  beforeEach(async () => {
    store = await addStore();
    await version(1, set("sale.fulfil", "pick"));
    await version(2, set("sale.fulfil", "pick-pack-ship"));
    await sent(11, 1);
    await sent(12, 1, { stages: "sale,ordered,picked" });
    await sent(21, 2, { stages: "sale,ordered,backordered" });
    await sent(13, 1, { stages: "sale,ordered,picked,packed,shipped" });
    await sent(22, 2, { stages: "sale,ordered,picked,packed,shipped" });
    await sent(14, 1, { stages: "sale,ordered,voided" });
    await sent(15, 1, { statusId: 5 });
    await sent(16, 1, { saleId: null, state: "held" });
  });
  it("on: those sent without it; off: those sent with it; shipped, void and cancelled ones are not open", async () => {
    const { get } = await api(settingsRoutes, store);
    expect((await get("/settings/auto-ship?to=on")).body).toEqual({
      count: 2,
      orders: [
        { id: 12, saleNumber: "SO-12" },
        { id: 11, saleNumber: "SO-11" },
      ],
    });
    expect((await get("/settings/auto-ship?to=off")).body).toEqual({ count: 1, orders: [{ id: 21, saleNumber: "SO-21" }] });
    expect((await get("/settings/auto-ship?to=maybe")).status).toBe(400);
  });
  it("a draft order of that version was not shipped by itself; of many the newest 50 are listed, and all are counted", async () => {
    await version(3, (s) => {
      s.sale.fulfil = "pick-pack-ship";
      s.sale.status = "draft";
    });
    for (let id = 100; id < 160; id++) await sent(id, 3);
    const { get } = await api(settingsRoutes, store);
    const { count, orders } = (await get("/settings/auto-ship?to=on")).body;
    expect([count, orders.length, orders[0].id]).toEqual([62, 50, 159]);
  });
  it("another store's sales are not among them", async () => {
    await addStore("other1", null);
    const other = await addStore("other2");
    const { get } = await api(settingsRoutes, other);
    expect((await get("/settings/auto-ship?to=on")).body).toEqual({ count: 0, orders: [] });
  });
});
