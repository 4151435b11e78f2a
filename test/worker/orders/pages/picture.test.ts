import { expect, it } from "vitest";
import { pictureFrom } from "../../../../worker/orders/pages/picture.ts";

/** What an order's page shows: what was drawn, what was assembled, and the figures of a sale whose picture is gone. */
const SALE = { net: "34.00", tax: "3.40", total: "37.40", settingsVersion: 4 };
const MADE = [{ sku: "KIT", quantity: "5", number: "FG-00001" }];
const place = { label: "Location", value: "Main", why: "" };
const drawn = (decisions: object[]) => ({ came: [{ label: "Status", value: "x" }], cameLines: [], mapped: { lines: [], decisions } });
const row = { label: "Assembled", value: "5 × KIT (FG-00001)", why: "At Main, before the order was authorised, as Setup asks." };

it("says once what was assembled, also where an older release drew it; without anything it stays as it is", () => {
  const of = (decisions: object[], made = MADE) => pictureFrom(drawn(decisions), SALE, made, "Main").mapped?.decisions;
  expect(of([place])).toEqual([place, row]);
  expect(of([place, { ...row, why: "older" }])).toEqual([place, row]);
  expect(of([place], [])).toEqual([place]);
  expect(of([]), "of an erased shopper nothing is said").toEqual([]);
});

it("of an order whose picture is gone the figures of its sale stay; before it was read nothing is shown", () => {
  const totals = { exTax: "34.00", tax: "3.40", incTax: "37.40" };
  const figures = { lines: [], totals, decisions: [], settingsVersion: 4, losses: [] };
  expect(pictureFrom(null, SALE, MADE, "Main")).toEqual({ came: [], cameLines: [], cameTotals: [], mapped: figures });
  const none = { came: [], cameLines: [], cameTotals: [], mapped: null };
  for (const stored of [null, undefined, "x", { came: "x", cameLines: 1, mapped: "y" }])
    expect(pictureFrom(stored, null, [], "")).toEqual(none);
  expect(pictureFrom({ came: [] }, SALE, [], "").mapped, "read, and not mapped").toBeNull();
});

it("a line that an older release kept with one total has both, by what it said of the shop's prices", () => {
  const line = { sku: "MUG", name: "Mug", quantity: "2", price: "12.50", tax: "2.50" };
  const of = (prices: string, total: string) =>
    pictureFrom({ came: [{ label: "Prices", value: prices }], cameLines: [{ ...line, total }] }, null, [], "").cameLines;
  expect(of("Without tax", "25.00")).toEqual([{ ...line, exTax: "25.00", incTax: "27.5" }]);
  expect(of("With tax", "27.50")).toEqual([{ ...line, exTax: "25", incTax: "27.50" }]);
});
