import { expect, it } from "vitest";
import { judgeMany } from "./judge-many.ts";

/** A short run of the oracle (test/oracle); the long ones: `npm run oracle -- --orders 1000 --seed S`. */
it("150 orders of both kinds of stores and every position of the settings: sale, tax by rule, accounts, dates, payments, journal", {
  timeout: 60_000,
}, () => {
  expect(judgeMany(7_001, 150).wrong).toEqual([]);
});
