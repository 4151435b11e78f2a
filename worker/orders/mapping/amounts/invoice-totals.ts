import type { SaleInvoice } from "../../../cin7/schemas/sale.ts";
import { type Decimal, decimal, plain, sum } from "../../../lib/money.ts";

type Figures = { total: string | null; tax: string | null };
type Amount = string | number | null | undefined;

/**
 * Total and tax of an invoice of Cin7, as decimal text: what the document says, else what its lines and charges add up to
 * (cin7-core.md 2.5: a line's total is with tax in an inclusive sale only). Null: it shows no figure at all.
 */
export function figuresOf(invoice: SaleInvoice, taxInclusive: boolean): Figures {
  const rows = [...invoice.Lines, ...invoice.AdditionalCharges];
  const [totals, taxes] = [all(rows.map((row) => row.Total)), all(rows.map((row) => row.Tax ?? 0))];
  const tax = text(invoice.Tax) ?? (taxes && plain(taxes));
  const total = text(invoice.Total) ?? (totals && taxes && plain(taxInclusive ? totals : totals.plus(taxes)));
  return { total, tax };
}

const text = (amount: Amount): string | null => (amount == null ? null : String(amount));

function all(amounts: readonly Amount[]): Decimal | null {
  const read = amounts.map((amount) => decimal(amount));
  return read.length > 0 && read.every((each) => each !== null) ? sum(read) : null;
}
