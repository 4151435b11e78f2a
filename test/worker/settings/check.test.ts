import { describe, expect, it } from "vitest";
import { account } from "../../../worker/cin7/schemas/lists.ts";
import type { Settings } from "../../../worker/contract/index.ts";
import { check, listsNeeded } from "../../../worker/settings/check.ts";
import { changes, defaults } from "../../../worker/settings/parts/compose.ts";
import type { Live } from "../../../worker/settings/parts/live.ts";
import { withLiveNames } from "../../../worker/settings/renamed.ts";
import { missingSteps } from "../../../worker/settings/steps.ts";
import { CHART, ready, set } from "../../harness/api.ts";

const chart = CHART.map((row) => account.parse(row));
const live = (more: Partial<Live> = {}): Live => ({
  taxRules: [{ name: "GST on Income" }, { name: "Tax Exempt" }],
  accounts: chart,
  locations: [{ id: "loc-1", name: "Main Warehouse", deprecated: false }],
  currency: "AUD",
  customer: { id: "cus-1", name: "Web customer", currency: "AUD", active: true },
  products: new Map(["p-1", "p-2", "p-3"].map((id) => [id, { name: id, service: true, active: true }])),
  ...more,
});
const method = (account: string | null) => ({ key: "stripe", name: "Stripe", account, countsAsPaid: "captured" as const });

describe("the document against the live lists", () => {
  it("a ready document passes", () => {
    expect(check(defaults(), ready(set("orders.on", true)), live())).toEqual({});
  });

  it("the location cannot be taken away while orders are on: every order would be held", () => {
    const [on, bare] = [
      ready(set("orders.on", true)),
      ready((s) => [set("orders.on", true), set("location.salesShipFrom", null)].map((f) => f(s))),
    ];
    expect(check(on, bare, live())).toEqual({
      "location.salesShipFrom": "Orders are on, and each sale ships from a location. Choose another one, or switch orders off first.",
    });
    const off = ready(set("location.salesShipFrom", null));
    expect(check(on, off, live()), "with orders off it can").toEqual({});
    expect(check(bare, bare, live()), "what is so already keeps nothing else from being saved").toEqual({});
  });

  it.each<[string, (s: Settings) => void, Partial<Live>, RegExp]>([
    ["location.salesShipFrom", () => {}, { locations: [] }, /no longer has the location "Main Warehouse"/],
    ["location.salesShipFrom", () => {}, { locations: [{ id: "LOC-1", name: "Main Warehouse", deprecated: true }] }, /deprecated/],
    ["customers.defaultCustomer", () => {}, { customer: null }, /no longer has the customer/],
    [
      "customers.defaultCustomer",
      () => {},
      { customer: { id: "cus-1", name: "Web customer", currency: "USD", active: true } },
      /buys in USD; the orders are in AUD/,
    ],
    ["tax.classes.0.withTax", () => {}, { taxRules: [{ name: "Tax Exempt" }] }, /no active tax rule for sales named "GST on Income"/],
    ["tax.classes.0.withoutTax", () => {}, { taxRules: [{ name: "GST on Income" }] }, /named "Tax Exempt"/],
    ["payments.methods.0.account", set("payments.methods", [method("999x")]), {}, /has no account 999x/],
    ["payments.methods.0.account", set("payments.methods", [method("999")]), {}, /not active/],
    ["payments.methods.0.account", set("payments.methods", [method("200")]), {}, /cannot receive payments/],
    ["payments.methods.0.account", set("payments.methods", [method("715")]), {}, /is in USD; the orders are in AUD/],
    ["invoice.revenueAccount", set("invoice.revenueAccount", "610"), {}, /not a revenue account/],
    [
      "charges.items.shipping.account",
      set("charges.items.shipping", { productId: "p-1", name: "Shipping", account: "610" }),
      {},
      /neither revenue nor expense/,
    ],
    [
      "charges.items.gift-certificate.account",
      set("charges.items.gift-certificate", { productId: "p-1", name: "Gift certificate", account: "200" }),
      {},
      /not a liability/,
    ],
    ["charges.items.shipping.productId", () => {}, { products: new Map([["p-1", null]]) }, /Find or create it again/],
    [
      "charges.items.shipping.productId",
      () => {},
      { products: new Map([["p-1", { name: "Shipping", service: false, active: true }]]) },
      /stock item/,
    ],
  ])("%s: says what is wrong", (path, spoil, lists, sentence) => {
    const fields = check(defaults(), ready(spoil), live(lists));
    expect(Object.keys(fields)).toEqual([path]);
    expect(fields[path]).toMatch(sentence);
  });

  it("F17, M34: orders cannot be switched on before the required steps, and each missing one is named", () => {
    const on = { ...defaults(), orders: { ...defaults().orders, on: true } };
    expect(check(defaults(), on, live())["orders.on"]).toBe(
      "Orders can be switched on when these steps are done: Sales ship from, Default customer, Tax (at least one class), Charge items for shipping, discounts and rounding.",
    );
    expect(missingSteps(ready())).toEqual([]);
  });

  it("F47: payments are not required", () => {
    expect(check(ready(), ready(set("orders.on", true)), live())["orders.on"]).toBeUndefined();
  });

  it("while orders are on a mapping may be taken away: orders that need it are held (decision 1.6)", () => {
    const on = ready(set("orders.on", true));
    const less = ready((s) => {
      s.orders.on = true;
      s.tax.classes = [];
    });
    expect(check(on, less, live())).toEqual({});
  });
});

