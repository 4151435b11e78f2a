import { describe, expect, it } from "vitest";
import { boundsOf, dayIn, daysAfter, instant, isPlausible, knownZone } from "../../../worker/lib/days.ts";

describe("days are the store's own (M12, J20)", () => {
  it.each([
    ["2026-11-21T12:59:59Z", "Australia/Melbourne", "2026-11-21"],
    ["2026-11-21T13:00:00Z", "Australia/Melbourne", "2026-11-22"],
    ["2026-11-22T04:59:59Z", "America/New_York", "2026-11-21"],
    ["2026-11-21T23:59:59Z", "Nowhere/City", "2026-11-21"],
  ])("%s is in %s on %s", (at, zone, day) => expect(dayIn(at, zone)).toBe(day));

  it("a day has 23 hours when clocks go forward, 25 when they go back", () => {
    const hours = (day: string) => {
      const { from, to } = boundsOf(day, "Australia/Melbourne");
      return (Date.parse(to) - Date.parse(from)) / 3_600_000;
    };
    expect(["2026-10-04", "2026-04-05", "2026-11-21"].map(hours)).toEqual([23, 25, 24]);
  });

  it("calendar days are counted, not hours", () => {
    expect([daysAfter("2026-02-28", 1), daysAfter("2028-02-28", 1), daysAfter("2026-01-01", -1)]).toEqual([
      "2026-03-01",
      "2028-02-29",
      "2025-12-31",
    ]);
  });
  it("an unknown zone counts as UTC", () =>
    expect([knownZone("Nowhere/City"), knownZone("Europe/Paris")]).toEqual(["UTC", "Europe/Paris"]));
});

it.each([
  ["Wed, 01 Jul 2026 02:00:00 +0000", "2026-07-01T02:00:00.000Z"],
  ["2026-07-01T12:00:00+10:00", "2026-07-01T02:00:00.000Z"],
  ["", null],
  ["  ", null],
  ["0000-00-00", null],
  [null, null],
  [5, null],
])("%j is the instant %j", (text, at) => expect(instant(text)).toBe(at));

it("no day of the books lies in the future; a shop's clock may be a day ahead", () => {
  expect(isPlausible("2026-11-22T09:00:00.000Z", "2026-11-21T09:00:00.000Z")).toBe(true);
  expect(isPlausible("2026-11-22T09:00:00.001Z", "2026-11-21T09:00:00.000Z")).toBe(false);
});
