import { describe, expect, it } from "vitest";
import { toPayments } from "../../../../worker/orders/mapping/amounts/plan-payments.ts";
import type { SaleDraft } from "../../../../worker/orders/mapping/sale-draft.ts";
import { invoiceBody, orderBody, paymentBody, totalOf } from "../../../../worker/orders/sending/bodies.ts";
import { aTransaction } from "../../../harness/a-transaction.ts";
import { aSettings, aSnapshot } from "../../../harness/builders.ts";
import { drafted } from "../../../harness/sale.ts";
import { J1, J3, JOURNALS } from "./journals.ts";
import { entriesOf, taxReport } from "./ledger.ts";

const ZERO_GUID = "00000000-0000-0000-0000-000000000000";
const invoiceOf = (draft: SaleDraft) => invoiceBody(draft, "s", ZERO_GUID);
/** Description or SKU, price, tax, rule. */
const rowsOf = (draft: SaleDraft) => [
  ...draft.lines.map((l) => [l.sku || l.name, l.quantity, l.price, l.tax, l.taxRule].join(" · ")),
  ...draft.charges.map((c) => [c.description, c.price, c.tax, c.taxRule, c.comment].filter(Boolean).join(" · ")),
];

describe("journals (J1 to J20), derived from the invoice body", () => {
  it.each(JOURNALS)("$name", ({ spec, over, rows, entries, total }) => {
    const draft = drafted(spec, over);
    expect(rowsOf(draft)).toEqual(rows);
    expect(entriesOf(invoiceOf(draft), draft.taxInclusive)).toEqual(entries);
    expect(draft.totals.incTax).toBe(total);
    expect(totalOf(draft).toFixed(2)).toBe(total);
    expect(totalOf(draft).eq(total)).toBe(true);
  });

  it("J3: the tax report ties per rule, not only in sum", () => {
    expect(taxReport(invoiceOf(drafted(J3)), false)).toEqual({
      GST: { base: "90.00", tax: "9.00" },
      "Tax free": { base: "45.00", tax: "0.00" },
    });
  });

  it("J3 refuted: one tax-free charge of -15.00 has the same total and a wrong tax report", () => {
    const wrong = {
      Lines: [
        { Quantity: 1, Price: 100, Discount: 0, Tax: 9, Total: 100, Account: "200", TaxRule: "GST" },
        { Quantity: 1, Price: 50, Discount: 0, Tax: 0, Total: 50, Account: "200", TaxRule: "Tax free" },
      ],
      AdditionalCharges: [{ Quantity: 1, Price: -15, Discount: 0, Tax: 0, Total: -15, Account: "205", TaxRule: "Tax free" }],
    };
    expect(entriesOf(wrong, false)["610"]).toBe("Dr 144.00");
    expect(taxReport(wrong, false)).toEqual({ GST: { base: "100.00", tax: "9.00" }, "Tax free": { base: "35.00", tax: "0.00" } });
    expect(taxReport(wrong, false)).not.toEqual(taxReport(invoiceOf(drafted(J3)), false));
  });

  it("J3 fallback: the order page says that discounts lowered the prices", () => {
    expect(drafted(J3, { negativeChargesRefused: true }).decisions).toContainEqual(
      expect.objectContaining({ label: "Discount", value: "In the line prices" }),
    );
  });

  it("J7 ends at 1.10 whether Cin7 keeps four decimals or rounds each line to two", () => {
    const body = orderBody(drafted({ lines: [{ sku: "A", quantity: 12, ex: "1.00", inc: "1.10" }] }), "s");
    const rounded = [...body.Lines, ...body.AdditionalCharges].reduce(
      (all, row) => all + Math.round(row.Total * 100) + Math.round(row.Tax * 100),
      0,
    );
    expect(rounded).toBe(110);
  });

  it("J10 split tender: three payments on three accounts with references that people can read", () => {
    const { order } = aSnapshot({ ...J1, order: { gift_certificate_amount: "20.0000", store_credit_amount: "5.0000" } });
    const rows = [
      aTransaction({ id: 77, amount: 12.4 }),
      aTransaction({ id: 78, amount: 5, method: "store_credit", gateway: "storecredit", gateway_transaction_id: null }),
      aTransaction({
        id: 79,
        amount: 20,
        method: "gift_certificate",
        gateway: "giftcertificate",
        gateway_transaction_id: null,
        gift_certificate: { code: "ABC-99-7F2A" },
      }),
    ];
    const { payments, notices } = toPayments(order, rows, aSettings(), { currency: "AUD", rate: "1", timeZone: "Australia/Melbourne" });
    expect(payments.map((p) => paymentBody(p, "t", "1"))).toEqual([
      {
        TaskID: "t",
        Type: "PAYMENT",
        Reference: "certificate …7F2A | ls:1042:79",
        Amount: 20,
        DatePaid: "2026-07-01T00:00:00",
        Account: "840",
        CurrencyRate: 1,
      },
      {
        TaskID: "t",
        Type: "PAYMENT",
        Reference: "store credit | ls:1042:78",
        Amount: 5,
        DatePaid: "2026-07-01T00:00:00",
        Account: "841",
        CurrencyRate: 1,
      },
      {
        TaskID: "t",
        Type: "PAYMENT",
        Reference: "ch_3Pq91 | ls:1042:77",
        Amount: 12.4,
        DatePaid: "2026-07-01T00:00:00",
        Account: "713",
        CurrencyRate: 1,
      },
    ]);
    expect(notices).toEqual([]);
  });

  it("J20: dates are the store's days; J1's documents carry them at midnight", () => {
    const draft = drafted({ ...J1, order: { date_created: "Fri, 31 Oct 2025 21:30:00 +0000" } }, { metAt: "2025-10-31T21:31:00Z" });
    expect([draft.orderDate, draft.invoice.date, draft.invoice.dueDate]).toEqual(["2025-11-01", "2025-11-01", "2025-11-01"]);
    expect(invoiceOf(draft).InvoiceDate).toBe("2025-11-01T00:00:00");
  });
});
