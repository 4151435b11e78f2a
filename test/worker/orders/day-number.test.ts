import { expect, it } from "vitest";
import { dayOfNumber, isDaySale } from "../../../worker/lib/day-sale.ts";
import { numberOf, placeKey, stemOf } from "../../../worker/orders/day-number.ts";

const GROUP = { day: "2026-11-22", end: "2026-11-22T12:00:00.000Z", currency: "AUD", place: placeKey("A-1"), taxInclusive: false };

it("F15: each day, end, currency, location and basis of tax has a daily sale of its own", () => {
  const others = [
    { end: "2026-11-22T13:00:00.000Z" },
    { currency: "USD" },
    { place: placeKey("A-2") },
    { taxInclusive: true },
    { day: "2026-11-23" },
  ];
  const stems = [GROUP, ...others.map((other) => ({ ...GROUP, ...other }))].map(stemOf);
  expect(new Set(stems).size).toBe(stems.length);
  expect(new Set(stems.map(numberOf)).size).toBe(stems.length);
});

it("its number is known from the mark alone, is never an order's, and tells its day", () => {
  const number = numberOf(stemOf(GROUP)) as number;
  expect(numberOf(stemOf(GROUP))).toBe(number);
  expect([isDaySale(number), dayOfNumber(number), Number.isSafeInteger(number)]).toEqual([true, "2026-11-22", true]);
});

it("what is no stem has no number", () => {
  for (const stem of ["", "1042", "day-2026-1200:AUD:12345678", `${stemOf(GROUP)}x`]) expect(numberOf(stem), stem).toBeNull();
});

it("a location is known by all of its ID, in any case", () => {
  expect(placeKey("ABC")).toBe(placeKey("abc"));
  expect(placeKey("abc")).not.toBe(placeKey("abd"));
});
