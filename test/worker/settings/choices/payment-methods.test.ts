import { describe, expect, it } from "vitest";
import { countsAsPaid } from "../../../../worker/orders/mapping/amounts/payment-method.ts";
import { methodsOf } from "../../../../worker/settings/choices/payment-methods.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";
import { GATEWAYS, gatewayOf } from "../../../twins/bigcommerce/payments.ts";

const seen = (method: string, status = "captured") => ({ method, status });

describe("payment methods as choices (F45, M9)", () => {
  it("are the store's list and the names on recent orders, each once, without regard to case", () => {
    const found = methodsOf(
      [{ code: "stripe", name: "Stripe" }],
      [seen("STRIPE"), seen("Bank Deposit", ""), seen("bank deposit", ""), seen("")],
    );
    expect(found.map(({ key, name, from }) => [key, name, from])).toEqual([
      ["stripe", "Stripe", "store"],
      ["bank deposit", "Bank Deposit", "orders"],
      ["giftcertificate", "Gift Certificate", "store"],
      ["storecredit", "Store Credit", "store"],
    ]);
  });

  it.each([
    ["cod", "Cash on Delivery"],
    ["bankdeposit", "Bank Deposit"],
    ["cheque", "Cheque"],
    ["moneyorder", "Money Order"],
    ["instore", "Pay in Store"],
    ["custom", "Manual"],
    ["", "cash on delivery"],
  ])("%s %s is never captured: it begins with Awaiting Fulfillment or later", (code, name) => {
    expect(methodsOf([{ code, name }], [])[0]?.countsAsPaid).toBe("awaiting-fulfillment");
  });

  it("a method of which no recent order ever had a payment status begins so too; one captured order is enough for the other", () => {
    const begins = (...statuses: string[]) =>
      methodsOf(
        [{ code: "acme", name: "Acme on account" }],
        statuses.map((status) => seen("Acme on account", status)),
      )[0]?.countsAsPaid;
    expect([begins(), begins("", ""), begins("", "captured")]).toEqual(["captured", "awaiting-fulfillment", "captured"]);
  });

  it.each(Object.keys(GATEWAYS))("%s with what Setup loads: an order of the shop that is Awaiting Fulfillment is taken", (name) => {
    const order = { payment_method: name, payment_status: gatewayOf(name).offline ? "" : "captured", status_id: 11 };
    const methods = methodsOf([{ code: gatewayOf(name).gateway, name }], [seen(name, order.payment_status)]);
    const settings = aSettings({ payments: { methods: methods.map((method) => ({ ...method, account: null })) } });
    expect(countsAsPaid({ ...aSnapshot({ lines: [{ sku: "MUG", ex: "10.00", inc: "11.00" }] }).order, ...order }, settings)).toBe(true);
  });
});
