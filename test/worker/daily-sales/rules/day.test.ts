import { describe, expect, it } from "vitest";
import { dayOf, endAfter, endsDue, endUpTo } from "../../../../worker/daily-sales/rules/day.ts";
import { dayOfNumber } from "../../../../worker/lib/day-sale.ts";
import { numberOf, placeKey, stemOf } from "../../../../worker/orders/day-number.ts";
import { dayMark, markOf, saleMark, stemIn } from "../../../../worker/orders/marks.ts";

/** Days of daily sales (F16): half open, in the store's zone, with 23 and 25 hours and times that are not there or twice. */
const hours = (a: string, b: string) => (Date.parse(b) - Date.parse(a)) / 3_600_000;
const ZONE = "Australia/Melbourne";

describe("when a day ends", () => {
  it.each([
    ["an ordinary day", "2026-11-21T20:00:00.000Z", "23:00", "2026-11-22T12:00:00.000Z", 24],
    ["clocks go on at 02:00: 23 hours", "2026-10-03T13:00:00.000Z", "23:00", "2026-10-04T12:00:00.000Z", 24],
    ["a time that is not there is moved on", "2026-10-02T16:30:00.000Z", "02:30", "2026-10-03T16:30:00.000Z", 23],
    ["of a time that comes twice the first counts", "2026-04-03T15:30:00.000Z", "02:30", "2026-04-04T15:30:00.000Z", 25],
    ["midnight", "2026-11-21T13:00:00.000Z", "00:00", "2026-11-22T13:00:00.000Z", 24],
  ])("%s", (_, after, time, end, next) => {
    expect(endAfter(after, time, ZONE)).toBe(end);
    expect(hours(end, endAfter(end, time, ZONE))).toBe(next);
  });
  it("the day on which the clocks go on has 23 hours, the one on which they go back 25", () => {
    expect(hours("2026-10-03T13:00:00.000Z", endAfter("2026-10-03T13:00:00.000Z", "23:00", ZONE))).toBe(23);
    expect(hours("2026-04-04T12:00:00.000Z", endAfter("2026-04-04T12:00:00.000Z", "23:00", ZONE))).toBe(25);
  });
  it.each(["23:00", "02:30", "00:00", "02:00", "03:00"])("a year of days that end at %s: each begins where the one before ends", (time) => {
    for (const zone of [ZONE, "America/New_York", "Europe/London", "Pacific/Apia", "UTC"]) {
      let end = endAfter("2026-01-01T00:00:00.000Z", time, zone);
      const days = new Set<string>();
      for (let n = 0; n < 366; n++) {
        const next = endAfter(end, time, zone);
        expect([22, 23, 24, 25, 26]).toContain(hours(end, next));
        // Its first instant, its last, and the first of the next: in exactly one day each.
        expect(endUpTo(end, time, zone)).toBe(end);
        expect(endUpTo(new Date(Date.parse(next) - 1).toISOString(), time, zone)).toBe(end);
        days.add(dayOf(next, zone));
        end = next;
      }
      expect(days.size).toBe(366);
    }
  });
  it("a day has the name of the date on which its last moment falls", () => {
    expect(dayOf("2026-11-22T12:00:00.000Z", ZONE)).toBe("2026-11-22");
    expect(dayOf("2026-11-22T13:00:00.000Z", ZONE)).toBe("2026-11-22");
    expect(dayOf("2026-11-22T19:00:00.000Z", ZONE)).toBe("2026-11-23");
  });
  it("days that were missed are closed one after the other; without memory the first one begins now", () => {
    const due = endsDue("2026-11-20T12:00:00.000Z", "2026-11-22T12:00:00.000Z", "23:00", ZONE);
    expect(due).toEqual(["2026-11-21T12:00:00.000Z", "2026-11-22T12:00:00.000Z"]);
    expect(endsDue("2026-11-22T12:00:00.000Z", "2026-11-22T13:00:00.000Z", "23:00", ZONE)).toEqual([]);
    expect(endsDue(null, "2026-11-22T13:00:00.000Z", "23:00", ZONE)).toEqual([]);
  });
  it("another time or zone begins where the last day ended: no instant is in two days or in none", () => {
    const closed = "2026-11-22T12:00:00.000Z";
    expect(endAfter(closed, "08:00", ZONE)).toBe("2026-11-22T21:00:00.000Z");
    expect(endAfter(closed, "23:00", "America/New_York")).toBe("2026-11-23T04:00:00.000Z");
  });
});

describe("numbers and marks of daily sales (design 3.3)", () => {
  const group = {
    day: "2026-11-22",
    end: "2026-11-22T12:00:00.000Z",
    currency: "AUD",
    place: "3f2a9c01",
    taxInclusive: false,
  };
  it("two locations whose IDs begin alike are two places", () => {
    const places = ["00000003-0000-4000-8000-000000000001", "00000003-0000-4000-8000-000000000002"].map(placeKey);
    expect(new Set(places).size).toBe(2);
    expect(places.map((place) => numberOf(stemOf({ ...group, place })))).not.toContain(null);
    expect(placeKey("3F2A9C01-AB")).toBe(placeKey("3f2a9c01-ab"));
  });
  it("the mark says day, end, currency and location, and the number is known from it alone", () => {
    const stem = stemOf(group);
    expect(stem).toBe("day-20261122-1200:AUD:3f2a9c01");
    const number = numberOf(stem) as number;
    expect(Number.isSafeInteger(number) && number < 0).toBe(true);
    expect(dayOfNumber(number)).toBe("2026-11-22");
    const mark = dayMark("abc123", stem, 2);
    expect(mark).toBe("ls:abc123:day-20261122-1200:AUD:3f2a9c01:g2");
    expect(markOf(mark)).toEqual({ store: "abc123", orderId: number, generation: 2 });
    expect(stemIn(mark)).toBe(stem);
  });
  it("another currency, location, tax basis or end is another sale", () => {
    const others = [
      group,
      { ...group, currency: "USD" },
      { ...group, place: "ffffffff" },
      { ...group, taxInclusive: true },
      { ...group, end: "2026-11-22T11:00:00.000Z" },
      { ...group, day: "2026-11-23" },
    ];
    expect(new Set(others.map((each) => numberOf(stemOf(each)))).size).toBe(others.length);
  });
  it("an order's mark is read as ever; a test sale's and nonsense are none", () => {
    expect(markOf(saleMark("abc123", 1042, 1))).toEqual({ store: "abc123", orderId: 1042, generation: 1 });
    for (const text of ["ls:abc123:trial-20261122", "ls:abc123:day-2026:AUD:3f2a9c01:g1", "ls:abc123:day-20261122-1200:AUD:g1", "x"])
      expect(markOf(text)).toBeNull();
  });
});