describe("which lists a save reads", () => {
  it("switching orders off reads none: it works while Cin7 Core does not answer", () => {
    expect([...listsNeeded(ready(set("orders.on", true)), ready())]).toEqual([]);
  });
  it("a change of one part reads that part's lists", () => {
    expect([...listsNeeded(ready(), ready(set("tax.classes", [])))]).toEqual(["taxRules"]);
    expect([...listsNeeded(ready(), ready(set("location.salesShipFrom", null)))]).toEqual(["locations"]);
    expect([...listsNeeded(ready(), ready(set("payments.methods", [method("713")])))]).toEqual(["accounts", "currency"]);
  });
  it("switching on judges every choice again", () => {
    expect([...listsNeeded(ready(), ready(set("orders.on", true)))].sort()).toEqual([
      "accounts",
      "currency",
      "customer",
      "locations",
      "taxRules",
    ]);
  });
  it("names are kept as Cin7 Core writes them today, because sales refer to them by name", () => {
    const next = withLiveNames(ready(), live({ locations: [{ id: "loc-1", name: "Melbourne DC", deprecated: false }] }));
    expect(next.location.salesShipFrom).toEqual({ id: "loc-1", name: "Melbourne DC" });
  });
});

describe("what changed", () => {
  it("is said in the words of Setup", () => {
    const next = ready((s) => {
      s.orders.on = true;
      s.tax.classes = [{ classId: 0, className: "Default Tax Class", withTax: "Tax Exempt", withoutTax: "Tax Exempt" }];
      s.payments.methods = [method("713")];
      s.charges.items.handling = { productId: "p-9", name: "Handling", account: "261" };
      s.rounding.cap = "0.10";
    });
    expect(changes(ready(), next, "UTC")).toEqual([
      "Orders: off → on",
      "Tax: Default Tax Class when tax was charged: GST on Income → Tax Exempt",
      "Payments: Stripe added, account 713, counts as paid when captured",
      "Charges: Handling: none → Handling",
      "Charges: Handling, account: none → 261",
      "Rounding: at most, per document: 0.05 → 0.10",
    ]);
    expect(changes(next, next, "UTC")).toEqual([]);
  });
  it("the start line is a day of the store's zone, with its time where no day begins", () => {
    const from = (takeFrom: string) => ready(set("orders.takeFrom", takeFrom));
    const zone = "Australia/Melbourne";
    expect(changes(from("2026-10-31T13:00:00.000Z"), from("2026-11-21T09:00:00.000Z"), zone)).toEqual([
      "Take orders from: 2026-11-01 → 2026-11-21 20:00",
    ]);
  });
  it("names a class or method that was taken away", () => {
    expect(changes(ready(), ready(set("tax.classes", [])), "UTC")).toEqual(["Tax: Default Tax Class removed"]);
  });
});
