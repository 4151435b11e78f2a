import { beforeEach, describe, expect, it } from "vitest";
import type { StoreRow } from "../../../../worker/api/access.ts";
import { location, looksNotForSale } from "../../../../worker/cin7/schemas/lists.ts";
import type { Settings } from "../../../../worker/contract/index.ts";
import { wordsOf } from "../../../../worker/problems/registry.ts";
import { check, listsNeeded } from "../../../../worker/settings/check.ts";
import { parseDocument, readDocument } from "../../../../worker/settings/document.ts";
import { changes, defaults } from "../../../../worker/settings/parts/compose.ts";
import type { Live } from "../../../../worker/settings/parts/live.ts";
import { renamed, withLiveNames } from "../../../../worker/settings/renamed.ts";
import { settingsRoutes } from "../../../../worker/setup/routes.ts";
import { addStore, api, ready, SIDES, set } from "../../../harness/api.ts";

const MAIN = { id: "loc-1", name: "Main Warehouse" };
const SHOP = { id: "loc-5", name: "Shop Floor" };
const chosen = (...refs: { id: string; name: string }[]): Settings => ready(set("location.stock", refs));
const PLACES = [
  { ID: "LOC-1", Name: "Main Warehouse", IsDefault: true },
  { ID: "loc-2", Name: "Old shed", IsDeprecated: true },
  { ID: "loc-3", Name: "Returns A-01", ParentID: "loc-1" },
  { ID: "loc-5", Name: "Shop Floor" },
  { ID: "loc-6", Name: "Quarantine" },
  { ID: "loc-7", Name: "Forklifts", FixedAssetsLocation: true },
  { ID: "loc-8", Name: "Blue Mills", IsCoMan: true },
  { ID: "loc-9", Name: "Damaged, old", IsDeprecated: true },
];
const rows = (list = PLACES) => ({ "GET /ref/location": { Total: list.length, LocationList: list } });
const live: Live = { locations: PLACES.map((row) => location.parse(row)).filter((l) => l.sells) };

describe("stock locations in Setup (F26, M34)", () => {
  it("all count at first and in every document of before; nothing else of it changes", () => {
    expect(defaults().location.stock).toBe("all");
    const old = ready() as unknown as { location: Record<string, unknown> };
    delete old.location["stock"];
    expect(readDocument(old)).toEqual(ready());
  });
  it.each([
    [[], "location.stock", /all locations, or at least one/],
    ["some", "location.stock", /all locations, or at least one/],
    [[MAIN, { ...MAIN, id: "LOC-1" }], "location.stock.1.id", /listed twice/],
  ])("%o is refused with its sentence", (stock, field, sentence) => {
    const parsed = parseDocument(ready(set("location.stock", stock)));
    const fields = parsed.ok ? {} : parsed.error;
    expect(Object.keys(fields)).toEqual([field]);
    expect(fields[field]).toMatch(sentence);
  });
  it("one that is gone or deprecated is told at its place; the one of the sale is another setting", () => {
    expect(check(defaults(), chosen(MAIN, SHOP), live)).toEqual({});
    const gone = { id: "loc-4", name: "Garage" };
    expect(check(defaults(), chosen(SHOP, { id: "loc-2", name: "Old shed" }, gone), live)).toEqual({
      "location.stock.1": '"Old shed" is deprecated in Cin7 Core. Take it out of the stock locations.',
      "location.stock.2": 'Cin7 Core no longer has the location "Garage". Take it out of the stock locations.',
    });
    expect(listsNeeded(ready(), chosen(MAIN))).toContain("locations");
  });
  it("kept by ID: a new name is followed, and is known as a rename at its path", () => {
    const old = chosen(MAIN, { ...SHOP, name: "Front room" });
    const now = withLiveNames(old, live);
    expect(now.location.stock).toEqual([MAIN, SHOP]);
    expect(renamed(old, now)).toEqual([{ field: "location.stock.1", before: "Front room", after: "Shop Floor" }]);
    expect(withLiveNames(ready(), live).location.stock).toBe("all");
  });
  it("a change is told in the words of Setup; of two locations with one name the ID is said", () => {
    expect(changes(ready(), chosen(MAIN, SHOP), "UTC")).toEqual(["Stock locations: all → Main Warehouse, Shop Floor"]);
    expect(changes(chosen(SHOP), chosen({ ...SHOP, id: "loc-50" }), "UTC")).toEqual([
      "Stock locations: Shop Floor (loc-5) → Shop Floor (loc-50)",
    ]);
    expect(changes(chosen(MAIN), chosen(MAIN), "UTC")).toEqual([]);
  });
  it("orders go on without a stock location, and the words say so", () => {
    const gone = (field: string) => wordsOf({ kind: "setting-gone", field, text: "It is gone." }, { orders: [], orderCount: 0 });
    expect(gone("location.stock.1").text).toBe("It is gone. Orders go on; its stock no longer counts.");
    expect(gone("location.salesShipFrom").text).toContain("Orders that need it are held");
    expect(gone("location.stock.1").remedies).toEqual([{ label: "Open Setup", to: "/setup/orders" }]);
  });
  it.each([
    ["Quarantine", true],
    ["Customer Returns", true],
    ["RETURN bay", true],
    ["Damaged goods", true],
    ["Amazon FBA_US", true],
    ["Goods in Transit", true],
    ["Consignment: Smith", true],
    ["Main Warehouse", false],
    ["Shop Floor", false],
    ["Household goods", false],
    ["Turnover Street 3", false],
  ])("%s: looks as if it were not for sale: %s", (name, wanted) => {
    expect(looksNotForSale(name)).toBe(wanted);
  });
});

describe("stock locations, saved and looked at", () => {
  let store: StoreRow;
  beforeEach(async () => {
    store = await addStore();
  });
  it("All warns by name: what its name or Cin7's own flags speak against, no bins, nothing deprecated", async () => {
    const { get } = await api(settingsRoutes, store, { answers: { ...SIDES, ...rows() } });
    const { body } = await get("/choices");
    expect(body.notForSale).toEqual(["Quarantine", "Forklifts", "Blue Mills"]);
    expect(body.locations.map((l: { name: string }) => l.name)).toEqual(["Main Warehouse", "Shop Floor", "Quarantine", "Blue Mills"]);
  });
  it("a subset is saved under the names of today; with a deprecated one nothing is saved, and no order waits for it", async () => {
    const { save, get } = await api(settingsRoutes, store, { answers: { ...SIDES, ...rows() } });
    const wrong = await save({ basedOn: 0, settings: chosen(SHOP, { id: "loc-2", name: "Old shed" }) });
    expect([wrong.status, Object.keys(wrong.body.error.fields)]).toEqual([422, ["location.stock.1"]]);
    expect((await save({ basedOn: 0, settings: chosen({ ...SHOP, name: "Front room" }) })).status).toBe(200);
    expect((await get("/settings")).body.settings.location.stock).toEqual([SHOP]);
  });
});
