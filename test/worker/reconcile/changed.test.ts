import { describe, expect, it } from "vitest";
import { changedOrders, missedOrders, some } from "../../../worker/reconcile/changed.ts";

const NOW = "2026-11-21T09:00:00.000Z";

describe("which orders of the list are not known as they are (K5)", () => {
  const stored = { orderId: 7, modifiedAt: NOW, statusId: 11, total: "10.00" };
  const row = { id: 7, modifiedAt: NOW, statusId: 11, total: "10.0000" };
  it.each([
    ["the same: costs no further call", {}, 0],
    ["changed since", { modifiedAt: "2026-11-21T09:00:01.000Z" }, 1],
    ["the list lags behind what was read", { modifiedAt: "2026-11-21T08:59:59.000Z", statusId: 1 }, 0],
    ["changed twice within the second that the date shows", { statusId: 2 }, 1],
    ["another total", { total: 12 }, 1],
    ["incomplete: nobody's yet", { id: 8, statusId: 0 }, 0],
    ["never heard of", { id: 8 }, 1],
  ])("%s", (_, over, n) => expect(changedOrders([{ ...row, ...over }], [stored])).toHaveLength(n));

  it("what changed just now is not missed: its notice may be on its way", () => {
    expect(missedOrders([row], NOW)).toEqual([]);
    expect(missedOrders([row], "2026-11-21T09:00:00.001Z")).toEqual([row]);
  });
  it("names some of them", () => {
    expect(some([1, 2])).toBe("1, 2");
    expect(some([1, 2, 3], 2)).toBe("1, 2 and 1 more");
  });
});
