import { describe, expect, it } from "vitest";
import {
  anyPayment,
  aroundStem,
  dayMark,
  isOurs,
  markIn,
  markOf,
  paymentMark,
  reference,
  saleMark,
  sameMark,
  trialMark,
} from "../../../worker/orders/marks.ts";

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
  it("of a daily sale and of a test sale; each is known as ours, and only an order's or a day's names one", () => {
    const day = dayMark("ab12cd", "day-20261122-1200:AUD:3f2a9c01", 2);
    expect(aroundStem("ab12cd", 2).join("day-20261122-1200:AUD:3f2a9c01")).toBe(day);
    expect(day).toBe("ls:ab12cd:day-20261122-1200:AUD:3f2a9c01:g2");
    const trial = trialMark("ab12cd", "2026-07-02T10:11:12.345Z");
    expect(trial).toBe("ls:ab12cd:trial-20260702101112345");
    expect([saleMark("ab12cd", 1042, 1), day, trial, "1042", ""].map(isOurs)).toEqual([true, true, true, false, false]);
    expect([markOf(day)?.generation, markOf(trial)]).toEqual([2, null]);
    expect(sameMark("x | ls:1042:77", anyPayment(1042))).toBe(true);
  });
  it("words give way, the mark never does", () => {
    const text = reference(`pay|${"x".repeat(400)}`, "ls:1042:77");
    expect([text.length, markIn(text), text.startsWith("pay/xxx")]).toEqual([256, "ls:1042:77", true]);
    expect(reference("", "ls:1042:77")).toBe("ls:1042:77");
  });
});
