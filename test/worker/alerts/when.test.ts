import { describe, expect, it } from "vitest";
import { kindsTold, mornings, WHEN, whenOf } from "../../../worker/alerts/when.ts";
import { holds } from "../../../worker/problems/registry.ts";
import { SAMPLES } from "../problems/samples.ts";

describe("which problems are told of by mail, and when (M42, F41, K10)", () => {
  it.each(Object.values(SAMPLES).map((problem) => [problem.kind, problem] as const))(
    "%s: has its place, and at once when it holds an order",
    (kind, problem) => {
      expect(["now", "daily", "shown"]).toContain(WHEN[kind]);
      if (holds(problem)) expect(whenOf(kind, true)).toBe("now");
    },
  );

  it("what does not hold an order waits for the morning only where nothing gets worse till then", () => {
    expect(kindsTold("daily")).toEqual([
      ...["sku-unknown", "payment-unmapped", "payment-differs", "sale-unfinished", "hooks-refused"],
      ...["unpaid-released", "test-sale-left", "setting-renamed", "tax-class-gone"],
    ]);
    expect(kindsTold("shown")).toEqual(["not-fulfilled"]);
    expect(Object.keys(WHEN).sort()).toEqual(Object.keys(SAMPLES).sort());
  });

  it.each([
    ["2026-11-21T20:59:59Z", "Australia/Melbourne", "2026-11-20T21:00:00.000Z", "2026-11-21T21:00:00.000Z"],
    ["2026-11-21T21:00:00Z", "Australia/Melbourne", "2026-11-21T21:00:00.000Z", "2026-11-22T21:00:00.000Z"],
    ["2026-11-21T07:00:00Z", "Nowhere", "2026-11-20T08:00:00.000Z", "2026-11-21T08:00:00.000Z"],
  ])("eight in the morning around %s in %s", (now, zone, last, next) => {
    const found = mornings(Date.parse(now), zone);
    expect([found.last, found.next].map((at) => new Date(at).toISOString())).toEqual([last, next]);
  });
});
