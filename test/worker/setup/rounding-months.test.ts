import { afterEach, expect, it, vi } from "vitest";
import { roundingOf } from "../../../worker/orders/mapping/amounts/rounding.ts";
import { monthsUntil, roundingMonths } from "../../../worker/setup/rounding-months.ts";
import { settingsRoutes } from "../../../worker/setup/routes.ts";
import { addOrder, addStore, api, OTHER_ACCOUNT } from "../../harness/api.ts";
import { drafted } from "../../harness/sale.ts";

/** Rounding charges by month and size (M4, F152). */
afterEach(() => vi.restoreAllMocks());

it("a month is the store's own, half-open, on both sides of a change of clocks", () => {
  expect(monthsUntil("2026-11-22", 2, "Australia/Melbourne")).toEqual([
    { month: "2026-11", from: "2026-10-31T13:00:00.000Z", to: "2026-11-30T13:00:00.000Z" },
    { month: "2026-10", from: "2026-09-30T14:00:00.000Z", to: "2026-10-31T13:00:00.000Z" },
  ]);
});

it("sums are exact, with their sign; a size counts the sales up to its amount, whatever the sign", () => {
  const row = (amount: string, orders: number, currency = "AUD") => ({ month: "2026-11", currency, amount, orders });
  expect(
    roundingMonths([row("0.01", 2), row("-0.0101", 1), row("0.05", 3), row("0.0501", 1), row("-1.00", 1), row("0.02", 1, "NZD")]),
  ).toEqual([
    { month: "2026-11", currency: "AUD", sum: "-0.79", orders: 8, sizes: [2, 1, 3, 2] },
    { month: "2026-11", currency: "NZD", sum: "0.02", orders: 1, sizes: [0, 1, 0, 0] },
  ]);
});

it("what unit prices leave over is kept with the order; a sale without it has none", () => {
  const draft = drafted({ lines: [{ sku: "MUG", quantity: 3, ex: "10.00", inc: "11.00" }] });
  expect(roundingOf(draft)).toBe(draft.charges.find((charge) => charge.description === "Rounding")?.total);
  expect(roundingOf(draft)).toMatch(/^-?0\.0\d+$/);
  expect(roundingOf(drafted({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }] }))).toBe(null);
});

it("the page shows six months of sales in Cin7 Core, of this store and account only", async () => {
  const store = await addStore();
  await addStore("zzz999");
  const sent = { state: "sent" as const, currency: "AUD", rounding: "0.0003" };
  await addOrder(1, { ...sent, placedAt: "2026-11-01T00:00:00.000Z" });
  // Taken in November in Melbourne, placed in October.
  await addOrder(2, { ...sent, rounding: "-0.02", placedAt: "2026-10-31T12:00:00.000Z", metAt: "2026-10-31T13:00:00.000Z" });
  await addOrder(3, { ...sent, placedAt: "2026-10-31T12:59:59.000Z" });
  await addOrder(4, { ...sent, placedAt: "2026-05-31T13:59:59.000Z" });
  await addOrder(5, { ...sent, state: "held", placedAt: "2026-11-01T00:00:00.000Z" });
  await addOrder(6, { ...sent, stages: "ordered,voided", placedAt: "2026-11-01T00:00:00.000Z" });
  await addOrder(7, { ...sent, rounding: null, placedAt: "2026-11-01T00:00:00.000Z" });
  await addOrder(8, { ...sent, storeHash: "zzz999", placedAt: "2026-11-01T00:00:00.000Z" });
  await addOrder(9, { ...sent, accountId: OTHER_ACCOUNT, placedAt: "2026-11-01T00:00:00.000Z" });
  const { get } = await api(settingsRoutes, store, { role: "view" });
  expect((await get("/settings/rounding")).body).toEqual({
    sizes: ["0.01", "0.02", "0.05", "1"],
    months: [
      { month: "2026-11", currency: "AUD", sum: "-0.0197", orders: 2, sizes: [1, 1, 0, 0] },
      { month: "2026-10", currency: "AUD", sum: "0.0003", orders: 1, sizes: [1, 0, 0, 0] },
    ],
  });
});
