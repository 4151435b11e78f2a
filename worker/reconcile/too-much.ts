import type { SaleRow } from "../cin7/schemas/sale.ts";
import { type Decimal, decimal, inCurrency, sum } from "../lib/money.ts";
import { markIn } from "../orders/marks.ts";

/**
 * More invoices or payments in Cin7 Core than the order has: a write whose answer never came and that arrived later than
 * the quiet period (design 3.2), or somebody who did the same by hand. Pure.
 */
export type Ours = {
  /** What went to Cin7, in the order's currency. */
  total: string;
  /** Amounts of the payments that we know to be there. */
  paid: readonly string[];
};

/** Rounding of other tools is none of ours. */
const SPARE = "0.005";
const more = (a: Decimal | null, b: Decimal | null): boolean => a !== null && b !== null && a.minus(b).gt(SPARE);
const amounts = (list: readonly (string | number)[]): Decimal => sum(list.map((each) => decimal(each)).filter((each) => each !== null));

/** Whether a row of the list of sales asks for a look: invoiced or paid for more than the order, or paid more than by us. */
export function asksForLook(row: SaleRow, ours: Ours): boolean {
  const total = decimal(ours.total);
  const known = amounts(ours.paid);
  const paid = decimal(row.CombinedPaymentTotal) ?? decimal(row.PaidAmount);
  const invoiced = decimal(row.SaleInvoicesTotalAmount) ?? decimal(row.InvoiceAmount);
  return more(invoiced, total) || more(paid, total) || (known.gt(0) && more(paid, known));
}

export type InvoiceThere = {
  TaskID: string;
  InvoiceNumber: string;
  Status: string;
  Total?: string | number | null | undefined;
  Payments: readonly { Reference: string; Amount: string | number }[];
};
/** What is to be deleted in Cin7 Core: `invoices` by number, `payments` as an accountant finds them. */
export type TooMuch = { invoices: string[]; payments: { reference: string; amount: string }[] };

/** Null: nothing is there twice. `invoiceTaskId`: the invoice that we know as ours. */
export function tooMuch(
  invoices: readonly InvoiceThere[],
  ours: Ours & { currency: string; invoiceTaskId: string | null },
): TooMuch | null {
  const living = invoices.filter(({ Status }) => Status !== "VOIDED" && Status !== "NOT AVAILABLE");
  const total = decimal(ours.total);
  const tooMany = living.length > 1 && more(amounts(living.map((each) => each.Total ?? 0)), total);
  const own = living.find((each) => each.TaskID.toLowerCase() === ours.invoiceTaskId?.toLowerCase()) ?? living[0];
  const payments = living.flatMap((each) => each.Payments);
  const marks = payments.map((payment) => markIn(payment.Reference));
  const again = payments.filter((_, at) => marks[at] !== null && marks.indexOf(marks[at] ?? null) < at);
  // No mark is there twice, and yet it is more than the order: what carries no mark of ours was typed in beside it.
  const over = more(amounts(payments.map((payment) => payment.Amount)), total);
  const extra = again.length > 0 || !over ? again : payments.filter((_, at) => marks[at] === null);
  const found: TooMuch = {
    invoices: tooMany ? living.filter((each) => each !== own).map((each) => each.InvoiceNumber || "without a number") : [],
    payments: extra.map(({ Reference, Amount }) => ({
      reference: Reference,
      amount: inCurrency(decimal(Amount) ?? amounts([]), ours.currency),
    })),
  };
  return found.invoices.length + found.payments.length > 0 ? found : null;
}
