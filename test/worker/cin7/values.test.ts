import { expect, it } from "vitest";
import { midnight, number } from "../../../worker/cin7/values.ts";

it("an amount goes as a JSON number of the same value; what is none goes as 0", () => {
  expect(JSON.stringify([number("10.10"), number("0.0001"), number("-4.4"), number("")])).toBe("[10.1,0.0001,-4.4,0]");
});

it("a day goes without a zone, as Cin7 Core writes it", () => expect(midnight("2026-11-22")).toBe("2026-11-22T00:00:00"));
