import { describe, expect, it } from "vitest";
import { markIn, paymentMark, reference, saleMark, sameMark } from "../../../worker/orders/marks.ts";

describe("marks (design 3.3, M51)", () => {
  it("of a sale, of a payment", () => {
    expect([saleMark("ab12cd", 1042, 1), paymentMark(1042, 77), paymentMark(1042, "tender-1")]).toEqual([
      "ls:ab12cd:1042:g1",
      "ls:1042:77",
      "ls:1042:tender-1",
    ]);
  });
  it("are compared whole: a longer number is another mark", () => {
    expect(sameMark("ch_3Pq91 | ls:1042:77", "ls:1042:77")).toBe(true);
    expect(sameMark("ch_3Pq91 | ls:1042:77", "ls:1042:7")).toBe(false);
    expect(sameMark("ls:1042:77", "ls:1042:77")).toBe(true);
    expect(sameMark("", "ls:1042:77")).toBe(false);
    expect(sameMark(null, "ls:1042:77")).toBe(false);
  });
  it("a mark that ends with a colon stands for all of its order", () => {
    expect([sameMark("x | ls:1042:77", "ls:1042:"), sameMark("x | ls:10421:77", "ls:1042:")]).toEqual([true, false]);
  });
  it("words give way, the mark never does", () => {
    const text = reference(`pay|${"x".repeat(400)}`, "ls:1042:77");
    expect([text.length, markIn(text), text.startsWith("pay/xxx")]).toEqual([256, "ls:1042:77", true]);
    expect(reference("", "ls:1042:77")).toBe("ls:1042:77");
  });
});
