import { describe, expect, it } from "vitest";
import { mornings } from "../../../worker/alerts/when.ts";
import { alertOf, holds, kindsTold } from "../../../worker/problems/registry.ts";
import { SAMPLES } from "../problems/samples.ts";

describe("which problems are told of by mail, and when (M42, F41, K10)", () => {
  it.each(Object.values(SAMPLES).map((problem) => [problem.kind, problem] as const))(
    "%s: has its place, and at once when it holds an order",
    (kind, problem) => {
      expect(["now", "daily", "shown"]).toContain(alertOf(kind, false));
      if (holds(problem)) expect(alertOf(kind, true)).toBe("now");
    },
  );

  it("what does not hold an order waits for the morning only where nothing gets worse till then", () => {
    expect(kindsTold("daily").sort()).toEqual([
      ...["hooks-refused", "payment-differs", "payment-unclear", "payment-unmapped", "refund-declined", "sale-unfinished"],
      ...["setting-renamed", "sku-unknown", "tax-class-gone", "test-sale-left", "unpaid-released"],
    ]);
    expect(kindsTold("shown")).toEqual(["not-fulfilled"]);
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
