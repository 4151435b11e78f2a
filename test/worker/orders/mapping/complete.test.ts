import Big from "big.js";
import { describe, expect, it } from "vitest";
import { lockedTo, memoOf, openDayAfter, postedOn, speaksOfLock } from "../../../../worker/accounts/lock-date.ts";
import type { Settings } from "../../../../worker/contract/index.ts";
import { toPayments } from "../../../../worker/orders/mapping/amounts/plan-payments.ts";
import { refusalIn } from "../../../../worker/orders/mapping/could-be-refused.ts";
import { coverOf, type Paid } from "../../../../worker/orders/money/already-paid.ts";
import { invoiceBody, orderBody, paymentBody, saleBody } from "../../../../worker/orders/sending/bodies.ts";
import { fulfilled, missingOf } from "../../../../worker/orders/sending/fulfilment-check.ts";
import { aTransaction } from "../../../harness/a-transaction.ts";
import { anAddress, aSettings, aSnapshot, ID } from "../../../harness/builders.ts";
import { drafted, MUG, problems } from "../../../harness/sale.ts";
import { J1, J3 } from "./journals.ts";

const rulesOf = (settings: Partial<Settings["tax"]>, spec: Parameters<typeof drafted>[0]) =>
  drafted(spec, { settings: aSettings({ tax: { ...aSettings().tax, ...settings } }) }).lines.map((l) => [l.sku, l.taxRule, l.why]);

describe("which tax rule (M5): special rules before the class's own", () => {
  const special = (country: string, taxName = "") => [{ classId: 0, side: "with" as const, taxName, country, rule: "VAT" }];
  it("by country, and by every country but one", () => {
    expect(rulesOf({ special: special("AU") }, { lines: [MUG] })[0]?.slice(0, 2)).toEqual(["MUG", "VAT"]);
    expect(rulesOf({ special: special("NZ") }, { lines: [MUG] })[0]?.slice(0, 2)).toEqual(["MUG", "GST"]);
    const abroad = { lines: [MUG], shipping: { ex: "1.00", inc: "1.10" }, addresses: [{ country_iso2: "NZ" }] };
    expect(rulesOf({ special: special("!AU") }, abroad)[0]).toEqual([
      "MUG",
      "VAT",
      'VAT, because the country is NZ in tax class "Default Tax Class"',
    ]);
  });
  it("for exempt customers only, in every class, and only where no tax was charged", () => {
    const special = [{ classId: null, side: "without" as const, taxName: "", country: "", customers: "exempt" as const, rule: "Exempt" }];
    const free = { sku: "B", ex: "5.00", inc: "5.00" };
    const rules = (taxExempt: boolean) =>
      rulesOf({ special }, { lines: [MUG, free, { ...free, sku: "C", classId: 1 }], customer: { groupId: 0, taxExempt } });
    expect(rules(true).map((row) => row[1])).toEqual(["GST", "Exempt", "Exempt"]);
    expect(rules(false).map((row) => row[1])).toEqual(["GST", "Tax free", "Tax free"]);
    expect(rules(true)[1]?.[2]).toBe('Exempt, because the customer is tax-exempt in tax class "Default Tax Class"');
  });
  it("by the tax's name without case; another name, side or class keeps the class's rule", () => {
    const taxed = { lines: [{ ...MUG, rate: "10.0000" }] };
    expect(rulesOf({ special: special("", "gst") }, taxed)[0]?.[1]).toBe("VAT");
    expect(rulesOf({ special: special("", "PST") }, taxed)[0]?.[1]).toBe("GST");
    expect(rulesOf({ special: special("AU") }, { lines: [{ sku: "B", ex: "5.00", inc: "5.00" }] })[0]?.[1]).toBe("Tax free");
    expect(rulesOf({ special: special("AU") }, { lines: [{ ...MUG, classId: 1 }] })[0]?.[1]).toBe("GST");
  });
});

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
      notices: [{ kind: "payment-unmapped", method: "Credit Card in USD" }],
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

