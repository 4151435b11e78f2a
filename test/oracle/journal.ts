import { type Exact, minus, NOTHING, of, plus, times } from "./exact.ts";

/** What Cin7 Core posts from an invoice (accounting.md): receivable the total, each account its net, tax payable the tax. Debits. */
export type Document = { Lines: CinRow[]; AdditionalCharges: CinRow[] };
export type CinRow = {
  Name?: string;
  SKU?: string;
  Description?: string;
  Quantity: number;
  Price: number;
  Discount: number;
  Tax: number;
  Total: number;
  TaxRule: string;
  Account?: string;
  Comment?: string;
};

export const RECEIVABLE = "610";
export const TAX_PAYABLE = "820";

export function journalOf(document: Document, inclusive: boolean): Map<string, Exact> {
  const debits = new Map<string, Exact>();
  const post = (account: string, amount: Exact) => debits.set(account, plus(debits.get(account) ?? NOTHING, amount));
  for (const row of [...document.Lines, ...document.AdditionalCharges]) {
    const tax = of(row.Tax);
    const net = inclusive ? minus(of(row.Total), tax) : of(row.Total);
    post(RECEIVABLE, plus(net, tax));
    post(row.Account ?? "", times(net, of(-1)));
    post(TAX_PAYABLE, times(tax, of(-1)));
  }
  return debits;
}
