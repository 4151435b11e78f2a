import { expect, it } from "vitest";
import { isDay, startFor } from "../../../../worker/settings/parts/orders.ts";
import { refused, told } from "./part.ts";

it("M21: the start is said as the day in the store's zone, with the time unless the day begins there", () => {
  expect(startFor("2026-10-31T13:00:00.000Z", "Australia/Melbourne")).toBe("2026-11-01");
  expect(startFor("2026-10-31T13:20:00.000Z", "Australia/Melbourne")).toBe("2026-11-01 00:20");
  expect(startFor(null, "UTC")).toBeNull();
  expect([isDay("2026-11-01"), isDay("2026-11-01T00:00:00Z")]).toEqual([true, false]);
  expect(told("orders.takeFrom", null, "2026-10-31T13:00:00.000Z", "Australia/Melbourne")).toEqual(["Take orders from: none → 2026-11-01"]);
});

it("a start is a day or an instant; the end of a day is a time", () => {
  const day = "Give the day from which orders are taken as YYYY-MM-DD, or leave it empty.";
  for (const bad of ["tomorrow", "1 Nov 2026", "2026-13-45"]) expect(refused("orders.takeFrom", bad)).toEqual({ "orders.takeFrom": day });
  for (const good of [null, "2026-11-01", "2026-11-01T10:00:00Z"]) expect(refused("orders.takeFrom", good)).toEqual({});
  expect(refused("orders.consolidateAt", "24:00")).toEqual({ "orders.consolidateAt": "Give a time from 00:00 to 23:59, such as 23:00." });
});
