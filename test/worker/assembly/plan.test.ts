import Big from "big.js";
import { describe, expect, it } from "vitest";
import {
  assembledWords,
  documentsOf,
  looksAtShelf,
  madeIn,
  shelfOf,
  takenOf,
  toAssemble,
  wantedKits,
} from "../../../worker/assembly/plan.ts";
import { assemblyOf } from "../../../worker/catalogue/assembly-of.ts";
import type { AssembleMode } from "../../../worker/contract/index.ts";
import { drafted } from "../../harness/sale.ts";

const kit = (auto = false, ordered = 2) => ({ productId: "k", sku: "KIT", auto, ordered: new Big(ordered) });
const made = (mode: AssembleMode, cin7: AssembleMode | null, available: number, auto = false, ordered = 2) =>
  Number(toAssemble({ mode, cin7 }, kit(auto, ordered), new Big(available)));

describe("how many bundles are assembled before an order of 2 (F23, F24)", () => {
  it.each([
    // available, only what is missing, for the ordered quantity
    [-3, 5, 2],
    [-2, 4, 2],
    [-1, 3, 2],
    [0, 2, 2],
    [1, 1, 2],
    [2, 0, 2],
    [3, 0, 2],
  ])("%i available: %i are missing; for the ordered quantity it is always %i; never is none", (available, missing, ordered) => {
    expect(made("missing", "never", available)).toBe(missing);
    expect(made("ordered", "never", available)).toBe(ordered);
    expect(made("never", "never", available)).toBe(0);
  });
  it("half a bundle is none: what is missing is made up to whole ones", () => {
    expect([made("missing", "never", 1.5), made("missing", "never", -0.25)]).toEqual([1, 3]);
  });
});

describe("beside Cin7's own auto-assembly: together as many as Setup says, never less than Cin7 makes (F23, F24)", () => {
  /** What Cin7 makes at the authorisation, by its own setting, when it finds this much on the shelf. */
  const own = (cin7: AssembleMode, available: number, ordered = 2) =>
    cin7 === "never" ? 0 : cin7 === "ordered" ? ordered : Math.max(0, ordered - available);
  const modes: AssembleMode[] = ["never", "ordered", "missing"];
  const cases = modes.flatMap((mode) =>
    modes.flatMap((cin7) => [-3, -2, -1, 0, 1, 2, 3].map((available) => [mode, cin7, available] as const)),
  );
  it.each(cases)("Setup %s, Cin7 %s, %i available", (mode, cin7, available) => {
    const ours = made(mode, cin7, available, true);
    expect(ours + own(cin7, available + ours)).toBe(Math.max(own(mode, available), own(cin7, available)));
    // A product without auto-assembly is not Cin7's to assemble.
    expect(made(mode, cin7, available, false)).toBe(own(mode, available));
  });
  it("where Cin7 does the same nothing is added and nothing is looked at", () => {
    for (const mode of modes) {
      expect(made(mode, mode, -3, true)).toBe(0);
      expect(looksAtShelf({ mode, cin7: mode }, kit(true))).toBe(false);
    }
  });
  it("the shelf is looked at only where the quantity depends on it", () => {
    const looks = (mode: AssembleMode, cin7: AssembleMode, auto: boolean) => looksAtShelf({ mode, cin7 }, kit(auto));
    expect([looks("ordered", "never", false), looks("ordered", "missing", false), looks("missing", "ordered", false)]).toEqual([
      false,
      false,
      true,
    ]);
    expect([looks("ordered", "never", true), looks("ordered", "missing", true), looks("missing", "ordered", true)]).toEqual([
      false,
      true,
      true,
    ]);
    expect([looks("never", "ordered", true), looks("never", "missing", true)]).toEqual([false, false]);
  });
});

