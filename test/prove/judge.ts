import { json, type Place } from "../../scripts/connect.ts";
import { centsOf } from "./judge-cents.ts";
import type { Life, Wanted } from "./lives.ts";
import type { ShopName, Shops } from "./shops.ts";

/** Judges from `/control/state` alone, against what the seed says must have become of each order (design 7). */
type Row = { TaxRule: string; Tax: number };
type Document = { Status: string; Total: number; Tax: number; Lines: Row[]; AdditionalCharges: Row[] };
type Payment = { Reference: string; Amount: number; Type: string; Account: string };
export type Sale = {
  ID: string;
  ExternalID: string;
  CustomerReference: string;
  Status: string;
  Order: Document;
  Invoices: (Document & { InvoiceDate: string; Payments: Payment[] })[];
  CreditNotes: Document[];
};
export type ShopOrder = {
  id: number;
  total_inc_tax: string;
  total_tax: string;
  gift_certificate_amount: string;
  store_credit_amount: string;
  taxes: { class: string; line_amount: string }[];
};
type Customer = { Name: string; Currency: string; Contacts: { Email: string }[] };
export type State = {
  bigcommerce: {
    deliveries: Record<string, unknown> | unknown[];
    stores: Record<string, { orders: Record<string, ShopOrder> }>;
  };
  cin7: { accounts: Record<string, { sales: Record<string, Sale>; customers: Record<string, Customer> }> };
};

export const stateOf = async (place: Place) => (await json(await fetch(`${place.twins}/control/state`))) as State;

/** An order as it was placed. */
export type Placed = { life: Life; id: number };
export type Finding = {
  what: "duplicate" | "lost" | "half-written" | "cents" | "unwanted";
  order: number;
  shop: ShopName;
  kind: string;
  why: string;
};
export type Verdict = {
  orders: number;
  expected: number;
  sales: number;
  planned: number;
  held: number;
  findings: Finding[];
  line: string;
  ok: boolean;
};

const living = <T extends { Status: string }>(list: readonly T[]): T[] =>
  list.filter(({ Status }) => Status !== "VOIDED" && Status !== "NOT AVAILABLE");
const cents = (value: number | string): number => Math.round(Number(value) * 10_000);
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + cents(value), 0);

export function judge(state: State, shops: Shops, placed: readonly Placed[]): Verdict {
  const findings: Finding[] = [];
  let held = 0;
  let sales = 0;
  for (const name of ["au", "gb"] as const) {
    const { store, account } = shops[name];
    const books = state.cin7.accounts[account];
    const orders = state.bigcommerce.stores[store]?.orders ?? {};
    if (!books) throw new Error(`no account ${account}`);
    const all = living(Object.values(books.sales));
    sales += all.length;
    const byOrder = new Map<string, Sale[]>();
    for (const sale of all) {
      const id = sale.ExternalID?.split(":")[2] || sale.CustomerReference;
      byOrder.set(id, [...(byOrder.get(id) ?? []), sale]);
    }
    for (const { life, id } of placed.filter(({ life }) => life.shop === name)) {
      const mine = byOrder.get(String(id)) ?? [];
      const tell = (what: Finding["what"], why: string) => findings.push({ what, order: id, shop: name, kind: life.kind, why });
      if (life.wanted === "held" && mine.length === 0) held++;
      judgeOrder(life, orders[id], mine, tell);
    }
    judgeCustomers(Object.values(books.customers), (why) =>
      findings.push({ what: "duplicate", order: 0, shop: name, kind: "customers", why }),
    );
  }
  const wanted = (which: Wanted) => placed.filter(({ life }) => life.wanted === which).length;
  const verdict = { orders: placed.length, expected: wanted("sale"), sales, planned: wanted("held"), held, findings };
  const ok = findings.length === 0 && sales === verdict.expected && held === verdict.planned;
  return { ...verdict, ok, line: lineOf(verdict) };
}

type Tell = (what: Finding["what"], why: string) => void;

function judgeOrder(life: Life, order: ShopOrder | undefined, mine: Sale[], tell: Tell): void {
  const { wanted } = life;
  const [sale] = mine;
  if (mine.length > 1) tell("duplicate", `${mine.length} sales: ${mine.map((each) => each.ID).join(", ")}`);
  if (wanted === "sale") {
    if (sale && order) judgeSale(life, sale, order, tell);
    else tell("lost", "no sale");
  } else if (sale) tell("unwanted", `must ${wanted === "held" ? "be held" : "not be taken"}, yet there is sale ${sale.ID}`);
}

function judgeSale(life: Life, sale: Sale, order: ShopOrder, tell: Tell): void {
  const total = order.total_inc_tax;
  const invoices = living(sale.Invoices);
  const payments = sale.Invoices.flatMap((each) => each.Payments);
  const paid = sum(payments.map((payment) => payment.Amount));
  const references = payments.map((payment) => payment.Reference);
  const twice = references.filter((reference, at) => references.indexOf(reference) !== at);
  if (invoices.length > 1) tell("duplicate", `${invoices.length} invoices`);
  if (twice.length > 0) tell("duplicate", `payments twice: ${twice.join(", ")}`);
  else if (paid > cents(total)) tell("duplicate", `paid more than ${total}: ${references.join(", ")}`);
  if (living(sale.CreditNotes).length > 0) tell("duplicate", "a credit note nobody asked for");

  const [invoice] = invoices;
  const lacks = missing(sale, invoice, payments.length === 0 && cents(total) > 0);
  if (lacks) tell("half-written", lacks);
  if (lacks || !invoice) return;
  for (const why of centsOf(life.shop, order, sale.Order, invoice)) tell("cents", why);
  const day = invoice.InvoiceDate.slice(0, 10);
  if (life.invoiceDay && day !== life.invoiceDay) tell("unwanted", `invoiced on ${day}, not on ${life.invoiceDay}`);
}

/** The stage of the settings (an authorised, paid invoice) that the sale has not come to. */
function missing(sale: Sale, invoice: Document | undefined, unpaid: boolean): string | null {
  if (sale.Order.Status !== "AUTHORISED") return `its order is ${sale.Order.Status}`;
  if (!invoice) return "no invoice";
  if (invoice.Status === "DRAFT") return "its invoice is a draft";
  return unpaid ? "no payment" : null;
}

/** One shopper is one customer (design 3.6): the same e-mail and currency twice is a duplicate too. */
function judgeCustomers(customers: Customer[], tell: (why: string) => void): void {
  const keys = customers.flatMap((customer) =>
    customer.Contacts.filter((c) => c.Email).map((c) => `${c.Email.toLowerCase()} ${customer.Currency}`),
  );
  for (const key of new Set(keys.filter((key, at) => keys.indexOf(key) !== at))) tell(`customer ${key} was made twice`);
}

const count = (findings: Finding[], what: Finding["what"]) => findings.filter((finding) => finding.what === what).length;

function lineOf(v: Omit<Verdict, "line" | "ok">): string {
  const of = (what: Finding["what"]) => `${what === "duplicate" ? "duplicates" : what} ${count(v.findings, what)}`;
  const four = (["duplicate", "lost", "half-written", "cents"] as const).map(of).join(", ");
  return `orders ${v.orders}, expected ${v.expected}, sales ${v.sales}, ${four}, held ${v.held} of ${v.planned} planned`;
}
