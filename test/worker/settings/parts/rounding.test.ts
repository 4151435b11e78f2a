import { expect, it } from "vitest";
import { refused, told } from "./part.ts";

it("M4: a document's rounding is capped at an amount from 0 to 1, with at most 4 decimals", () => {
  const sentence = { "rounding.cap": "Give an amount from 0 to 1.00, such as 0.05." };
  for (const bad of ["1.01", "-0.01", "0.00001", "1e-1", "0,05", "", 0.05]) expect(refused("rounding.cap", bad)).toEqual(sentence);
  for (const good of ["0", "0.05", " 1.00 ", "0.0001"]) expect(refused("rounding.cap", good)).toEqual({});
  expect(told("rounding.cap", "0.05", "0.10")).toEqual(["Rounding: at most, per document: 0.05 → 0.10"]);
});
