import { expect, it } from "vitest";
import { refused, told } from "./part.ts";

it("M16: a rate is a number above 0 with at most 4 decimals, told by its currency", () => {
  const rates = (rate: unknown) => [{ currency: "USD", rate }];
  const sentence = { "currency.rates.0.rate": "Give the rate as a number above 0 with at most 4 decimals, such as 1.5." };
  for (const bad of ["0", "0.0000", "-1", "1.23456", "x", 1.5]) expect(refused("currency.rates", rates(bad))).toEqual(sentence);
  for (const good of ["1.5", "0.0001"]) expect(refused("currency.rates", rates(good))).toEqual({});
  expect(told("currency.rates", rates("1.5"), rates("1.6"))).toEqual(["Rate for USD: 1.5 → 1.6"]);
});
