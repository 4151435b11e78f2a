import { describe, expect, it } from "vitest";
import { type Kept, keptFrom } from "../../../worker/sales/kept.ts";
import { aSnapshot } from "../../harness/builders.ts";
import { drafted, MUG } from "../../harness/sale.ts";
import landed from "./landed-release.json";

/** What is kept of a sale is judged when it is read, whatever release wrote it. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const spec = { lines: [MUG] };
const ORDER: Kept = { is: "order", draft: drafted(spec), order: aSnapshot(spec).order, fallback: null };

describe("what is kept of a sale", () => {
  it("comes back as it was kept, every field of it", () => {
    expect(keptFrom(stored(ORDER))).toEqual(stored(ORDER));
    const member: Kept = { ...ORDER, is: "member", daySale: -202607022200001, lookFirst: true, shippedTo: [] };
    expect(keptFrom(stored(member))).toEqual(stored(member));
  });
  it.each(["order", "member", "day"] as const)("of the landed release (1d44b6e) is known for what it is: %s", (is) => {
    const { order, ...rest } = landed.kept[is] as { order: unknown; draft: unknown };
    const wanted = is === "day" ? rest : { ...rest, order };
    expect(stored(keptFrom(landed.kept[is]))).toEqual({ is, ...wanted });
  });
  it.each<[string, (kept: Record<string, unknown>) => unknown]>([
    ["nothing", () => null],
    ["a text", () => "x"],
    ["another kind of thing", (kept) => ({ ...kept, is: "refund" })],
    ["without its order", ({ order: _, ...kept }) => kept],
    ["a member of no day", (kept) => ({ ...kept, is: "member" })],
    ["a day without parts", (kept) => ({ ...kept, is: "day" })],
    ["a line without its tax", (kept) => ({ ...kept, draft: { ...(kept["draft"] as object), lines: [{ sku: "MUG" }] } })],
    [
      "an amount that is a number",
      (kept) => ({ ...kept, draft: { ...(kept["draft"] as object), totals: { exTax: 1, tax: 0, incTax: 1 } } }),
    ],
  ])("that cannot be read is told and never taken for nothing: %s", (_, spoil) => {
    expect(() => keptFrom(spoil(stored(ORDER) as Record<string, unknown>))).toThrow("cannot be read");
  });
});
