/**
 * What Cin7 posts by itself (J1 to J20, facts 12): invoice and credit note on authorisation with their date, payment and
 * refund on DatePaid, cost of goods when a shipment is authorised with the latest shipment date. Amounts are in the base currency.
 */
import { ledgerAccount, taxRule } from "./books.ts";
import { refuse } from "./errors.ts";
import { add, big, round, sub, times } from "./money.ts";
import type { Account, Charge, CreditNote, Ctx, Invoice, Line, Payment, Posting, Product, Sale, SaleDocument } from "./types.ts";

export type Entry = Pick<Posting, "kind" | "source" | "taskId" | "date" | "reference" | "text"> & { type?: string };

/** One debit and one credit; a negative amount changes sides. */
export function post(ctx: Ctx, sale: Sale | null, entry: Entry, debit: string, credit: string, amount: number): void {
  if (amount === 0 || debit === credit) return;
  const [from, to] = amount > 0 ? [debit, credit] : [credit, debit];
  const { type = "Sale", ...rest } = entry;
  ctx.account.postings.push({
    ...rest,
    id: ctx.world.random.guid(),
    saleId: sale?.id ?? "",
    debit: from,
    credit: to,
    amount: Math.abs(amount),
    type,
  });
}

/** Refused when the books are closed for that day (facts 9.30). */
export function checkOpen(ctx: Ctx, date: string): void {
  const lock = ctx.account.company.LockDate;
  if (!lock) return;
  const [day, last] = [date.slice(0, 10), lock.slice(0, 10)];
  const locked = ctx.switches.lockDateInclusive ? day <= last : day < last;
  if (locked) refuse(`Date ${day} is not valid. Transactions dated on or before lock date ${last} are not allowed.`);
}

export const customerOf = (account: Account, sale: Sale) => {
  const customer = account.customers[sale.customerId];
  if (!customer) throw new Error(`no customer ${sale.customerId}`);
  return customer;
};

const productOf = (account: Account, id: string): Product | undefined => account.products[id];

/** Line Account, else the product's revenue account, else the sale's DefaultAccount (facts 2.7). */
export function revenueAccount(account: Account, sale: Sale, line: Line | Charge): string {
  const product = productOf(account, "ProductID" in line ? line.ProductID : line.productId);
  return line.Account || product?.RevenueAccount || sale.header.DefaultAccount;
}

/** `sign` 1 for an invoice, −1 for a credit note. */
function postDocument(ctx: Ctx, sale: Sale, document: SaleDocument & { rate: number }, entry: Entry, sign: 1 | -1): void {
  const { account } = ctx;
  const receivable = customerOf(account, sale).AccountReceivable;
  const base = (amount: number) => times(times(amount, document.rate), sign);
  const rows = [...document.lines, ...document.charges];
  let lineTax = 0;
  for (const row of rows) {
    const net = sale.header.TaxInclusive ? sub(row.Total, row.Tax) : row.Total;
    post(ctx, sale, entry, receivable, revenueAccount(account, sale, row), base(net));
    post(ctx, sale, entry, receivable, taxRule(account, row.TaxRule).Account, base(row.Tax));
    lineTax = add(lineTax, row.Tax);
  }
  // TaxCalculationMethod Total: the document's tax is not the sum of its lines'; the difference goes where the tax goes.
  const first = rows[0];
  const odd = sub(document.Tax, lineTax);
  if (!first || odd === 0) return;
  const from = sale.header.TaxInclusive ? revenueAccount(account, sale, first) : receivable;
  post(ctx, sale, entry, from, taxRule(account, first.TaxRule).Account, base(odd));
}

export function postInvoice(ctx: Ctx, sale: Sale, invoice: Invoice): void {
  const text = `${customerOf(ctx.account, sale).Name} - ${invoice.number}`;
  postDocument(
    ctx,
    sale,
    invoice,
    { kind: "invoice", source: invoice.number, taskId: invoice.taskId, date: invoice.date, reference: invoice.number, text },
    1,
  );
}

export function postCreditNote(ctx: Ctx, sale: Sale, note: CreditNote): void {
  const text = `${customerOf(ctx.account, sale).Name} - ${note.number}`;
  const reference = `${note.invoiceNumber}/${note.number}`;
  postDocument(ctx, sale, note, { kind: "credit note", source: note.number, taskId: note.taskId, date: note.date, reference, text }, -1);
}

