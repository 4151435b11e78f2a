import Big from "big.js";

/**
 * What Cin7 posts from an invoice (J1 to J20; cin7-core.md 2.5, 2.7), told from the request body alone: receivable 610
 * takes the total, each account its net, tax payable 820 the tax. An entry reads "Dr 37.40" or "Cr 25.00".
 */
type Row = { Quantity: number; Price: number; Discount: number; Tax: number; Total: number; Account?: string; Description?: string };
export type InvoiceRequest = { Lines: Row[]; AdditionalCharges: Row[] };
export type Entries = Record<string, string>;

export function entriesOf(invoice: InvoiceRequest, inclusive: boolean): Entries {
  const balance = new Map<string, Big>();
  const post = (account: string, debit: Big) => balance.set(account, (balance.get(account) ?? new Big(0)).plus(debit));
  for (const row of [...invoice.Lines, ...invoice.AdditionalCharges]) {
    const total = new Big(row.Quantity).times(row.Price).times(new Big(100).minus(row.Discount)).div(100);
    if (!total.eq(row.Total)) throw new Error(`Total ${row.Total} is not quantity × price = ${total.toFixed()}`);
    const net = inclusive ? total.minus(row.Tax) : total;
    post("610", net.plus(row.Tax));
    post(row.Account ?? "none", net.times(-1));
    post("820", new Big(row.Tax).times(-1));
  }
  const sum = [...balance.values()].reduce((all, amount) => all.plus(amount), new Big(0));
  if (!sum.eq(0)) throw new Error("debits and credits differ");
  return Object.fromEntries(
    [...balance]
      .filter(([, amount]) => !amount.eq(0))
      .map(([account, amount]) => [account, `${amount.gt(0) ? "Dr" : "Cr"} ${money(amount.abs())}`]),
  );
}

/** Net and tax per tax rule, as the tax report adds them up. */
export function taxReport(
  invoice: { Lines: (Row & { TaxRule: string })[]; AdditionalCharges: (Row & { TaxRule: string })[] },
  inclusive: boolean,
): Record<string, { base: string; tax: string }> {
  const rules = new Map<string, { base: Big; tax: Big }>();
  for (const row of [...invoice.Lines, ...invoice.AdditionalCharges]) {
    const found = rules.get(row.TaxRule) ?? { base: new Big(0), tax: new Big(0) };
    const base = new Big(row.Total).minus(inclusive ? row.Tax : 0);
    rules.set(row.TaxRule, { base: found.base.plus(base), tax: found.tax.plus(row.Tax) });
  }
  return Object.fromEntries([...rules].map(([rule, { base, tax }]) => [rule, { base: money(base), tax: money(tax) }]));
}

const money = (amount: Big): string => (amount.round(2).eq(amount) ? amount.toFixed(2) : amount.toFixed());
