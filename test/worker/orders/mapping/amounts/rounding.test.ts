import Big from "big.js";
import { expect, it } from "vitest";
import { roundingCharge, roundingOf } from "../../../../../worker/orders/mapping/amounts/rounding.ts";
import { nothingYet } from "../../../../../worker/orders/mapping/collector.ts";
import { aSettings } from "../../../../harness/builders.ts";

const charge = (left: string, settings = aSettings()) => {
  const found = nothingYet();
  return { charge: roundingCharge(new Big(left), new Big("0.05"), settings, "AUD", found), found };
};

it("M4: nothing left over makes no charge and no line on the order's page", () => {
  const { charge: none, found } = charge("0");
  expect([none, found.decisions]).toEqual([null, []]);
});

it("J7: what is left goes on its own item and account, without tax, to four decimals, above and below zero", () => {
  const items = aSettings().charges.items;
  for (const left of ["0.0125", "-0.05"])
    expect(charge(left).charge).toMatchObject({
      description: "Rounding",
      productId: items.rounding?.productId,
      account: "860",
      price: left,
      total: left,
      quantity: "1",
      tax: "0",
      taxRule: "Tax free",
      rounding: true,
    });
});

it("up to the cap, and not above it: then the order is put on hold", () => {
  expect(charge("0.05").charge).toBeTruthy();
  expect([charge("0.0501").charge, charge("-0.06").charge]).toEqual([false, false]);
});

it("its item is asked for only when it is needed", () => {
  const { rounding: _, ...items } = aSettings().charges.items;
  const settings = aSettings({ charges: { items } as never });
  expect(charge("0", settings).found.problems).toEqual([]);
  expect(charge("0.01", settings).found.problems).toMatchObject([{ kind: "charge-missing", charge: "rounding" }]);
});

it("the rounding of a sale is known from its charges", () => {
  const made = charge("0.01").charge || null;
  expect(roundingOf({ charges: made ? [made] : [] } as never)).toBe("0.01");
  expect(roundingOf({ charges: [] } as never)).toBeNull();
});
