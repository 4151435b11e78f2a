import { expect, it } from "vitest";
import { linesOfOlder } from "../../../worker/disconnect/older-seal.ts";

/** A seal of a release that had an order's figures in its picture, and no `sale_lines`. */
const row = (picture: unknown) => ({
  store_hash: "abc123",
  order_id: 7,
  account_id: "a-1",
  generation: 2,
  currency: "AUD",
  picture: picture === null ? null : JSON.stringify(picture),
});
const totals = { exTax: "34.00", tax: "3.40", incTax: "37.40" };

it("its figures become a row of what the sale is made of; an order without figures has none", () => {
  const figures = { came: [], cameLines: [], mapped: { lines: [], totals, decisions: [], settingsVersion: 4, losses: [] } };
  expect(linesOfOlder([row(figures), row(null), row({ came: [], mapped: null })])).toEqual([
    {
      store_hash: "abc123",
      order_id: 7,
      account_id: "a-1",
      generation: 2,
      currency: "AUD",
      rate: "",
      tax_inclusive: 0,
      location: "",
      settings_version: 4,
      net: "34.00",
      tax: "3.40",
      total: "37.40",
    },
  ]);
});
