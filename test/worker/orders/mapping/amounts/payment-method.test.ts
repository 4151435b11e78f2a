import { describe, expect, it } from "vitest";
import {
  countsAsPaid,
  isAuthorised,
  isCaptured,
  isKnownStatus,
  methodFor,
  ownTender,
} from "../../../../../worker/orders/mapping/amounts/payment-method.ts";
import type { Facts } from "../../../../../worker/orders/order-facts.ts";
import { aSettings } from "../../../../harness/builders.ts";

const AWAITING_PAYMENT = 7;
const AWAITING_FULFILLMENT = 11;
const order = (more: Partial<Facts> = {}): Facts =>
  ({
    payment_status: "",
    payment_method: "Zip",
    status_id: AWAITING_PAYMENT,
    total_inc_tax: "110.00",
    gift_certificate_amount: "0",
    store_credit_amount: "0",
    ...more,
  }) as Facts;
const withMethod = (countsAs: string) =>
  aSettings({ payments: { methods: [{ key: "bankdeposit", name: "Bank Deposit", account: "713", countsAsPaid: countsAs }] } as never });

it("M9: a method is known by its gateway's code before its name, both in any case; a name that nobody mapped is none", () => {
  const settings = aSettings({
    payments: {
      methods: [
        { key: "stripe", name: "Card" },
        { key: "card", name: "Terminal" },
      ],
    } as never,
  });
  expect(methodFor(settings, ["STRIPE"], ["Terminal"])?.key).toBe("stripe");
  expect(methodFor(settings, [], [" card "])?.key).toBe("card");
  expect(methodFor(settings, [""], ["Zip"])).toBeNull();
});

it("money that was refunded had been taken; authorised is not taken; a status that BigCommerce never told of is known as such", () => {
  const said = (payment_status: string) => order({ payment_status });
  for (const status of ["captured", "Paid", "partially refunded", "refunded"]) expect(isCaptured(said(status)), status).toBe(true);
  for (const status of ["authorized", "capture pending"])
    expect([isCaptured(said(status)), isAuthorised(said(status))], status).toEqual([false, true]);
  expect([isKnownStatus(said("declined")), isKnownStatus(said("moonlit"))]).toEqual([true, false]);
});

it("certificates and store credit are not the order's own tender", () => {
  expect(ownTender(order({ gift_certificate_amount: "10.00", store_credit_amount: "0.50" })).toFixed(2)).toBe("99.50");
});

describe("whether an order counts as paid (M9)", () => {
  const paid = (more: Partial<Facts>, settings = aSettings()) => countsAsPaid(order(more), settings);
  it("its money is captured, or nothing is left to pay", () => {
    expect(paid({ payment_status: "captured" })).toBe(true);
    expect(paid({ gift_certificate_amount: "110.00" })).toBe(true);
    expect(paid({ payment_status: "authorized", status_id: AWAITING_FULFILLMENT })).toBe(false);
  });
  it("a method without a status at BigCommerce goes by the order's status, like the shop does", () => {
    expect(paid({})).toBe(false);
    expect(paid({ status_id: AWAITING_FULFILLMENT })).toBe(true);
  });
  it("Setup decides for its method: with the status, only with the money, or never", () => {
    const fulfilled = { status_id: AWAITING_FULFILLMENT, payment_method: "Bank Deposit" };
    const by = (how: string) => paid(fulfilled, withMethod(how));
    expect([by("awaiting-fulfillment"), by("captured"), by("never")]).toEqual([true, false, false]);
  });
});
