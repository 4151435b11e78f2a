import type { Case } from "./books.ts";
import { compare, cut, type Exact, minus, NOTHING, of, plus, rounded, same, sign, size, sum, text, times, unit, within } from "./exact.ts";
import { expect, type Sale } from "./expect.ts";
import { type CinRow, type Document, journalOf, RECEIVABLE, TAX_PAYABLE } from "./journal.ts";

/** What became of an order: whether it was taken, and the documents as they go to Cin7 Core. */
export type Sent =
  | { is: "not taken" | "held"; why: string }
  | {
      is: "sale";
      header: { TaxInclusive: boolean; SaleOrderDate: string; CurrencyRate: number; currency: string };
      invoice: Document & { InvoiceDate: string; InvoiceDueDate: string };
      payments: { amount: string; account: string | null; day: string }[];
      told: string[];
    };

/** Everything in which the documents of an order differ from the books as they must be, in words; nothing: they are true. */
export function judge(given: Case, sent: Sent): string[] {
  const wanted = expect(given);
  const words = (what: string) => `seed ${given.seed} ${given.raw.order.is_tax_inclusive_pricing ? "incl" : "excl"}: ${what}`;
  if (wanted.is !== "sale" || sent.is !== "sale") {
    if (wanted.is === sent.is) return [];
    const why = "why" in sent ? ` (${sent.why})` : "";
    const because = wanted.is === "held" ? ` (${wanted.why.join(", ")})` : "";
    return [words(`must be ${wanted.is}${because}, is ${sent.is}${why}`)];
  }
  return [
    ...header(wanted, sent),
    ...rows(wanted, given, sent.invoice),
    ...taxes(wanted, sent.invoice),
    ...journal(wanted, sent.invoice),
    ...money(wanted, sent),
  ].map(words);
}

const show = (amount: Exact): string => text(amount, 4).replace(/0{1,2}$/, "");

function header(wanted: Sale, { header, invoice }: Extract<Sent, { is: "sale" }>): string[] {
  const pairs: [string, unknown, unknown][] = [
    ["currency", header.currency, wanted.currency],
    ["rate", text(of(header.CurrencyRate), 4), text(wanted.rate, 4)],
    ["tax in prices", header.TaxInclusive, wanted.inclusive],
    ["order date", header.SaleOrderDate.slice(0, 10), wanted.orderDay],
    ["invoice date", invoice.InvoiceDate.slice(0, 10), wanted.invoiceDay],
    ["due date", invoice.InvoiceDueDate.slice(0, 10), wanted.invoiceDay],
  ];
  return pairs.filter(([, is, must]) => is !== must).map(([what, is, must]) => `${what} is ${is}, must be ${must}`);
}

