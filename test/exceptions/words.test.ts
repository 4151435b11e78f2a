import { describe, expect, it } from "vitest";
import { keyOf, type Problem } from "../../worker/exceptions/problem.ts";
import { areaOf, wordsOf } from "../../worker/exceptions/words.ts";

const SAMPLES: { [K in Problem["kind"]]: Extract<Problem, { kind: K }> } = {
  "setup-incomplete": { kind: "setup-incomplete", missing: ["Tax"] },
  "tax-unmapped": { kind: "tax-unmapped", classId: 2, className: "Reduced rate", side: "with" },
  "charge-missing": { kind: "charge-missing", charge: "wrapping" },
  "sku-unknown": { kind: "sku-unknown", sku: "MUG-BLU", name: "Blue mug", held: true },
  "total-differs": { kind: "total-differs", orderId: 1042, ours: "10.00", theirs: "10.12", currency: "AUD", what: "0.12" },
  "currency-unsupported": { kind: "currency-unsupported", currency: "USD", base: "AUD" },
  "currency-customer-missing": { kind: "currency-customer-missing", currency: "USD" },
  "books-locked": { kind: "books-locked", lockedTo: "2025-10-31", openDay: "2025-11-01" },
  "not-fulfilled": { kind: "not-fulfilled", orderId: 1042, saleNumber: "SO-7", wanted: "packed", reached: "picked", short: false },
  "setting-gone": { kind: "setting-gone", field: "tax.classes.0.withTax", text: 'Cin7 Core has no tax rule "GST".' },
  "tax-class-new": { kind: "tax-class-new", classId: 4, className: "Books" },
  "several-addresses": { kind: "several-addresses", orderId: 1042, count: 2 },
  "order-malformed": { kind: "order-malformed", orderId: 1042, fields: ["total_inc_tax"] },
  "status-hold": { kind: "status-hold", orderId: 1042, statusId: 13, status: "Disputed" },
  "test-payment": { kind: "test-payment", orderId: 1042 },
  "payment-unmapped": { kind: "payment-unmapped", method: "Afterpay" },
  "payment-differs": { kind: "payment-differs", orderId: 1042, paid: "5.00", total: "10.00", currency: "AUD" },
  "cin7-refused": { kind: "cin7-refused", orderId: 1042, step: "sale", text: "Location not found." },
  "cin7-total-differs": { kind: "cin7-total-differs", orderId: 1042, ours: "10.00", cin7: "9.00", currency: "AUD", document: "order" },
  "sale-voided": { kind: "sale-voided", orderId: 1042, saleNumber: "SO-00731" },
  "sale-exists": { kind: "sale-exists", orderId: 1042, saleNumber: "SO-00731" },
  "maybe-imported-elsewhere": { kind: "maybe-imported-elsewhere", orderId: 1042, saleNumber: "SO-00731" },
  "twin-sale": { kind: "twin-sale", orderId: 1042, saleNumbers: ["SO-1", "SO-2"] },
  "customer-gone": { kind: "customer-gone", customer: "Web" },
  "changed-after-sale": { kind: "changed-after-sale", orderId: 1042, saleNumber: "SO-00731", what: "cancelled" },
  "voided-after-sale": { kind: "voided-after-sale", orderId: 1042, saleNumber: "SO-00731" },
  "bigcommerce-down": { kind: "bigcommerce-down", since: "2026-11-21T09:05:00.000Z" },
  "cin7-down": { kind: "cin7-down", since: "2026-11-21T09:05:00.000Z" },
  "hooks-refused": { kind: "hooks-refused", scope: "store/order/created", text: "The limit of 10 webhooks per scope is reached." },
  "bigcommerce-denied": { kind: "bigcommerce-denied", scope: null },
  "cin7-denied": { kind: "cin7-denied" },
  "cin7-unlinked": { kind: "cin7-unlinked" },
  parked: { kind: "parked", work: "order.send:1042", orderId: 1042 },
};
const about = (n: number) => ({ orders: n ? [1042] : [], orderCount: n });
/** ui.md 10.2: never on screen. */
const FORBIDDEN =
  /\b(inbox|lane|gate|permit|settle|sweep|drain|intent|drift|replay|exception|retry|retries|sync|mutex|claim|payload|service product|undefined|null|NaN)\b/i;

describe("problem text: what happened, to which, what it means, what to do (ui.md 10.2)", () => {
  it.each(Object.values(SAMPLES).map((p) => [p.kind, p] as const))("%s: reads well for no, one and many orders", (_, problem) => {
    for (const n of [0, 1, 4, 58]) {
      const { title, text, remedies } = wordsOf(problem, about(n));
      expect(`${title} ${text}`).not.toMatch(FORBIDDEN);
      expect(title).toMatch(/^[A-Z].*\.$/);
      expect(text).toMatch(/^[A-Z\d].*\.$/);
      expect(`${title}${text}`).not.toMatch(/ {2}|\.\.|\s[.,:]/);
      for (const remedy of remedies) expect(remedy.label).not.toMatch(/^(ok|submit|sync|process all)$/i);
    }
  });

  it("one decision lets all go, and the text says how many", () => {
    expect(wordsOf(SAMPLES["tax-unmapped"], about(4))).toEqual({
      area: "finance",
      title: 'Order 1042 is held: no Cin7 tax rule for "Reduced rate".',
      text: "3 other orders wait for the same reason. Stock is held. Choose a tax rule: all four go at once.",
      remedies: [{ label: "Choose a tax rule", to: "/setup/tax" }],
    });
    expect(wordsOf({ ...SAMPLES["tax-unmapped"], side: "without" }, about(1)).title).toBe(
      'Order 1042 is held: no Cin7 tax rule for "Reduced rate" when no tax was charged.',
    );
    expect(wordsOf(SAMPLES["charge-missing"], about(2)).text).toBe(
      "1 other order waits for the same reason. Stock is held. Find or create the charge item: both go at once.",
    );
    expect(wordsOf(SAMPLES["charge-missing"], about(58)).text).toMatch(/^57 other orders wait .* all 58 go at once\.$/);
  });

  it("1.8: a line without stock is never silent, and says that the warehouse will not see it", () => {
    const words = wordsOf({ ...SAMPLES["sku-unknown"], held: false }, about(1));
    expect(words.title).toBe('Cin7 Core does not know SKU "MUG-BLU": order 1042 carries it as a line without stock.');
    expect(words.text).toMatch(/warehouse will not see "Blue mug" as stock/);
  });

  it("a cancelled order says first what must not happen", () => {
    expect(wordsOf(SAMPLES["changed-after-sale"], about(1)).title).toBe("Do not ship SO-00731: order 1042 was cancelled in BigCommerce.");
  });

  it("what Cin7 Core says is passed on in its own words, with the remedy to process the order", () => {
    const words = wordsOf(SAMPLES["cin7-refused"], about(1));
    expect(words.text).toMatch(/^It says: "Location not found\."/);
    expect(words.remedies[0]).toEqual({ label: "Process order 1042", action: "process", orderId: 1042 });
    expect(areaOf({ ...SAMPLES["cin7-refused"], step: "invoice" })).toBe("finance");
  });

  it("every kind has a key of its own", () => {
    const keys = Object.values(SAMPLES).map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
