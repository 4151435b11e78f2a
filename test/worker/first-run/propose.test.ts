import { describe, expect, it } from "vitest";
import { type BothSides, propose } from "../../../worker/first-run/propose.ts";
import { defaults } from "../../../worker/settings/parts/compose.ts";

const rule = (name: string, percent: string) => ({ name, percent, active: true });
const account = (code: string, name: string, currency: string | null = "AUD") => ({ code, name, currency });
const method = (key: string, name: string, countsAsPaid: "captured" | "awaiting-fulfillment" = "captured") => ({
  key,
  name,
  from: "store" as const,
  countsAsPaid,
});
const AUSTRALIAN: BothSides["choices"] = {
  taxClasses: [
    { id: 0, name: "Default Tax Class" },
    { id: 1, name: "GST free" },
  ],
  taxRules: [rule("GST on Income", "10"), rule("GST Free Income", "0"), rule("Tax Exempt", "0"), rule("VAT 20%", "20")],
  paymentMethods: [
    method("stripe", "Credit Card"),
    method("cod", "Cash on Delivery", "awaiting-fulfillment"),
    method("giftcertificate", "Gift Certificate"),
    method("storecredit", "Store Credit"),
  ],
  paymentAccounts: [
    account("090", "Bank"),
    account("713", "Card clearing"),
    account("715", "Card clearing USD", "USD"),
    account("840", "Gift certificates", null),
    account("841", "Store credit", null),
  ],
  liabilities: ["840", "841"],
  locations: [
    { id: "l-1", name: "Main Warehouse", isDefault: true },
    { id: "l-2", name: "Showroom", isDefault: false },
  ],
  currencies: { bigcommerce: "AUD", cin7: "AUD" },
};
const seen = (choices: Partial<BothSides["choices"]> = {}, more: Partial<Omit<BothSides, "choices">> = {}): BothSides => ({
  settings: defaults(),
  choices: { ...AUSTRALIAN, ...choices },
  rates: new Map(),
  country: "AU",
  customer: null,
  ...more,
});
const taxOf = (of: BothSides) => propose(of).tax.classes.map((c) => [c.className, c.withTax, c.withoutTax]);
const accountsOf = (of: BothSides) => Object.fromEntries(propose(of).payments.methods.map((m) => [m.name, m.account]));

describe("tax rules by rate, name and country", () => {
  it("a store that has sold nothing yet: the country's general rate, and what its name says is free", () => {
    expect(taxOf(seen())).toEqual([
      ["Default Tax Class", "GST on Income", "GST Free Income"],
      ["GST free", "GST Free Income", "GST Free Income"],
    ]);
  });

  it("the rate at which a class was sold comes first; one that no rule has asks: 25 % never goes on a rule of 10 %", () => {
    const sold = (...rates: string[]) => taxOf(seen({}, { rates: new Map([[0, new Set(rates)]]) }))[0]?.[1];
    expect(sold("20")).toBe("VAT 20%");
    expect(sold("0", "10")).toBe("GST on Income");
    expect(sold("25")).toBeNull();
    expect(sold("10", "20"), "two rates are no answer").toBeNull();
  });

  it("a rate in the name of a class counts, and of two rules of one rate neither is guessed", () => {
    const classes = [{ id: 3, name: "Luxury 20%" }];
    expect(taxOf(seen({ taxClasses: classes }))[0]?.[1]).toBe("VAT 20%");
    const two = [...AUSTRALIAN.taxRules, rule("Luxury tax", "20")];
    expect(taxOf(seen({ taxClasses: [{ id: 3, name: "Wine 20%" }], taxRules: two }))[0]?.[1]).toBeNull();
  });

  it("without a country that is known, several rates ask; an unknown class asks", () => {
    expect(taxOf(seen({ taxClasses: [...AUSTRALIAN.taxClasses, { id: 4, name: "Wine" }] }, { country: "XX" }))).toEqual([
      ["Default Tax Class", null, "GST Free Income"],
      ["GST free", "GST Free Income", "GST Free Income"],
      ["Wine", null, "GST Free Income"],
    ]);
  });
});

describe("accounts for payments", () => {
  it("a gateway on the clearing account of the books' currency, certificates and credit on what is owed, offline money is asked", () => {
    expect(accountsOf(seen())).toEqual({
      "Credit Card": "713",
      "Cash on Delivery": null,
      "Gift Certificate": "840",
      "Store Credit": "841",
    });
  });

  it("an account of the method's name wins; of two clearing accounts neither is guessed", () => {
    const paypal = [...AUSTRALIAN.paymentAccounts, account("714", "PayPal"), account("716", "Other clearing")];
    const methods = [...AUSTRALIAN.paymentMethods, method("paypal", "PayPal")];
    expect(accountsOf(seen({ paymentAccounts: paypal, paymentMethods: methods }))).toMatchObject({ PayPal: "714", "Credit Card": null });
  });
});

it("what a person chose stays, and where nothing is sure nothing is chosen", () => {
  const settings = defaults();
  settings.location.salesShipFrom = { id: "l-2", name: "Showroom" };
  settings.tax.classes = [{ classId: 0, className: "Default Tax Class", withTax: "VAT 20%", withoutTax: null }];
  const kept = propose(seen({}, { settings, customer: { id: "c-1", name: "Web customer" } }));
  expect(kept.location.salesShipFrom?.name).toBe("Showroom");
  expect(kept.tax.classes[0]).toMatchObject({ withTax: "VAT 20%", withoutTax: "GST Free Income" });
  expect(kept.customers.defaultCustomer?.name).toBe("Web customer");
  const two = AUSTRALIAN.locations.map((l) => ({ ...l, isDefault: false }));
  expect(propose(seen({ locations: two })).location.salesShipFrom).toBeNull();
  expect(propose(seen()).location.salesShipFrom?.name).toBe("Main Warehouse");
});