describe("what every sale carries (F30, F40, M25, M44)", () => {
  it("representative, the store's name in an additional attribute, a prefix before the order number", () => {
    const settings = aSettings({
      sale: { representative: "Robin Sale", channel: { attribute: 3, text: "Mug shop" }, referencePrefix: "WEB-" },
    });
    expect(saleBody(drafted(J1, { settings }), "c")).toMatchObject({
      SalesRepresentative: "Robin Sale",
      AdditionalAttributes: { AdditionalAttribute3: "Mug shop" },
      CustomerReference: "WEB-1042",
      ExternalID: "ls:ab12cd:1042:g1",
    });
    const plain = saleBody(drafted(J1), "c");
    for (const key of ["SalesRepresentative", "AdditionalAttributes", "Carrier"]) expect(plain).not.toHaveProperty(key);
  });
  it("the representative by the customer's group or the order's channel, the first that fits, else the store's own", () => {
    const settings = aSettings({
      sale: {
        representative: "Robin Sale",
        representatives: [
          { by: "group", id: 2, name: "Wholesale", representative: "Wendy Whole" },
          { by: "channel", id: 7, name: "Amazon", representative: "Amy Zon" },
        ],
      },
    });
    const who = (spec: Partial<Parameters<typeof drafted>[0]>) => {
      const draft = drafted({ ...J1, ...spec }, { settings });
      const why = draft.decisions.find((decision) => decision.label === "Sales representative")?.why;
      return [saleBody(draft, "c").SalesRepresentative, why];
    };
    expect(who({})).toEqual(["Robin Sale", "Set for all sales of this store."]);
    expect(who({ order: { channel_id: 7 } })).toEqual(["Amy Zon", "Set in Setup, because the channel is Amazon."]);
    const wholesale = { customer: { groupId: 2, taxExempt: false } };
    expect(who({ ...wholesale, order: { channel_id: 7 } })).toEqual([
      "Wendy Whole",
      "Set in Setup, because the customer is in the group Wholesale.",
    ]);
    expect(who({ customer: { groupId: 3, taxExempt: false } })[0]).toBe("Robin Sale");
  });
  it("a pickup order ships from its pickup location with the carrier Pickup, others from the usual one", () => {
    const settings = aSettings({ location: { pickups: [{ id: 1, name: "City shop", location: { id: ID(8), name: "City" } }] } });
    const picked = saleBody(drafted({ lines: [MUG], pickup: "City shop" }, { settings }), "c");
    expect(picked).toMatchObject({ Location: "City", Carrier: "Pickup" });
    expect(picked).not.toHaveProperty("ShippingAddress");
    expect(saleBody(drafted({ lines: [MUG], pickup: "City shop" }), "c")).toMatchObject({ Location: "Main Warehouse", Carrier: "Pickup" });
    expect(saleBody(drafted(J1, { settings }), "c")).toMatchObject({ Location: "Main Warehouse" });
  });
  it("the company begins the address where Setup says so; nothing is lost", () => {
    const order = { billing_address: anAddress({ company: "Keller Pty", street_2: "Unit 4" }) };
    const address = (companyInAddress: boolean) => {
      const billing = drafted({ ...J1, order }, { settings: aSettings({ customers: { companyInAddress } }) }).billing;
      return [billing?.line1, billing?.line2];
    };
    expect(address(true)).toEqual(["Keller Pty", "7 Quarry Rd, Unit 4"]);
    expect(address(false)).toEqual(["7 Quarry Rd", "Unit 4"]);
  });
});

