import { describe, expect, it } from "vitest";
import { bundleRoles } from "../../../../worker/orders/mapping/bundles.ts";
import { aProduct, aSnapshot, type LineSpec } from "../../../harness/builders.ts";

/** Two parts of the bundle on line 11: one with a price of its own, one without. */
const part = (sku: string, inc: string, raw: object = {}): LineSpec => ({
  sku,
  ex: inc,
  inc,
  raw: { parent_order_product_id: 11, ...raw },
});
const lines = (...more: LineSpec[]) => aSnapshot({ lines: [{ sku: "KIT", ex: "10.00", inc: "11.00" }, ...more] }).lines;
const roles = (of: ReturnType<typeof lines>, bom: boolean) =>
  Object.fromEntries(bundleRoles(of, new Map([["KIT", aProduct("KIT", { bom })]])));

describe("stock of a bundle is taken once (M26)", () => {
  const both = lines(part("LID", "0"), part("CUP", "2.20"));
  it("by the parent where Cin7 Core assembles it: a part with a price stays a line without stock", () => {
    expect(roles(both, true)).toEqual({ 12: "in-parent", 13: "priced-part" });
  });
  it("else by its parts, and the parent carries its price alone", () => {
    expect(roles(both, false)).toEqual({ 11: "parent", 12: "child", 13: "child" });
  });
});

it("lines outside of bundles, parts of a line that is not there, and lines that were removed have no role", () => {
  expect(roles(lines({ sku: "MUG", ex: "1", inc: "1.1" }), false)).toEqual({});
  expect(roles(lines(part("LID", "0", { parent_order_product_id: 99 })), false)).toEqual({});
  expect(roles(lines({ ...part("LID", "0"), quantity: 0 }), false)).toEqual({});
});
