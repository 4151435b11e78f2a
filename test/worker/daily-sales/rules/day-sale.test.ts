import { describe, expect, it } from "vitest";
import type { Settings } from "../../../../worker/contract/index.ts";
import { groupOf } from "../../../../worker/daily-sales/rules/day-sale.ts";
import { numberOf, placeKey, stemOf } from "../../../../worker/orders/day-number.ts";
import type { SaleDraft } from "../../../../worker/orders/mapping/sale-draft.ts";

/** Which orders of a day share a sale (F15, M16). */
const SETTINGS = { location: { salesShipFrom: { id: "00000003-a", name: "Main Warehouse" }, pickups: [] } } as unknown as Settings;
const group = (rate: string, currency = "USD") =>
  groupOf(
    { location: "Main Warehouse", currency, rate, taxInclusive: false } as SaleDraft,
    SETTINGS,
    "2026-11-22",
    "2026-11-22T12:00:00.000Z",
  );

describe("a daily sale has one rate, that of each of its orders (M16)", () => {
  it("orders of different rates are different sales, of the same rate one", () => {
    const stems = ["1.5", "1.52", "1.5"].map((rate) => stemOf(group(rate)));
    expect(new Set(stems).size).toBe(2);
    expect(stems[0]).toBe(stems[2]);
    expect(stems.map(numberOf)).not.toContain(null);
  });

  it("in the base currency its mark is as ever: what is on its way keeps its number", () => {
    expect(stemOf(group("1", "AUD"))).toBe(`day-20261122-1200:AUD:${placeKey("00000003-a")}`);
  });
});
