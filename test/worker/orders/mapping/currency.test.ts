import { describe, expect, it } from "vitest";
import { toPayments } from "../../../../worker/orders/mapping/amounts/plan-payments.ts";
import { invoiceBody, paymentBody, saleBody } from "../../../../worker/orders/sending/bodies.ts";
import { aTransaction } from "../../../harness/a-transaction.ts";
import { anAddress, aSettings, aSnapshot, ID } from "../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../harness/sale.ts";

describe("currency (M16)", () => {
  const usd = { default_currency_code: "USD", currency_code: "USD", store_default_currency_code: "EUR" };
  it("the rate table of Setup where BigCommerce's base is another one", () => {
    const settings = aSettings({ currency: { rates: [{ currency: "USD", rate: "1.5" }] } });
    const draft = drafted({ lines: [MUG], order: usd }, { settings });
    expect([draft.currency, draft.rate]).toEqual(["USD", "1.5"]);
    expect(saleBody(draft, "c").CurrencyRate).toBe(1.5);
    expect(invoiceBody(draft, "s", "t").CurrencyConversionRate).toBe(1.5);
  });
  it("BigCommerce's own rate comes first where the bases agree", () => {
    const settings = aSettings({ currency: { rates: [{ currency: "USD", rate: "9" }] } });
    const order = { ...usd, store_default_currency_code: "AUD", store_default_to_transactional_exchange_rate: "0.66667" };
    expect(drafted({ lines: [MUG], order }, { settings }).rate).toBe("1.5");
  });
  it("the default customer of that currency", () => {
    const settings = aSettings({
      customers: { guests: "default-customer", perCurrency: [{ currency: "USD", customer: { id: ID(7), name: "Web USD" } }] },
      currency: { rates: [{ currency: "USD", rate: "1.5" }] },
    });
    expect(drafted({ lines: [MUG], order: usd }, { settings }).party).toMatchObject({ is: "default", id: ID(7), name: "Web USD" });
  });
  it("a payment goes to the account of the sale's currency, else it is left out and told (M9)", () => {
    const { order } = aSnapshot({ lines: [MUG], order: usd });
    const stripe = { key: "stripe", name: "Credit Card", account: "713", countsAsPaid: "captured" as const };
    const ctx = { currency: "USD", rate: "1.5", timeZone: "UTC", foreign: true };
    const pay = (currencies: { currency: string; account: string }[]) =>
      toPayments(
        order,
        [aTransaction({ amount: 11, currency: "USD" })],
        aSettings({ payments: { methods: [{ ...stripe, currencies }] } }),
        ctx,
      );
    const { payments } = pay([{ currency: "USD", account: "715" }]);
    expect(payments.map((p) => paymentBody(p, "t", "1.5"))).toEqual([
      expect.objectContaining({ Amount: 11, Account: "715", CurrencyRate: 1.5 }),
    ]);
    expect(pay([])).toMatchObject({
      payments: [{ state: "left-out" }],
      notices: [{ kind: "payment-unmapped", method: "Credit Card", currency: "USD" }],
    });
  });
  it("JPY has no decimals, KWD three: both tie, and what Cin7 cannot keep is told", () => {
    const yen = { default_currency_code: "JPY", store_default_to_transactional_exchange_rate: "97" };
    expect(drafted({ lines: [{ sku: "A", ex: "1000", inc: "1100" }], order: yen }).totals).toEqual({
      exTax: "1000",
      tax: "100",
      incTax: "1100",
    });
    const dinar = { default_currency_code: "KWD", store_default_to_transactional_exchange_rate: "0.2" };
    const draft = drafted({ lines: [{ sku: "A", ex: "1.005", inc: "1.106" }], order: dinar });
    expect(draft.totals).toEqual({ exTax: "1.005", tax: "0.101", incTax: "1.106" });
    expect(draft.losses).toContainEqual(expect.stringMatching(/Cin7 Core keeps two decimals, KWD has 3/));
  });
});

describe("currency (M16, J14)", () => {
  const usd = (rate: string, over: object = {}) => ({
    lines: [MUG],
    order: { default_currency_code: "USD", store_default_to_transactional_exchange_rate: rate, ...over },
  });
  it("base currency: rate 1", () => {
    expect(drafted({ lines: [MUG] })).toMatchObject({ currency: "AUD", rate: "1" });
  });
  it("J14: base AUD, BigCommerce's 0.66667 to USD gives 1.5000 on every document", () => {
    expect(drafted(usd("0.6666700000"))).toMatchObject({
      currency: "USD",
      rate: "1.5",
      losses: [],
      party: { nameIfTaken: "Ana Keller (ana.keller@example.org, USD)" },
    });
  });
  it("the JPY trap: a rate that loses digits is listed, amounts have no decimals", () => {
    const order = { default_currency_code: "JPY", store_default_to_transactional_exchange_rate: "96.9932104753" };
    const draft = drafted({ lines: [{ sku: "MUG", ex: "1000", inc: "1100" }], order });
    expect([draft.rate, draft.totals.incTax, draft.losses]).toEqual([
      "0.0103",
      "1100",
      ["Rate rounded by Cin7 Core: 0.010310 became 0.0103 AUD for one JPY."],
    ]);
  });
  it("another base, or a foreign order on the default customer, is held", () => {
    expect(problems(usd("0.66667", { store_default_currency_code: "EUR" }))).toEqual([
      { kind: "currency-unsupported", currency: "USD", base: "AUD" },
    ]);
    expect(problems(usd("0.66667", { billing_address: anAddress({ email: "" }) }))).toEqual([
      { kind: "currency-customer-missing", currency: "USD" },
    ]);
  });
});
