import { describe, expect, it } from "vitest";
import { check, listsNeeded } from "../../../worker/settings/check.ts";
import { parseDocument, readDocument } from "../../../worker/settings/document.ts";
import { changes, defaults } from "../../../worker/settings/parts/compose.ts";
import { CHART, ready, set } from "../../harness/api.ts";

const accounts = CHART.map((a) => ({
  code: a.Code,
  name: a.Name,
  class: a.Class,
  active: a.Status === "ACTIVE",
  forPayments: String((a as { ForPayments?: unknown }).ForPayments) === "true",
  currency: ((a as { Currency?: string | null }).Currency ?? null) as string | null,
  system: "",
}));
const fieldsOf = (...changed: Parameters<typeof set>[]) => {
  const settings = ready();
  for (const [path, value] of changed) set(path, value)(settings);
  const parsed = parseDocument(settings);
  return parsed.ok ? {} : parsed.error;
};

describe("every setting has its own sentence when it is wrong", () => {
  it.each([
    ["sale.status", "sent", "sale.status", /authorised order or a draft/],
    ["sale.fulfil", "all", "sale.fulfil", /how far Cin7 Core goes/],
    ["sale.channel.attribute", 11, "sale.channel.attribute", /from 1 to 10/],
    ["sale.referencePrefix", "a|b", "sale.referencePrefix", /sign \|/],
    ["invoice.when", "never", "invoice.when", /when the invoice is made/],
    ["invoice.date", "today", "invoice.date", /day of the invoice/],
    ["invoice.lockedBooks", "ignore", "invoice.lockedBooks", /while books are locked/],
    ["currency.rates", [{ currency: "USD", rate: "0" }], "currency.rates.0.rate", /above 0/],
    ["currency.rates", [{ currency: "USD", rate: "1.23456" }], "currency.rates.0.rate", /at most 4 decimals/],
    ["currency.rates", [{ currency: "dollar", rate: "1" }], "currency.rates.0.currency", /three letters/],
    [
      "customers.perCurrency",
      [
        { currency: "USD", customer: { id: "a", name: "A" } },
        { currency: "usd", customer: { id: "b", name: "B" } },
      ],
      "customers.perCurrency.1.currency",
      /listed twice/,
    ],
    ["tax.special", [{ classId: 0, side: "with", taxName: "", country: "Australia", rule: "GST" }], "tax.special.0.country", /two letters/],
  ] as const)("%s", (path, value, field, sentence) => {
    expect(fieldsOf([path, value])[field]).toMatch(sentence);
  });
  it("currencies and countries are kept in capitals", () => {
    const settings = ready();
    set("currency.rates", [{ currency: "usd", rate: "1.5" }])(settings);
    set("tax.special", [{ classId: 0, side: "with", taxName: "", country: "!nz", rule: "GST" }])(settings);
    const parsed = parseDocument(settings);
    expect(parsed.ok && [parsed.value.currency.rates[0]?.currency, parsed.value.tax.special[0]?.country]).toEqual(["USD", "!NZ"]);
  });
  it("a document of an older release gets the new settings with their defaults, and orders stay on", () => {
    const old = ready(set("orders.on", true)) as unknown as Record<string, unknown>;
    delete old["sale"];
    delete old["currency"];
    old["invoice"] = { status: "authorised", revenueAccount: null };
    old["customers"] = { defaultCustomer: null, guests: "per-email" };
    const read = readDocument(old);
    expect(read.orders.on).toBe(true);
    expect([read.sale, read.currency, read.invoice.when, read.invoice.lockedBooks]).toEqual([
      defaults().sale,
      { rates: [] },
      "with-order",
      "ask",
    ]);
  });
});

describe("what is written back to orders (M45)", () => {
  it("is on for a new shop; a document of before says nothing of it and stays without; what was chosen stays", () => {
    expect(defaults().seen).toEqual({ metafield: true, staffNote: false });
    expect(readDocument({ ...ready(), seen: undefined }).seen).toEqual({ metafield: false, staffNote: false });
    expect(readDocument({ ...ready(), seen: { metafield: false } }).seen).toEqual({ metafield: false, staffNote: false });
    expect(readDocument({ ...ready(), seen: { metafield: true } }).seen).toEqual({ metafield: true, staffNote: false });
  });
});

