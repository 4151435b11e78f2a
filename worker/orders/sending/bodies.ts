import type { Customer } from "../../cin7/schemas/customer.ts";
import { midnight, number } from "../../cin7/values.ts";
import { type Decimal, decimal, inCurrency, round, sum, ZERO } from "../../lib/money.ts";
import type { PlannedPayment } from "../mapping/amounts/plan-payments.ts";
import type { DraftAddress, DraftCharge, DraftLine, DraftParty, SaleDraft } from "../mapping/sale-draft.ts";

/**
 * The exact request bodies of a frozen draft (cin7-core.md 2.3 to 2.7, 4, 7). Decimal text becomes JSON numbers of the same
 * value. A POST replaces what the document held, so lines and charges always go whole.
 */
const put = <K extends string>(name: K, value: string): Partial<Record<K, string>> =>
  value ? ({ [name]: value } as Record<K, string>) : {};

/** POST /sale. No documents inside: Cin7 drops them (2.3). Simple, without quote; our mark in ExternalID. */
export function saleBody(draft: SaleDraft, customerId: string) {
  return {
    CustomerID: customerId,
    ...put("Contact", draft.contact),
    ...put("Phone", draft.phone),
    ...put("Email", draft.email),
    SkipQuote: true,
    ...(draft.service ? { ServiceOnly: true } : { SaleType: "Simple" }),
    ...(draft.billing ? { BillingAddress: addressBody(draft.billing) } : {}),
    // ShipToOther: else Cin7 adds each new address to the customer, without end (2.3).
    ...(draft.shipping ? { ShippingAddress: shippingBody(draft.shipping) } : {}),
    ...put("ShippingNotes", draft.shippingNotes),
    ...put("TaxRule", draft.taxRule ?? ""),
    TaxInclusive: draft.taxInclusive,
    Location: draft.location,
    ...put("Carrier", draft.carrier ?? ""),
    ...put("SalesRepresentative", draft.representative ?? ""),
    ...(draft.attributes ? { AdditionalAttributes: draft.attributes } : {}),
    SaleOrderDate: midnight(draft.orderDate),
    ...put("Note", draft.note),
    CustomerReference: draft.reference,
    CurrencyRate: number(draft.rate),
    ExternalID: draft.mark,
  };
}

const addressBody = (a: DraftAddress) => ({
  Line1: a.line1,
  Line2: a.line2,
  City: a.city,
  State: a.state,
  Postcode: a.postcode,
  Country: a.country,
});

const shippingBody = (a: DraftAddress) => ({
  ...addressBody(a),
  ...put("Company", a.company),
  ...put("Contact", a.contact),
  ShipToOther: true,
});

const MODE = { none: "NOPICK", pick: "AUTOPICK", "pick-pack": "AUTOPICKPACK", "pick-pack-ship": "AUTOPICKPACKSHIP" } as const;

/** POST /sale/order: lines, charges, the authorisation and how far Cin7 goes by itself, in one call (2.4, M11, F21). */
export function orderBody(draft: Pick<SaleDraft, "order" | "lines" | "charges">, saleId: string) {
  const { status, fulfil } = draft.order ?? { status: "authorised", fulfil: "none" };
  return {
    SaleID: saleId,
    Memo: "",
    Status: status === "draft" ? "DRAFT" : "AUTHORISED",
    AutoPickPackShipMode: MODE[fulfil],
    CombineAdditionalCharges: false,
    Lines: draft.lines.map(lineBody),
    AdditionalCharges: draft.charges.map(chargeBody),
  };
}

/** Days of an invoice and a memo on its true date; without them those of the draft (M12, M13). */
export type InvoiceDays = { date: string; dueDate: string; memo: string };

/** POST /sale/invoice: everything again with accounts, which are not copied from the order (2.7). TaskID zero: a new invoice. */
export function invoiceBody(draft: SaleDraft, saleId: string, taskId: string, days: InvoiceDays = { ...draft.invoice, memo: "" }) {
  return {
    SaleID: saleId,
    TaskID: taskId,
    CombineAdditionalCharges: false,
    Memo: days.memo,
    Status: draft.invoice.status === "authorised" ? "AUTHORISED" : "DRAFT",
    InvoiceDate: midnight(days.date),
    InvoiceDueDate: midnight(days.dueDate),
    CurrencyConversionRate: number(draft.rate),
    Lines: draft.lines.map((line) => ({ ...lineBody(line), ...put("Account", line.account ?? "") })),
    AdditionalCharges: draft.charges.map((charge) => ({ ...chargeBody(charge), ...put("Account", charge.account) })),
  };
}

const lineBody = (line: DraftLine) => ({
  ProductID: line.productId,
  ...put("SKU", line.sku),
  Name: line.name,
  Quantity: number(line.quantity),
  Price: number(line.price),
  Discount: number(line.discount),
  Tax: number(line.tax),
  Total: number(line.total),
  TaxRule: line.taxRule,
  Comment: line.comment,
});