describe("how far Cin7 goes (M11, F21, M24)", () => {
  const modeOf = (sale: Partial<Settings["sale"]>, over = {}) => {
    const { Status, AutoPickPackShipMode } = orderBody(drafted(J1, { settings: aSettings({ sale }), ...over }), "s");
    return [Status, AutoPickPackShipMode];
  };
  it("the order is authorised or a draft, and picked, packed and shipped on the same call", () => {
    expect(modeOf({})).toEqual(["AUTHORISED", "NOPICK"]);
    expect(modeOf({ status: "draft", fulfil: "none" })).toEqual(["DRAFT", "NOPICK"]);
    expect(modeOf({ fulfil: "pick" })).toEqual(["AUTHORISED", "AUTOPICK"]);
    expect(modeOf({ fulfil: "pick-pack" })).toEqual(["AUTHORISED", "AUTOPICKPACK"]);
    expect(modeOf({ fulfil: "pick-pack-ship" })).toEqual(["AUTHORISED", "AUTOPICKPACKSHIP"]);
    expect(modeOf({ status: "draft", fulfil: "pick" })).toEqual(["DRAFT", "NOPICK"]);
  });
  it("an order to several addresses is never picked by itself", () => {
    const two = { ...J1, shipping: [J1.shipping, J1.shipping].flat() as never[], addresses: [{}, { city: "Perth" }] };
    expect(problems(two)).toEqual([{ kind: "several-addresses", orderId: 1042, count: 2 }]);
    const draft = drafted(two, { settings: aSettings({ sale: { fulfil: "pick-pack-ship" } }), asOneSale: true });
    expect(draft.order).toEqual({ status: "authorised", fulfil: "none" });
    expect(draft.note).toMatch(/^SHIPS TO 2 ADDRESSES, see lines/);
  });
  it("what was wanted and what was reached", () => {
    const sale = (pick: string, pack: string, ship: string) => ({
      CombinedPickingStatus: pick,
      CombinedPackingStatus: pack,
      CombinedShippingStatus: ship,
    });
    expect(fulfilled(sale("PICKED", "PARTIALLY PACKED", "NOT SHIPPED"))).toEqual(["picked"]);
    expect(missingOf("pick", ["picked"])).toBeNull();
    expect(missingOf("pick-pack-ship", ["picked"])).toEqual({ wanted: "shipped", reached: "picked" });
    expect(missingOf("pick-pack", [])).toEqual({ wanted: "packed", reached: "not picked" });
    expect(missingOf("none", [])).toBeNull();
  });
});

describe("discounts in the line prices by choice (F114)", () => {
  it("lowers the lines as where negative charges are refused, and says that Setup wants it", () => {
    const draft = drafted(J3, { settings: aSettings({ charges: { spreadDiscounts: true } }) });
    expect(draft.charges).toEqual([]);
    expect(draft.lines.map((l) => [l.price, l.tax])).toEqual([
      ["90", "9"],
      ["45", "0"],
    ]);
    expect(draft.decisions).toContainEqual(expect.objectContaining({ label: "Discount", why: expect.stringMatching(/^Setup says/) }));
  });
});

describe("gift wrapping of lines under several tax rules (M3, M17)", () => {
  it("is a charge for each, so that the tax report ties per rule", () => {
    const wrapped = (ex: string, inc: string) => ({ raw: { wrapping_name: "Bow", wrapping_cost_ex_tax: ex, wrapping_cost_inc_tax: inc } });
    const spec = {
      lines: [
        { sku: "A", ex: "10.00", inc: "11.00", rate: "10", ...wrapped("2.00", "2.20") },
        { sku: "B", ex: "10.00", inc: "10.00", classId: 1, rate: "0", charged: "0", ...wrapped("3.00", "3.00") },
      ],
      wrapping: { ex: "5.00", inc: "5.20" },
    };
    const snapshot = aSnapshot(spec);
    const row = (line: number, classId: number, rate: string, amount: string) =>
      ({
        ...snapshot.taxes[0],
        order_product_id: line,
        tax_class_id: classId,
        rate,
        line_amount: amount,
        line_item_type: "gift-wrapping",
      }) as never;
    snapshot.taxes.push(row(11, 0, "10", "0.20"), row(12, 1, "0", "0"));
    const draft = drafted(spec, { snapshot });
    expect(draft.charges.map((c) => [c.price, c.tax, c.taxRule, c.comment])).toEqual([
      ["2", "0.2", "GST", "Bow for A"],
      ["3", "0", "Tax free", "Bow for B"],
    ]);
  });
});

