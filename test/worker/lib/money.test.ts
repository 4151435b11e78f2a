import Big from "big.js";
import { describe, expect, it } from "vitest";
import { decimal, inCurrency, jsonNumber, largestRemainder, placesOf, plain } from "../../../worker/lib/money.ts";

const big = (...texts: string[]) => texts.map((t) => new Big(t));

describe("exact decimals", () => {
  it.each([
    ["62.6793", "62.6793"],
    ["8", "8"],
    [11.09, "11.09"],
    ["-0.76", "-0.76"],
    [" 1.50 ", "1.5"],
  ])("reads %j as %s", (given, text) => expect(plain(decimal(given) as Big)).toBe(text));

  it.each([[""], ["1e5"], ["12,50"], ["NaN"], [Number.NaN], [null], [undefined], [{}], ["1".repeat(20)]])("%j is no amount", (given) =>
    expect(decimal(given)).toBeNull(),
  );

  it.each([
    [37.400000000000006, "37.4"],
    [123456.70000000001, "123456.7"],
    ["37.400000000000006", "37.4"],
    [0.0001, "0.0001"],
  ])("the dust of a vendor's floats is no part of an amount: %j", (given, text) => expect(plain(decimal(given) as Big)).toBe(text));

  it("knows the decimals of currencies", () => {
    expect([placesOf("AUD"), placesOf("jpy"), placesOf("KWD")]).toEqual([2, 0, 3]);
    expect(inCurrency(new Big("12.345"), "AUD")).toBe("12.35");
    expect(inCurrency(new Big("1031"), "JPY")).toBe("1031");
  });

  it("splits to the cent by largest remainder, a tie going to the lower index (M3)", () => {
    expect(largestRemainder(new Big("1.65"), big("0.824175", "0.824175"), 2).map(plain)).toEqual(["0.83", "0.82"]);
    expect(largestRemainder(new Big("-10"), big("1", "1", "1"), 2).map(plain)).toEqual(["-3.34", "-3.33", "-3.33"]);
    expect(largestRemainder(new Big("5"), big("0", "0"), 2).map(plain)).toEqual(["5", "0"]);
  });

  it("a JSON number carries the amount exactly or the amount is refused", () => {
    expect(jsonNumber(new Big("62.6793"))).toBe(62.6793);
    expect(() => jsonNumber(new Big("1234567890123.123456"))).toThrow();
  });
});
