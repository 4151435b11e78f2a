import { describe, expect, it } from "vitest";
import { isNight, type Known, nextSweep, planOf, ranges } from "../../../worker/reconcile/plan.ts";

const NOW = "2026-11-21T09:00:00.000Z";
const LINE = "2026-11-01T00:00:00.000Z";
const progress = { seenTo: "2026-11-21T08:55:00.000Z", line: LINE, nightlyAt: "2026-11-20T16:00:00.000Z" };
const plan = (over: Partial<Known> = {}) =>
  planOf({ progress, line: LINE, gapFrom: null, after: null, now: NOW, timeZone: "UTC", ...over });
const quiet = { ...progress, nightlyAt: "2026-11-21T02:05:00.000Z" };

describe("what a sweep looks through (K5, design 2)", () => {
  it.each<[string, Partial<Known>, string, boolean]>([
    ["the next one: from 10 minutes before what was seen last", { progress: quiet }, "2026-11-21T08:45:00.000Z", false],
    ["the first one: from the line", { progress: null }, LINE, true],
    [
      "a gap: from its beginning, if that is earlier",
      { progress: quiet, gapFrom: "2026-11-20T12:00:00.000Z" },
      "2026-11-20T11:50:00.000Z",
      true,
    ],
    ["a gap within what is looked through anyway", { progress: quiet, gapFrom: NOW }, "2026-11-21T08:45:00.000Z", true],
    ["the line was moved back: from there", { progress: quiet, line: "2026-10-01T00:00:00.000Z" }, "2026-10-01T00:00:00.000Z", true],
    ["never before the line", { progress: quiet, gapFrom: "2026-09-01T00:00:00.000Z" }, LINE, true],
    ["too long a one goes on where it was", { progress: quiet, after: "2026-11-10T00:00:00.000Z" }, "2026-11-10T00:00:00.000Z", true],
    ["at night all of the last 48 hours", {}, "2026-11-19T09:00:00.000Z", false],
  ])("%s", (_, over, from, backfill) => expect(plan(over)).toMatchObject({ from, backfill }));

  it.each([
    ["2026-11-20T20:00:00.000Z", "2026-11-21T01:59:00.000Z", "UTC", false],
    ["2026-11-20T20:00:00.000Z", "2026-11-21T02:00:00.000Z", "UTC", true],
    ["2026-11-21T02:00:00.000Z", "2026-11-21T23:59:00.000Z", "UTC", false],
    // Two in Melbourne is 15:00 UTC.
    ["2026-11-20T14:59:00.000Z", "2026-11-20T15:00:00.000Z", "Australia/Melbourne", true],
  ])("night: last %s, now %s in %s: %s", (last, now, zone, night) => expect(isNight(last, now, zone)).toBe(night));

  it("every 5 minutes, a tenth more or less", () => {
    expect([nextSweep(0, 0, 1), nextSweep(0, 0.5, 1), nextSweep(0, 0.5, 20)]).toEqual([270_000, 300_000, 15_000]);
  });

  it("numbers in as few ranges as one page each can show", () => {
    expect(ranges([500, 101, 350, 100, 99], 250)).toEqual([
      { from: 99, to: 101 },
      { from: 350, to: 500 },
    ]);
    expect(ranges([], 250)).toEqual([]);
  });
});