/** Sale lines and charges, each under its rule and on its account; discounts; the one rounding charge; the total. */
function rows(wanted: Sale, { setup }: Case, invoice: Document): string[] {
  const found: string[] = [];
  const all = [...invoice.Lines, ...invoice.AdditionalCharges];
  const least = unit(wanted.places);
  const side = (row: { ex: Exact; inc: Exact }) => (wanted.inclusive ? row.inc : row.ex);
  const used = new Set<CinRow>();
  const left = (named: (row: CinRow) => boolean) => all.filter((row) => !used.has(row) && named(row));
  for (const row of all) {
    const total = times(times(of(row.Price), of(row.Quantity)), minus(of(1), times(of(row.Discount), of("0.01"))));
    if (!same(total, of(row.Total))) found.push(`${nameOf(row)}: ${row.Quantity} × ${row.Price} is not ${row.Total}`);
    if (setup.refuses.negative && row.Price < 0) found.push(`${nameOf(row)}: a negative price`);
    if (setup.refuses.free && row.Price === 0) found.push(`${nameOf(row)}: a price of 0`);
  }
  for (const row of wanted.rows) {
    // Very many units may go as two lines whose prices differ by the last decimal.
    const mine: CinRow[] = [];
    for (const each of left((r) => nameOf(r) === row.name && r.TaxRule === row.rule)) {
      if (sum(mine.map((m) => of(m.Quantity))).n >= BigInt(row.quantity)) break;
      mine.push(each);
    }
    for (const each of mine) used.add(each);
    const quantity = sum(mine.map((each) => of(each.Quantity)));
    if (!same(quantity, of(row.quantity))) {
      found.push(`${row.name} under ${row.rule}: ${text(quantity, 0)} of ${row.quantity}`);
      continue;
    }
    const total = sum(mine.map((each) => of(each.Total)));
    const most = plus(times(of(row.quantity), of("0.0001")), least);
    if (wanted.lowered === null && !within(total, side(row), row.quantity === 1 && row.line === null ? NOTHING : most))
      found.push(`${row.name}: ${show(total)} for ${show(side(row))}`);
    const price = wanted.prices?.get(row);
    if (price && price.n !== 0n && mine.some((each) => !same(of(each.Price), price)))
      found.push(`${row.name}: price ${mine[0]?.Price}, must be ${show(price)}`);
    if (mine.some((each) => each.Account !== row.account)) found.push(`${row.name} is on ${mine[0]?.Account}, must be on ${row.account}`);
    const tax = sum(mine.map((each) => of(each.Tax)));
    const untouched = wanted.parts.length === 0 && wanted.lowered === null ? true : !row.goods;
    if (wanted.toldRows && untouched && row.charged && !same(tax, row.charged))
      found.push(`${row.name}: tax ${show(tax)}, BigCommerce charged ${show(row.charged)}`);
    if (sign(tax) !== 0 && sign(side(row)) !== 0 && sign(tax) !== sign(side(row)))
      found.push(`${row.name}: tax ${show(tax)} on ${show(side(row))}`);
  }
  for (const part of wanted.parts) {
    const { name, account } = part.code === null ? setup.charges.discount : setup.charges.coupon;
    const mine = left((row) => nameOf(row) === name && row.TaxRule === part.rule && (part.code === null || row.Comment === part.code))[0];
    if (mine) used.add(mine);
    const taken = mine ? times(of(mine.Total), of(-1)) : NOTHING;
    if (!within(taken, part.side, least))
      found.push(`${name} ${part.code ?? ""} under ${part.rule}: ${show(taken)} for ${show(part.side)}`);
    if (mine && mine.Account !== (setup.revenueAccount ?? account)) found.push(`${name} is on ${mine.Account}`);
    if (mine && mine.Tax > 0) found.push(`${name}: its tax ${mine.Tax} is not taken off`);
  }
  const rounding = left((row) => nameOf(row) === setup.charges.rounding.name);
  for (const row of rounding) used.add(row);
  if (rounding.length > 1) found.push("two rounding charges");
  for (const row of rounding) {
    if (row.Tax !== 0 || row.TaxRule !== wanted.freeRule || row.Account !== setup.charges.rounding.account)
      found.push("the rounding charge");
    if (compare(size(of(row.Total)), of(setup.cap)) > 0) found.push(`rounding of ${row.Total}, at most ${setup.cap}`);
  }
  for (const row of all) if (!used.has(row)) found.push(`${nameOf(row)} under ${row.TaxRule} is no part of the order`);
  return found;
}

const nameOf = (row: CinRow): string => row.SKU || row.Description || row.Name || "";

