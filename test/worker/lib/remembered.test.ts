import { expect, it } from "vitest";
import { remembered } from "../../../worker/lib/remembered.ts";

it("a value is remembered until its time is over", () => {
  const terms = remembered<string>(2);
  terms.keep("a", "30 days", 100);
  expect([terms.of("a", 99), terms.of("a", 100), terms.of("b", 0)]).toEqual(["30 days", null, null]);
  terms.keep("a", "60 days", 200);
  expect(terms.of("a", 100)).toBe("60 days");
});

it("of too many the one that was kept longest ago goes: memory does not grow with the number of accounts", () => {
  const terms = remembered<number>(2);
  for (const key of ["a", "b"]) terms.keep(key, 1, 100);
  terms.keep("a", 2, 100);
  terms.keep("c", 3, 100);
  expect(["a", "b", "c"].map((key) => terms.of(key, 0))).toEqual([2, null, 3]);
});
