import { describe, expect, it } from "vitest";
import { capacityOf } from "../../../worker/settings/capacity.ts";
import { aSettings } from "../../harness/builders.ts";

describe("capacity (M48)", () => {
  it("four calls an order when all goes at once; each choice that costs a call says so", () => {
    const simple = capacityOf(aSettings(), 55, null);
    expect(simple.cin7).toMatchObject({ perOrder: 4, newCustomer: 2, perMinute: 55, ordersPerHour: 795 });
    expect(simple).toMatchObject({ bigcommerce: { perOrder: 4, withCoupons: 5 }, fits: true, minutes: 0 });
    const slow = capacityOf(aSettings({ sale: { fulfil: "pick" }, invoice: { status: "draft" } }), 55, null).cin7;
    expect(slow.perOrder).toBe(7);
    expect(slow.parts.reduce((n, p) => n + p.calls, 0)).toBe(7);
    // Somebody else invoices, we look for it and pay it (M11).
    expect(capacityOf(aSettings({ invoice: { status: "none" } }), 55, null).cin7.perOrder).toBe(5);
  });
  it("the busiest hour against it", () => {
    const busy = capacityOf(aSettings(), 55, { at: "2026-11-27T09:00:00.000Z", orders: 1000 });
    expect(busy).toMatchObject({ fits: false, minutes: 76 });
    expect(busy.helps.length).toBeGreaterThan(0);
  });
});

it("one sale a day costs the shop's reads and no call for each order", () => {
  const daily = capacityOf(aSettings({ orders: { consolidate: "daily" } }), 55, { at: "2026-11-27T09:00:00.000Z", orders: 1000 });
  expect(daily).toMatchObject({ cin7: { perOrder: 0, newCustomer: 0 }, bigcommerce: { perOrder: 4 }, fits: true, helps: [] });
});