describe("what is on the shelf (F25, cin7-core.md 3.5, 3.6)", () => {
  const row = (Location: string, OnHand: number, Allocated: number, Available = OnHand - Allocated) => ({
    ID: "K",
    Location,
    OnHand,
    Allocated,
    Available,
  });
  it("is Available at the location of the sale, over bins and batches; other locations and products count for nothing", () => {
    const rows = [row("Main", 3, 1), row("Main", 0, 4), row("Shop", 50, 0), { ...row("Main", 9, 0), ID: "other" }];
    expect(shelfOf(rows, "k", "Main", false).toNumber()).toBe(-2);
    expect(shelfOf([], "k", "Main", false).toNumber()).toBe(0);
  });
  it("of a product with auto-assembly only finished ones: Available counts those that could still be made", () => {
    expect(shelfOf([row("Main", 0, 1, 7)], "k", "Main", true).toNumber()).toBe(-1);
    expect(shelfOf([row("Main", 0, 1, 7)], "k", "Main", false).toNumber()).toBe(7);
  });
});

describe("kits and components", () => {
  it.each([
    [{ BillOfMaterial: true, AutoAssembly: false, BOMType: "Assembly" }, "asked"],
    [{ BillOfMaterial: true, AutoAssembly: true, BOMType: "Assembly" }, "auto"],
    [{ BillOfMaterial: true, AutoAssembly: true, BOMType: "" }, "auto"],
    [{ BillOfMaterial: true, AutoAssembly: false, BOMType: "Production" }, ""],
    [{ BillOfMaterial: true, AutoAssembly: false, BOMType: "Make to Order" }, ""],
    [{ BillOfMaterial: false, AutoAssembly: false, BOMType: "None" }, ""],
  ] as const)("%o is assembled: %s", (product, how) => expect(assemblyOf(product)).toBe(how));

  it("a kit on two lines is one assembly of both; only the top product is assembled", () => {
    const { lines } = drafted({
      lines: [
        { sku: "KIT", ex: "10", inc: "10", quantity: 2 },
        { sku: "KIT", ex: "5", inc: "5" },
        { sku: "MUG", ex: "5", inc: "5" },
      ],
    });
    const id = lines[0]?.productId as string;
    const kits = wantedKits(lines, new Map([[id, { productId: id, sku: "KIT", auto: false }]]));
    expect(kits.map(({ sku, ordered }) => [sku, ordered.toNumber()])).toEqual([["KIT", 3]]);
  });

  it("components by the bill of materials: wastage in percent or units, several kits in one run", () => {
    const part = (quantity: number, wastagePercent = 0, wastageQuantity = 0) => ({
      productId: "m",
      sku: "M",
      quantity,
      wastagePercent,
      wastageQuantity,
    });
    const taken =
      (...of: Parameters<typeof part>) =>
      (kits: number, perRun: number) =>
        takenOf(part(...of), new Big(kits), perRun).toNumber();
    expect([taken(2)(5, 1), taken(3)(4, 2), taken(2, 50)(5, 1), taken(1, 0, 1)(3, 1), taken(2)(5, 0)]).toEqual([10, 6, 15, 6, 10]);
  });

  it("what was assembled for an order is a document each, known again whichever generation of its sale it was for", () => {
    const made = [
      { sku: "KIT", quantity: "5", number: "FG-00001" },
      { sku: "TUB", quantity: "1", number: "FG-00002" },
    ];
    const docs = documentsOf("ls:abc123:7:assembly", made, [{ sku: "KIT", productId: "p-1" }] as never);
    expect(docs.map(({ mark, items }) => [mark, items?.[0]?.productId])).toEqual([
      ["ls:abc123:7:assembly:KIT", "p-1"],
      ["ls:abc123:7:assembly:TUB", ""],
    ]);
    const rows = docs.map((doc) => ({ kind: doc.kind, mark: doc.mark ?? "", number: doc.number ?? "", items: doc.items ?? null }));
    expect(madeIn([...rows, ...rows, { kind: "sale", mark: "ls:abc123:7:g1", number: "SO-1", items: null }])).toEqual(made);
    expect([assembledWords(made), assembledWords([])]).toEqual(["5 × KIT (FG-00001), 1 × TUB (FG-00002)", ""]);
  });
});
