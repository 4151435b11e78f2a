import { describe, expect, it } from "vitest";
import { paceOf } from "../../../worker/home/pace.ts";

/** The pictures of Home: orders an hour against the usual, and what waited, from rows that are kept anyway. */
const NOW = Date.parse("2026-11-21T09:30:00.000Z");
const HOUR = 3_600_000;
const at = (hoursAgo: number, minutes = 0) => new Date(NOW - hoursAgo * HOUR - minutes * 60_000).toISOString();
const daily = (days: number, hoursAgo: number) => Array.from({ length: days }, (_, i) => at(hoursAgo + (i + 1) * 24));

describe("the last 24 hours", () => {
  it("has 24 hours that end with this one, each order in its own, and all of them together are the orders of these hours", () => {
    const placed = [at(0, 1), at(0, 20), at(1), at(23), at(24)];
    const { hours } = paceOf(placed, [], NOW);
    expect(hours).toHaveLength(24);
    expect([hours[0]?.at, hours.at(-1)?.at]).toEqual(["2026-11-20T10:00:00.000Z", "2026-11-21T09:00:00.000Z"]);
    expect(
      hours.reduce((n, { orders }) => n + orders, 0),
      "one is older than 24 hours",
    ).toBe(4);
    expect([hours.at(-1)?.orders, hours.at(-2)?.orders, hours[0]?.orders]).toEqual([2, 1, 1]);
  });
  it("the usual is the average of that hour of the day over the whole days before, as far as orders are known", () => {
    const week = [...daily(7, 2), ...daily(7, 2), ...daily(7, 5)];
    const { hours, days } = paceOf(week, [], NOW);
    expect(days).toBe(6);
    expect([hours.at(-3)?.usual, hours.at(-6)?.usual, hours.at(-1)?.usual]).toEqual([2, 1, 0]);
  });
  it("of less than three days nothing is called usual", () => {
    const { hours, days } = paceOf(daily(3, 2), [], NOW);
    expect([days, hours.every(({ usual }) => usual === null)]).toEqual([0, true]);
  });
  it("an order waits from when its moment had come until its sale is there; one that waits still, up to now", () => {
    const passed = [
      { since: at(3), sentAt: at(1), waits: false },
      { since: at(2), sentAt: null, waits: true },
      // Sent with a daily sale, or by an older release: when is not told, so it is not said to have waited.
      { since: at(5), sentAt: null, waits: false },
    ];
    expect(
      paceOf([], passed, NOW)
        .hours.slice(-5)
        .map(({ waiting }) => waiting),
    ).toEqual([0, 1, 2, 1, 1]);
  });
});
