import { expect, it } from "vitest";
import { reservedUnits } from "../../../../worker/orders/mapping/reserved.ts";
import { aProduct, aSnapshot } from "../../../harness/builders.ts";

const { lines } = aSnapshot({
  lines: [{ sku: "MUG", ex: "20.00", inc: "22.00", quantity: 2 } as never, { sku: "TEE", ex: "5.00", inc: "5.50" }],
});
const known = new Map(["MUG", "TEE"].map((sku) => [sku, aProduct(sku)]));
const held = (
  change: (line: (typeof lines)[number], i: number) => object,
  products = known,
  unknown: "hold" | "service-line" = "service-line",
) => reservedUnits(lines.map((line, i) => ({ ...line, ...change(line, i) })) as typeof lines, products, unknown);

it("F101: the units of each SKU, those of two lines together", () => {
  expect(held(() => ({}))).toEqual([
    { sku: "MUG", quantity: 2 },
    { sku: "TEE", quantity: 1 },
  ]);
  expect(held(() => ({ sku: " MUG " }))).toEqual([{ sku: "MUG", quantity: 3 }]);
});

it("what moves no stock holds none: services, certificates, downloads, lines without a SKU or quantity", () => {
  expect(held((_, i) => (i === 0 ? { type: "giftcertificate" } : { type: "digital" }))).toEqual([]);
  expect(held((_, i) => (i === 0 ? { sku: "" } : { quantity: 0 }))).toEqual([]);
  const service = new Map([...known, ["MUG", aProduct("MUG", { type: "Service" })]]);
  expect(held(() => ({}), service)).toEqual([{ sku: "TEE", quantity: 1 }]);
});

it("decision 1.8: a SKU that Cin7 does not know holds stock only where such an order is put on hold", () => {
  const unknown = new Map([["TEE", aProduct("TEE")]]);
  expect(held(() => ({}), unknown, "service-line")).toEqual([{ sku: "TEE", quantity: 1 }]);
  expect(held(() => ({}), unknown, "hold")).toHaveLength(2);
});
