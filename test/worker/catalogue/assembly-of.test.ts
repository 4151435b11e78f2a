import { expect, it } from "vitest";
import { assemblyOf } from "../../../worker/catalogue/assembly-of.ts";

const made = (BOMType: string, AutoAssembly: boolean | null = false, BillOfMaterial: boolean | null = true) =>
  assemblyOf({ BillOfMaterial, AutoAssembly, BOMType } as Parameters<typeof assemblyOf>[0]);

it("a product with a bill of materials of type Assembly is made, by itself or when it is asked for", () => {
  expect([made("Assembly"), made(" assembly "), made(""), made("Assembly", true)]).toEqual(["asked", "asked", "asked", "auto"]);
});

it("what is produced, or has no bill, is not made by us", () => {
  expect([made("Production", true), made("Make to order"), made("Assembly", true, false), made("", true, null)]).toEqual(["", "", "", ""]);
});
