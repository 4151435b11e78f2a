import { expect, it } from "vitest";
import type { Problem } from "../../../worker/problems/define-problem.ts";
import { alertOf, areaOf, holds, isOfSide, keyOf, kindsTold, reasonOf, wordsOf } from "../../../worker/problems/registry.ts";
import { SAMPLES } from "./samples.ts";

const about = { orders: [1042], orderCount: 1 };

it("a kind that no slice defines has no key, no words and no place: it is a mistake of ours, not a problem", () => {
  expect(() => keyOf({ kind: "never-heard-of" } as unknown as Problem)).toThrow("no problem is defined as never-heard-of");
});

it("a key is its kind, and behind a colon what it is about where there can be several", () => {
  for (const problem of Object.values(SAMPLES)) {
    const key = keyOf(problem);
    expect(key === problem.kind || key.startsWith(`${problem.kind}:`)).toBe(true);
  }
});

it("a fact of a kind may depend on the problem: the same SKU holds its order, or only tells of it", () => {
  expect([true, false].map((held) => holds({ ...SAMPLES["sku-unknown"], held }))).toEqual([true, false]);
  expect(areaOf({ ...SAMPLES["cin7-refused"], step: "invoice" })).toBe("finance");
});

it("beside its order a problem says the reason alone; in the inbox the whole title", () => {
  const problem = SAMPLES["tax-unmapped"];
  expect(wordsOf(problem, about).title).toBe(`Order 1042 is held: no Cin7 tax rule for "Reduced rate".`);
  expect(reasonOf(problem, about)).toBe('No Cin7 tax rule for "Reduced rate".');
});

it("what holds an order is told at once, whatever its kind; each kind has one time to be told", () => {
  expect(alertOf("sku-unknown", true)).toBe("now");
  const told = [kindsTold("now"), kindsTold("daily"), kindsTold("shown")].flat();
  expect(new Set(told).size).toBe(told.length);
  expect(told.length).toBe(Object.keys(SAMPLES).length);
});

it("a side that is away is said of the side, not of an order", () => {
  const sides = Object.values(SAMPLES).filter(isOfSide);
  expect(sides.length).toBeGreaterThan(0);
  for (const problem of sides) expect(holds(problem)).toBe(false);
});