const chargeBody = (charge: DraftCharge) => ({
  Description: charge.description,
  Quantity: number(charge.quantity),
  Price: number(charge.price),
  Discount: number(charge.discount),
  Tax: number(charge.tax),
  Total: number(charge.total),
  TaxRule: charge.taxRule,
  Comment: charge.comment,
});

/** POST /sale/payment: the invoice's task, the account that receives it, the day it was paid, our mark last in the reference. */
export function paymentBody(payment: PlannedPayment, taskId: string, rate: string) {
  return {
    TaskID: taskId,
    Type: "PAYMENT",
    Reference: payment.reference,
    Amount: number(payment.amount),
    DatePaid: midnight(payment.paidOn),
    Account: payment.account ?? "",
    CurrencyRate: number(rate),
  };
}

/** What a new shopper takes over from the default customer: terms, accounts, tax rule (F78, cin7-core.md 4). */
export type CustomerTemplate = Pick<Customer, "PaymentTerm" | "AccountReceivable" | "RevenueAccount" | "TaxRule" | "PriceTier">;
type Shopper = Extract<DraftParty, { is: "shopper" }>;

/** POST /customer. Addresses without IDs, so never sent again by PUT (trap 22). */
export function customerBody(party: Shopper, currency: string, template: CustomerTemplate) {
  const contact = party.billing?.contact || party.shipping?.contact || party.name;
  const address = (a: DraftAddress | null, type: "Billing" | "Shipping") =>
    a ? [{ ...addressBody(a), Type: type, DefaultForType: true }] : [];
  return {
    Name: party.name,
    Status: "Active",
    Currency: currency,
    PaymentTerm: template.PaymentTerm,
    AccountReceivable: template.AccountReceivable,
    RevenueAccount: template.RevenueAccount,
    TaxRule: template.TaxRule,
    ...put("PriceTier", template.PriceTier),
    Addresses: [...address(party.billing, "Billing"), ...address(party.shipping, "Shipping")],
    Contacts: [{ Name: contact.slice(0, 256), ...put("Phone", party.phone), ...put("Email", party.email), Default: true }],
  };
}

/**
 * POST /product for a charge item (decision 1.13, cin7-core.md 3.1). `account` null for liabilities: a product's revenue account must be of
 * class REVENUE; their account then goes on each invoice line. Category and unit must exist.
 */
export function serviceProductBody(
  name: string,
  sku: string,
  account: string | null,
  taxRule: string | null,
  place = { category: "Other", unit: "Item" },
) {
  return {
    SKU: sku,
    Name: name,
    Category: place.category,
    Type: "Service",
    CostingMethod: "FIFO",
    UOM: place.unit,
    Status: "Active",
    PriceTier1: 0,
    ...put("RevenueAccount", account ?? ""),
    ...put("SaleTaxRule", taxRule ?? ""),
    Sellable: true,
  };
}

type Amount = string | number | null | undefined;
export type Difference = { ours: string; cin7: string };

/** Cin7 keeps amounts with 4 decimals (cin7-core.md 1.5); what is behind them is its own floating point. */
const CIN7_PLACES = 4;

/**
 * M1: total and tax of an order or invoice in Cin7's answer against ours, exactly. Null: the same, or the answer has no such
 * field; a figure that cannot be read is never the same.
 */
export function totalDifference(draft: SaleDraft, answer: { Tax: Amount; Total: Amount }): Difference | null {
  return differs(draft, draft.totals.incTax, answer.Total, "") ?? differs(draft, draft.totals.tax, answer.Tax, "tax ");
}

function differs(draft: SaleDraft, ourText: string, theirs: Amount, what: string): Difference | null {
  if (theirs == null) return null;
  const ours = decimal(ourText) ?? ZERO;
  const read = decimal(theirs);
  if (read === null) return { ours: `${what}${inCurrency(ours, draft.currency)}`, cin7: `${what}"${theirs}"` };
  const cin7 = round(read, CIN7_PLACES);
  return cin7.eq(ours) ? null : shown(draft, ours, cin7, what);
}

const shown = (draft: SaleDraft, ours: Decimal, cin7: Decimal, what: string): Difference => ({
  ours: `${what}${inCurrency(ours, draft.currency)}`,
  cin7: `${what}${cin7.eq(decimal(inCurrency(cin7, draft.currency)) ?? ZERO) ? inCurrency(cin7, draft.currency) : cin7.toFixed()}`,
});

/** What the draft adds up to, from its lines and charges alone: total with tax (M1). */
export function totalOf(draft: Pick<SaleDraft, "lines" | "charges" | "taxInclusive">): Decimal {
  const rows = [...draft.lines, ...draft.charges];
  const totals = sum(rows.map((row) => decimal(row.total) ?? ZERO));
  return draft.taxInclusive ? totals : totals.plus(sum(rows.map((row) => decimal(row.tax) ?? ZERO)));
}
