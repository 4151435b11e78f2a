import { describe, expect, it } from "vitest";
import {
  type AskedOfShelf,
  assemblesFor,
  chosenLocations,
  elsewhere,
  isAssembled,
  ownLocation,
  placesOf,
  wantedIn,
  wasStopped,
} from "../../../worker/assembly/availability.ts";
import { shortOf } from "../../../worker/assembly/plan.ts";
import { decimal, ZERO } from "../../../worker/lib/money.ts";
import { aSettings } from "../../harness/builders.ts";

const KIT = "00000000-0000-4000-8000-000000000001";
const row = (Location: string, OnHand: number, Allocated = 0, Available = OnHand - Allocated, ID = KIT.toUpperCase()) => ({
  ID,
  Location,
  OnHand,
  Allocated,
  Available,
});
const LIVE = [
  { id: "loc-1", name: "Melbourne", deprecated: false },
  { id: "loc-2", name: "Shop Floor", deprecated: false },
  { id: "loc-3", name: "Old shed", deprecated: true },
];
const at = (stock: "all" | { id: string; name: string }[], shipFrom = "Main Warehouse") =>
  aSettings({ location: { salesShipFrom: { id: "LOC-1", name: shipFrom }, stock } });
const saleOf = (lines: { sku: string; quantity: string; as?: "line" | "charge" }[]) =>
  ({ location: "Main", lines: lines.map((line) => ({ as: "line", ...line })) }) as unknown as NonNullable<AskedOfShelf["sale"]>;
const order = (more: Partial<AskedOfShelf["order"]> = {}, keys: string[] = []): AskedOfShelf => ({
  order: { orderId: 1042, stages: "sale", waitsFor: "", daySale: null, ordered: null, ...more },
  sale: null,
  made: [],
  problems: keys.map((key) => ({ key })),
});

describe("what is looked for (F25)", () => {
  it("the lines of the sale, each SKU once with all of its units, no charges; before it is worked out the lines as they came", () => {
    const ordered = [{ sku: "TEE", quantity: 3 }];
    const all = (sale: AskedOfShelf["sale"], came: AskedOfShelf["order"]["ordered"]) =>
      [...wantedIn({ ...order({ ordered: came }), sale })].map(([sku, n]) => `${n.toFixed()} × ${sku}`);
    const lines = [
      { sku: "MUG", quantity: "2" },
      { sku: "TEE", quantity: "1" },
      { sku: "SHIP", quantity: "1", as: "charge" as const },
      { sku: " MUG ", quantity: "1.5" },
      { sku: "", quantity: "4" },
    ];
    expect(all(saleOf(lines), ordered)).toEqual(["3.5 × MUG", "1 × TEE"]);
    expect(all(null, ordered)).toEqual(["3 × TEE"]);
    expect(all({ ...saleOf([]), lines: null }, ordered), "only its totals are left").toEqual(["3 × TEE"]);
    expect(all(null, null)).toEqual([]);
  });
  it.each([
    ["the name of then, followed by its ID", "Main Warehouse", "Melbourne"],
    ["a name that Setup no longer names, but Cin7 has", "Shop Floor", "Shop Floor"],
    ["a name that neither has: Setup has followed it", "Gone", "Melbourne"],
    ["not worked out yet: where sales ship from", "", "Melbourne"],
  ])("the location of the sale: %s", (_, frozen, wanted) => {
    expect(ownLocation(frozen, at("all"), LIVE)).toBe(wanted);
  });
  it("Cin7 has no such location at all: its name stands as it was", () => {
    expect(ownLocation("Main Warehouse", at("all"), [])).toBe("Main Warehouse");
    expect(ownLocation("", at("all"), [])).toBe("Main Warehouse");
  });
  it("the chosen locations by their IDs; one that is gone or deprecated does not count and is named (F26)", () => {
    const stock = ["LOC-2", "loc-3", "loc-9"].map((id) => ({ id, name: `Name ${id}` }));
    expect(chosenLocations(at(stock), LIVE)).toEqual({
      names: ["Shop Floor"],
      notes: [
        '"Name loc-3" is deprecated in Cin7 Core and does not count. Choose the stock locations again in Setup.',
        '"Name loc-9" is no longer in Cin7 Core and does not count. Choose the stock locations again in Setup.',
      ],
    });
    expect(chosenLocations(at("all"), LIVE)).toEqual({ names: "all", notes: [] });
  });
});