describe("choices that do not fit each other or Cin7 Core", () => {
  const found = (live: Parameters<typeof check>[2], ...changed: Parameters<typeof set>[]) => {
    const settings = ready();
    for (const [path, value] of changed) set(path, value)(settings);
    return check(settings, settings, live);
  };
  it("the day of the shipment needs an invoice that is made then; a draft order is not picked", () => {
    expect(found({}, ["invoice.date", "shipped"])["invoice.date"]).toMatch(/only when it is made then/);
    expect(found({}, ["invoice.date", "shipped"], ["invoice.when", "when-shipped"])).toEqual({});
    expect(found({}, ["sale.status", "draft"], ["sale.fulfil", "pick"])["sale.fulfil"]).toMatch(/draft order is not picked/);
    expect(found({}, ["sale.channel.attribute", 2])["sale.channel.text"]).toMatch(/Give the text/);
  });
  it("a pickup location, a special rule, a customer and an account of a currency must be there", () => {
    const locations = [{ id: "loc-1", name: "Main Warehouse", deprecated: false }];
    expect(found({ locations }, ["location.pickups", [{ id: 1, name: "City", location: { id: "gone", name: "City" } }]])).toMatchObject({
      "location.pickups.0.location": expect.stringMatching(/no longer has the location "City"/),
    });
    const special = [{ classId: 0, side: "with", taxName: "", country: "NZ", rule: "VAT" }];
    expect(found({ taxRules: [{ name: "GST on Income" }, { name: "Tax Exempt" }] }, ["tax.special", special])).toMatchObject({
      "tax.special.0.rule": expect.stringMatching(/"VAT"/),
    });
    const usd = [{ currency: "USD", customer: { id: "C-2", name: "Web USD" } }];
    const customer = (currency: string) => ({ customers: new Map([["c-2", { id: "c-2", name: "Web USD", currency, active: true }]]) });
    expect(found(customer("USD"), ["customers.perCurrency", usd])).toEqual({});
    expect(found(customer("AUD"), ["customers.perCurrency", usd])["customers.perCurrency.0.customer"]).toMatch(/buys in AUD/);
    const paid = (account: string) =>
      [
        "payments.methods",
        [{ key: "s", name: "S", account: "713", countsAsPaid: "captured", currencies: [{ currency: "USD", account }] }],
      ] as Parameters<typeof set>;
    expect(found({ accounts, currency: "AUD" }, paid("715"))).toEqual({});
    expect(found({ accounts, currency: "AUD" }, paid("713"))["payments.methods.0.currencies.0.account"]).toMatch(/currency of the books/);
  });
  it("a sales representative who left is told; names are compared without case (F30)", () => {
    const rows = [{ by: "channel", id: 1, name: "Shop", representative: "Robin" }];
    const live = { representatives: ["ROBIN "] };
    expect(found(live, ["sale.representative", "robin"], ["sale.representatives", rows])).toEqual({});
    expect(found({ representatives: ["Ann"] }, ["sale.representative", "Robin"], ["sale.representatives", rows])).toEqual({
      "sale.representative": 'Cin7 Core no longer has the sales representative "Robin". Choose another one.',
      "sale.representatives.0.representative": 'Cin7 Core no longer has the sales representative "Robin". Choose another one.',
    });
    expect([...listsNeeded(ready(), ready(set("sale.representative", "Robin")))]).toEqual(["representatives"]);
    expect([...listsNeeded(ready(set("sale.representative", "Robin")), ready())]).toEqual([]);
  });
  it("reads only the lists that a change touches", () => {
    const need = (path: string, value: unknown) => [...listsNeeded(ready(), ready(set(path, value)))].sort();
    expect(need("sale.fulfil", "pick")).toEqual([]);
    expect(need("currency.rates", [{ currency: "USD", rate: "1" }])).toEqual([]);
    expect(need("customers.perCurrency", [{ currency: "USD", customer: { id: "a", name: "A" } }])).toEqual(["customers"]);
    expect(need("location.pickups", [{ id: 1, name: "x", location: { id: "a", name: "A" } }])).toEqual(["locations"]);
  });
});

describe("what changed, in the words of Setup", () => {
  it.each([
    ["sale.status", "draft", "Order in Cin7: authorised → draft"],
    ["sale.fulfil", "pick-pack", "Pick, pack and ship: by hand → picked and packed"],
    ["sale.representative", "Robin", "Sales representative: none → Robin"],
    ["sale.referencePrefix", "WEB-", "Before the order number: none → WEB-"],
    ["sale.channel", { attribute: 3, text: "Shop" }, "Additional attribute for the store: none → Shop in number 3"],
    ["invoice.when", "when-shipped", "When to invoice: with the order → when it is shipped"],
    ["invoice.date", "placed", "Day of the invoice: when the order was taken → when it was placed"],
    ["invoice.lockedBooks", "first-open-day", "While books are locked: ask → the first open day"],
    ["customers.companyInAddress", true, "Company begins the address: off → on"],
    ["customers.perCurrency", [{ currency: "USD", customer: { id: "a", name: "Web USD" } }], "Default customer for USD: none → Web USD"],
    ["location.pickups", [{ id: 1, name: "City", location: { id: "a", name: "City WH" } }], "Pickup at City: none → City WH"],
    ["currency.rates", [{ currency: "USD", rate: "1.5" }], "Rate for USD: none → 1.5"],
    [
      "sale.representatives",
      [{ by: "group", id: 2, name: "Wholesale", representative: "Wendy" }],
      "Sales representative for customer group Wholesale: none → Wendy",
    ],
    [
      "tax.special",
      [{ classId: null, side: "without", taxName: "", country: "", customers: "exempt", rule: "Exempt" }],
      "Tax: special rule for every class when no tax was charged, tax-exempt customers: none → Exempt",
    ],
    ["seen.staffNote", true, "Sale number in the staff notes in BigCommerce: off → on"],
    ["payments.unpaidDays", 0, "Payments: unpaid orders hold their stock: 7 days → not at all"],
    ["charges.spreadDiscounts", true, "Discounts lower the line prices: off → on"],
    [
      "tax.special",
      [{ classId: 0, side: "with", taxName: "", country: "NZ", rule: "Export" }],
      "Tax: special rule for class 0 when tax was charged, country NZ: none → Export",
    ],
  ] as const)("%s", (path, value, sentence) => {
    expect(changes(ready(), ready(set(path, value)), "UTC")).toEqual([sentence]);
  });
});