/** M3: to the cent in sum, and under each rule as near to BigCommerce's own sum as the cents allow. */
function taxes(wanted: Sale, invoice: Document): string[] {
  const found: string[] = [];
  const all = [...invoice.Lines, ...invoice.AdditionalCharges];
  const least = unit(wanted.places);
  const whole = sum(all.map((row) => of(row.Tax)));
  if (!same(whole, wanted.tax)) found.push(`tax ${show(whole)}, must be ${show(wanted.tax)}`);
  for (const row of all) if (!same(cut(of(row.Tax), wanted.places), of(row.Tax))) found.push(`tax ${row.Tax} has too many decimals`);
  const half = times(least, of("0.5"));
  const ties = same(sum(wanted.taxByRule.map(({ exact }) => rounded(exact, wanted.places))), wanted.tax);
  // Where neither tax rows nor the lines' own discounts tell, the split is by what lines cost: it may be off by what is off in all.
  const open = size(minus(sum(wanted.taxByRule.map(({ exact }) => exact)), wanted.tax));
  for (const { rule, exact, sure } of wanted.taxByRule) {
    const ours = sum(all.filter((row) => row.TaxRule === rule).map((row) => of(row.Tax)));
    const most = sure ? (ties ? half : least) : plus(open, times(least, of(wanted.rows.length + 1)));
    if (!within(ours, exact, most)) found.push(`tax under ${rule} is ${show(ours)}, BigCommerce's own sum is ${show(exact)}`);
  }
  return found;
}

/** Receivable and tax payable exactly, every other account to the cents that rounding may move. */
function journal(wanted: Sale, invoice: Document): string[] {
  const found: string[] = [];
  const debits = journalOf(invoice, wanted.inclusive);
  const at = (account: string) => debits.get(account) ?? NOTHING;
  if (!same(at(RECEIVABLE), wanted.total)) found.push(`receivable ${show(at(RECEIVABLE))}, must be ${show(wanted.total)}`);
  if (!same(at(TAX_PAYABLE), times(wanted.tax, of(-1)))) found.push(`tax payable ${show(at(TAX_PAYABLE))}`);
  if (sign(sum([...debits.values()])) !== 0) found.push("debits and credits differ");
  if (wanted.lowered !== null) return found;
  for (const account of new Set(wanted.rows.map((row) => row.account))) {
    const mine = wanted.rows.filter((row) => row.account === account);
    const off = [...invoice.Lines, ...invoice.AdditionalCharges].filter(
      (row) => row.Account === account && row.Total < 0 && isDiscount(row, wanted),
    );
    const must = plus(sum(mine.map((row) => row.ex)), sum(off.map((row) => netOf(row, wanted))));
    const units = sum(mine.map((row) => of(row.quantity)));
    const most = plus(times(unit(wanted.places), of(2 * mine.length + off.length)), times(units, of("0.0001")));
    if (!within(times(at(account), of(-1)), must, most))
      found.push(`account ${account} has ${show(times(at(account), of(-1)))}, must have ${show(must)}`);
  }
  return found;
}

const isDiscount = (row: CinRow, wanted: Sale): boolean => !wanted.rows.some((each) => each.name === nameOf(row));
const netOf = (row: CinRow, wanted: Sale): Exact => (wanted.inclusive ? minus(of(row.Total), of(row.Tax)) : of(row.Total));

/** Each tender once, on its account, on its day; what cannot be posted is told. */
function money(wanted: Sale, { payments, told }: Extract<Sent, { is: "sale" }>): string[] {
  if (wanted.money === null) return payments.length > 0 ? ["payments are switched off"] : [];
  const list = (all: { amount: string; account: string | null; day: string }[]) =>
    all.map((p) => `${of(p.amount).n === 0n ? "0" : text(of(p.amount), 2)} on ${p.account ?? "none"} ${p.day}`).sort();
  const [ours, theirs] = [list(payments), list(wanted.money.payments)];
  const found: string[] = [];
  if (ours.join("; ") !== theirs.join("; ")) found.push(`paid [${ours.join("; ")}], must be [${theirs.join("; ")}]`);
  const [says, must] = [[...new Set(told)].sort().join(", "), [...wanted.money.told].sort().join(", ")];
  if (says !== must) found.push(`told [${says}], must be [${must}]`);
  return found;
}