/** The receivable moves at the document's rate; what the payment's rate makes of it is a realised gain or loss (497). */
export function postPayment(ctx: Ctx, sale: Sale, payment: Payment, documentRate: number, number: string): void {
  const receivable = customerOf(ctx.account, sale).AccountReceivable;
  const sign = payment.Type === "Refund" ? -1 : 1;
  const kind = payment.Type.toLowerCase() as Posting["kind"];
  const entry: Entry = {
    kind,
    source: payment.ID,
    taskId: payment.TaskID,
    date: payment.DatePaid,
    reference: payment.Reference,
    text: `${payment.Type} ${number}`,
  };
  const owed = times(times(payment.Amount, documentRate), sign);
  post(ctx, sale, entry, payment.Account, receivable, owed);
  const difference = sub(times(times(payment.Amount, payment.CurrencyRate), sign), owed);
  const gains = ctx.account.chart.find((each) => each.SystemAccountCode === "REALISEDCURRENCYGAIN")?.Code;
  if (gains) post(ctx, sale, entry, payment.Account, gains, difference);
}

export const cogsAccount = (account: Account, product: Product): string => product.COGSAccount ?? defaultCode(account, "EXPENSE", "310");
export const inventoryAccount = (account: Account, product: Product): string =>
  product.InventoryAccount ?? defaultCode(account, "ASSET", "630");
const defaultCode = (account: Account, kind: string, code: string): string =>
  account.chart.find((each) => each.Code === code && each.Class === kind)?.Code ?? code;

export function postCost(ctx: Ctx, sale: Sale, entry: Entry, product: Product, quantity: number): void {
  const cost = round(big(product.AverageCost).times(quantity));
  post(ctx, sale, entry, cogsAccount(ctx.account, product), inventoryAccount(ctx.account, product), cost);
}

/** A void or an undo takes the entries of the sale away again. */
export const unpost = (account: Account, which: (posting: Posting) => boolean): void => {
  account.postings = account.postings.filter((posting) => !which(posting));
};

/** Postings by sale, kept up with the list: a state of thousands of sales asks for each of them. */
const groups = new WeakMap<Posting[], { seen: number; bySale: Map<string, Posting[]> }>();

export function postingsOf(account: Account, saleId: string): Posting[] {
  const group = groups.get(account.postings) ?? { seen: 0, bySale: new Map<string, Posting[]>() };
  for (const posting of account.postings.slice(group.seen)) {
    const list = group.bySale.get(posting.saleId);
    if (list) list.push(posting);
    else group.bySale.set(posting.saleId, [posting]);
  }
  groups.set(account.postings, { seen: account.postings.length, bySale: group.bySale });
  return group.bySale.get(saleId) ?? [];
}

export type Journal = {
  kind: string;
  reference: string;
  taskId: string;
  saleId: string;
  date: string;
  lines: { account: string; debit: number; credit: number }[];
};

/** The entries of one cause added up by account: a journal. */
export function journals(account: Account, saleId?: string): Journal[] {
  const found = new Map<string, { head: Posting; balance: Map<string, number> }>();
  for (const posting of saleId === undefined ? account.postings : postingsOf(account, saleId)) {
    const key = `${posting.saleId}|${posting.kind}|${posting.source}`;
    const journal = found.get(key) ?? { head: posting, balance: new Map<string, number>() };
    journal.balance.set(posting.debit, add(journal.balance.get(posting.debit) ?? 0, posting.amount));
    journal.balance.set(posting.credit, sub(journal.balance.get(posting.credit) ?? 0, posting.amount));
    found.set(key, journal);
  }
  return [...found.values()].map(({ head, balance }) => ({
    kind: head.kind,
    reference: head.reference,
    taskId: head.taskId,
    saleId: head.saleId,
    date: head.date,
    lines: [...balance]
      .filter(([, amount]) => amount !== 0)
      .map(([code, amount]) => ({ account: code, debit: Math.max(0, amount), credit: Math.max(0, -amount) }))
      .sort((a, b) => Number(b.debit > 0) - Number(a.debit > 0) || a.account.localeCompare(b.account)),
  }));
}

export const payable = (ctx: Ctx, code: string) => {
  const found = ledgerAccount(ctx.account, code);
  if (ctx.switches.paymentAccountChecked && !found.ForPayments) refuse(`Account '${code}' can not be used for payments`);
  return found;
};
