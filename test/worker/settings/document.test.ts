import { describe, expect, it } from "vitest";
import { parseDocument, readDocument } from "../../../worker/settings/document.ts";
import { withStart } from "../../../worker/settings/go-live.ts";
import { defaults } from "../../../worker/settings/parts/compose.ts";
import { ready, set } from "../../harness/api.ts";

describe("settings document: what a person sends", () => {
  it("the defaults are well formed: orders off, invoice draft (F28), rounding up to 0.05 (M4)", () => {
    expect(parseDocument(defaults())).toEqual({ ok: true, value: defaults() });
    expect(defaults().orders.on).toBe(false);
    expect(defaults().invoice.status).toBe("draft");
    expect(defaults().rounding.cap).toBe("0.05");
  });

  it.each([
    ["rounding.cap", set("rounding.cap", "1.01"), /from 0 to 1.00/],
    ["rounding.cap", set("rounding.cap", "-0.01"), /from 0 to 1.00/],
    ["rounding.cap", set("rounding.cap", "0.05 AUD"), /such as 0.05/],
    ["orders.captureWhen", set("orders.captureWhen", "shipped"), /created, authorised, paid or completed/],
    ["orders.takeFrom", set("orders.takeFrom", "tomorrow"), /YYYY-MM-DD/],
    ["orders.on", set("orders.on", "yes"), /on or off/],
    ["location.salesShipFrom", set("location.salesShipFrom", "Main"), /Choose a location/],
    [
      "payments.methods.0.countsAsPaid",
      set("payments.methods", [{ key: "a", name: "A", account: null, countsAsPaid: "later" }]),
      /counts as paid/,
    ],
    [
      "charges.items.shipping.account",
      set("charges.items.shipping", { productId: "p", name: "Shipping", account: " " }),
      /Choose an account/,
    ],
    [
      "charges.items.tips",
      (s: ReturnType<typeof ready>) => Object.assign(s.charges.items, { tips: { productId: "p", name: "Tips", account: "1" } }),
      /not a charge/,
    ],
  ])("bad input gets a sentence beside the field: %s", (path, spoil, sentence) => {
    const settings = ready((s) => void spoil(s));
    const parsed = parseDocument(settings);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) {
      expect(Object.keys(parsed.error)).toEqual([path]);
      expect(parsed.error[path]).toMatch(sentence);
    }
  });

  it("a class or method listed twice is told at the second one", () => {
    const settings = ready((s) => {
      s.tax.classes.push({ classId: 0, className: "Again", withTax: null, withoutTax: null });
      s.payments.methods = ["Stripe", "STRIPE"].map((key) => ({ key, name: "Stripe", account: null, countsAsPaid: "captured" as const }));
    });
    const parsed = parseDocument(settings);
    expect(parsed.ok ? {} : parsed.error).toEqual({
      "tax.classes.1.classId": "This tax class is listed twice. Keep one of the two.",
      "payments.methods.1.name": "This payment method is listed twice. Keep one of the two.",
    });
  });

  it("a missing part is told and never filled in silently", () => {
    const { tax: _, ...rest } = defaults();
    const parsed = parseDocument(rest);
    expect(parsed.ok ? {} : parsed.error).toEqual({ tax: "This part did not arrive. Reload the page and try again." });
    expect(parseDocument(null).ok).toBe(false);
  });
});

describe("settings document: what was stored by an older release", () => {
  it("missing parts and fields get their defaults, the rest stays", () => {
    const { rounding: _, ...old } = ready(set("orders.on", true));
    delete (old.charges as { loadCouponCodes?: boolean }).loadCouponCodes;
    const read = readDocument(old);
    expect(read).toEqual(ready(set("orders.on", true)));
  });

  it("a charge of a newer release is left out, the rest stays", () => {
    const newer = ready(set("orders.on", true));
    Object.assign(newer.charges.items, { tips: { productId: "p", name: "Tips", account: "1" } });
    expect(readDocument(newer)).toEqual(ready(set("orders.on", true)));
  });

  it("a part that cannot be read falls back to its default and switches orders off", () => {
    const read = readDocument({ ...ready(set("orders.on", true)), tax: { classes: "many" } });
    expect(read.tax).toEqual({ classes: [], special: [], pricesIncludeTax: null });
    expect(read.orders.on).toBe(false);
    expect(read.location.salesShipFrom?.name).toBe("Main Warehouse");
    expect(readDocument("nonsense")).toEqual(defaults());
  });
});

describe("M21: the start line", () => {
  const on = ready(set("orders.on", true));
  const now = "2026-11-21T09:00:00.000Z";
  it("switching on without a day takes this very moment", () => {
    expect(withStart(ready(), on, "Australia/Melbourne", now).orders.takeFrom).toBe(now);
  });
  it("a day is its first instant in the store's zone", () => {
    const from = { ...on, orders: { ...on.orders, takeFrom: "2026-11-01" } };
    expect(withStart(ready(), from, "Australia/Melbourne", now).orders.takeFrom).toBe("2026-10-31T13:00:00.000Z");
  });
  it("off and on again keeps the start, so that nothing placed meanwhile is lost", () => {
    const off = { ...on, orders: { ...on.orders, on: false, takeFrom: "2026-11-01T00:00:00.000Z" } };
    const again = { ...off, orders: { ...off.orders, on: true } };
    expect(withStart(off, again, "UTC", now).orders.takeFrom).toBe("2026-11-01T00:00:00.000Z");
  });
  it("saving while off sets no start", () => {
    expect(withStart(ready(), ready(), "UTC", now).orders.takeFrom).toBeNull();
  });
});