describe("a SKU at each location", () => {
  const rows = [row("Shop Floor", 4, 1), row("Main", 3, 5), row("Main", 0.1), row("Main", 0.2), row("Apron", 1), row("Main", 9, 0, 9, "x")];
  const said = (chosen: "all" | string[]) =>
    placesOf(rows, KIT, "Main", chosen).map((p) => `${p.own ? "own " : ""}${p.location} ${p.onHand} ${p.allocated} ${p.available}`);
  it.each([
    ["all: those that have some", "all", ["own Main 3.3 5 -1.7", "Apron 1 0 1", "Shop Floor 4 1 3"]],
    ["chosen: nothing there is said too", ["Shop Floor", "Empty"], ["own Main 3.3 5 -1.7", "Shop Floor 4 1 3", "Empty 0 0 0"]],
    ["the sale's own is shown once, chosen or not", ["Main"], ["own Main 3.3 5 -1.7"]],
  ] as const)("%s; the sale's own first, bins and batches added up exactly", (_, chosen, wanted) => {
    expect(said(chosen === "all" ? "all" : [...chosen])).toEqual(wanted);
  });
});

it("of a component that is short: where else some is, without the sale's own location and those that have none", () => {
  const places = placesOf([row("Main", 3), row("Shop Floor", 4, 4), row("Apron", 1)], KIT, "Main", ["Apron", "Shop Floor", "Empty"]);
  expect(elsewhere(places)).toEqual([{ location: "Apron", available: "1" }]);
});

describe("whether a kit is still assembled for an order (decision 0018)", () => {
  const setup = (mode: "never" | "missing", status: "authorised" | "draft" = "authorised") =>
    aSettings({ sale: { status, assembly: { mode, cin7: "never", wipAccount: "631", account: "630" } } as never });
  it.each([
    ["before its order document", {}, "missing", true],
    ["Setup assembles nothing", {}, "never", false],
    ["its stock is allocated", { stages: "sale,ordered,backordered" }, "missing", false],
    ["its sale is void", { stages: "sale,voided" }, "missing", false],
    ["it waits for its daily sale", { waitsFor: "day" }, "missing", false],
    ["it is part of a daily sale", { daySale: -20260702 }, "missing", false],
    ["the daily sale itself", { orderId: -20260702, daySale: -20260702 }, "missing", true],
  ] as const)("%s", (_, more, mode, wanted) => {
    expect(assemblesFor(order(more), setup(mode))).toBe(wanted);
  });
  it("not of a draft order; not what is assembled already; once it was short, only what is missing counts", () => {
    expect(assemblesFor(order(), setup("missing", "draft"))).toBe(false);
    const made = [{ sku: "KIT-2", quantity: "5", number: "FG-00001" }];
    expect([isAssembled({ made }, "KIT-2"), isAssembled({ made }, "KIT-22"), isAssembled(order(), "KIT-2")]).toEqual([true, false, false]);
    const keys = ["assembly-short:1042:KIT-2", "cin7-refused:assembly:1042"];
    expect(keys.map((key) => wasStopped(order({}, [key]), "KIT-2"))).toEqual([true, true]);
    expect(wasStopped(order({}, ["assembly-short:1042:KIT-22", "assembly-short:1043:KIT-2"]), "KIT-2")).toBe(false);
  });
  it("components that are short are named with what is needed and what is there", () => {
    const part = (productId: string, quantity: number) => ({
      productId,
      sku: productId.toUpperCase(),
      quantity,
      wastagePercent: 0,
      wastageQuantity: 0,
    });
    const bill = { perRun: 2, parts: [part("cup", 4), part("box", 2), part("lid", 1)] };
    const shelf = new Map([
      ["cup", decimal("5") ?? ZERO],
      ["box", decimal("3") ?? ZERO],
    ]);
    expect(shortOf(bill, decimal("3") ?? ZERO, shelf, new Set(["lid"]))).toEqual([
      { sku: "CUP", needs: "6", there: "5", made: false },
      { sku: "LID", needs: "1.5", there: "0", made: true },
    ]);
  });
});
