import Big from "big.js";
import { describe, expect, it } from "vitest";
import { coverOf, type Paid } from "../../../../worker/orders/money/already-paid.ts";

describe("a payment that is already there (M14)", () => {
  const typed = (Amount: number, Reference = "typed in"): Paid => ({ Amount, Reference, Type: "Payment" });
  const cover = (amount: string, there: Paid[], total = "37.40") => coverOf(new Big(amount), new Big(total), there, 1042, new Set());
  it.each([
    ["nothing is there", "37.40", [], "due"],
    ["all of it was typed in", "37.40", [typed(37.4)], "covered"],
    ["this tender was typed in, another is still due", "12.40", [typed(12.4)], "covered"],
    ["another tender was typed in", "25.00", [typed(12.4)], "due"],
    ["this tender and the rest were typed in", "12.40", [typed(12.4), typed(25)], "covered"],
    ["a part was typed in that is no tender of ours", "37.40", [typed(10)], "over"],
    ["our own earlier tender is no foreign one", "12.40", [typed(25, "ch_1 | ls:1042:77")], "due"],
  ])("%s", (_, amount, there, wanted) => {
    expect(cover(amount, there)).toBe(wanted);
  });
});