describe("days (M12)", () => {
  it("the invoice carries the day placed or the day taken, the order always the day placed", () => {
    const days = (date: Settings["invoice"]["date"]) => {
      const { orderDate, invoice } = drafted(J1, { settings: aSettings({ invoice: { date } }), metAt: "2026-07-05T02:00:00Z" });
      return [orderDate, invoice.date, invoice.dueDate];
    };
    expect(days("met")).toEqual(["2026-07-01", "2026-07-05", "2026-07-05"]);
    expect(days("placed")).toEqual(["2026-07-01", "2026-07-01", "2026-07-01"]);
  });
});

describe("locked books (M13, J20)", () => {
  it("reads Cin7's lock date in both of its forms", () => {
    expect(["2025-10-31T00:00:00", "31/10/2025", "", null, "never"].map(lockedTo)).toEqual(["2025-10-31", "2025-10-31", null, null, null]);
  });
  it("the lock date itself is locked, the day after is open; December ends the year", () => {
    expect(postedOn("2025-10-31", "2025-10-31", "ask")).toEqual({ is: "locked", lockedTo: "2025-10-31", openDay: "2025-11-01" });
    expect(postedOn("2025-11-01", "2025-10-31", "ask")).toEqual({ is: "open", day: "2025-11-01", moved: null });
    expect(postedOn("2025-10-31", null, "ask")).toEqual({ is: "open", day: "2025-10-31", moved: null });
    expect(openDayAfter("2025-12-31")).toBe("2026-01-01");
  });
  it("the first open day, with the true date in the memo", () => {
    const posting = postedOn("2025-10-31", "2025-10-31", "first-open-day");
    expect(posting).toEqual({ is: "open", day: "2025-11-01", moved: "2025-10-31" });
    expect(memoOf("2025-10-31")).toBe("BigCommerce 31 Oct 2025, period locked");
    expect(invoiceBody(drafted(J1), "s", "t", { date: "2025-11-01", dueDate: "2025-11-01", memo: memoOf("2025-10-31") })).toMatchObject({
      InvoiceDate: "2025-11-01T00:00:00",
      Memo: "BigCommerce 31 Oct 2025, period locked",
    });
  });
  it("knows a refusal for that reason from others", () => {
    expect(speaksOfLock("Date 2025-10-31 is not valid. Transactions dated on or before lock date 2025-10-31 are not allowed.")).toBe(true);
    expect(speaksOfLock("Stock of the product is blocked")).toBe(false);
  });
});

describe("what an account refuses (M2, M18, decision 1.13)", () => {
  it("is read from its sentence, only where the sale holds it", () => {
    const coupon = drafted(J3);
    const free = drafted({ lines: [MUG, { sku: "GIFT", ex: "0", inc: "0" }] });
    expect(refusalIn("Price of additional charge 'Coupon' can not be negative", coupon)).toBe("negative-charges");
    expect(refusalIn("Price of additional charge 'Coupon' can not be negative", free)).toBeNull();
    expect(refusalIn("Price of 'GIFT' must be greater than 0", free)).toBe("zero-price");
    expect(refusalIn("Location was not found", coupon)).toBeNull();
  });
});

describe("a payment that is already there (M14)", () => {
  const typed = (Amount: number, Reference = "typed in"): Paid => ({ Amount, Reference, Type: "Payment" });
  const cover = (amount: string, there: Paid[], total = "37.40") => coverOf(new Big(amount), new Big(total), there, 1042, new Set());
  it.each([
    ["nothing is there", "37.40", [], "due"],
    ["all of it was typed in", "37.40", [typed(37.4)], "covered"],
    ["this tender was typed in, another is still due", "12.40", [typed(12.4)], "covered"],
    ["another tender was typed in", "25.00", [typed(12.4)], "due"],
    ["this tender and the rest were typed in", "12.40", [typed(12.4), typed(25)], "covered"],
    ["a part was typed in that is no tender of ours", "37.40", [typed(10)], "over"],
    ["our own earlier tender is no foreign one", "12.40", [typed(25, "ch_1 | ls:1042:77")], "due"],
  ])("%s", (_, amount, there, wanted) => {
    expect(cover(amount, there)).toBe(wanted);
  });
});
