import { json, type Place } from "../../scripts/connect.ts";
import { centsOf } from "./judge-cents.ts";
import { isDaily, judgeDay, ordersOf, together } from "./judge-days.ts";
import { judgeKits, type Task } from "./judge-kits.ts";
import type { Life, Wanted } from "./lives.ts";
import { SHOP_NAMES, type ShopName, type Shops } from "./shops.ts";

/** Judges from `/control/state` alone, against what the seed says must have become of each order (design 7). */
type Row = { TaxRule: string; Tax: number };
type Document = { Status: string; Total: number; Tax: number; Lines: Row[]; AdditionalCharges: Row[] };
type Payment = { Reference: string; Amount: number; Type: string; Account: string };
export type Sale = {
  ID: string;
  ExternalID: string;
  CustomerReference: string;
  CustomerCurrency: string;
  Location: string;
  Note: string;
  Status: string;
  Order: Document;
  Invoices: (Document & { InvoiceDate: string; Payments: Payment[] })[];
  CreditNotes: Document[];
};
export type ShopOrder = {
  id: number;
  default_currency_code: string;
  total_inc_tax: string;
  total_tax: string;
  gift_certificate_amount: string;
  store_credit_amount: string;
  taxes: { class: string; line_amount: string }[];
};
type Customer = { Name: string; Currency: string; Contacts: { Email: string }[] };
export type Books = {
  sales: Record<string, Sale>;
  customers: Record<string, Customer>;
  products: Record<string, { SKU: string }>;
  finishedGoods: Task[];
};
export type State = {
  bigcommerce: {
    deliveries: Record<string, unknown> | unknown[];
    stores: Record<string, { orders: Record<string, ShopOrder> }>;
  };
  cin7: { accounts: Record<string, Books> };
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
/** `sales`: of orders; a daily sale counts once for each of its own. `drawn`: what of it were daily sales, and orders with bundles. */
export type Verdict = {
  orders: number;
  expected: number;
  sales: number;
  drawn: { daily: number; kits: number };
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
  let [held, sales, daily] = [0, 0, 0];
  for (const name of SHOP_NAMES) {
    const { store, account } = shops[name];
    const books = state.cin7.accounts[account];
    const orders = state.bigcommerce.stores[store]?.orders ?? {};
    if (!books) throw new Error(`no account ${account}`);
    const all = living(Object.values(books.sales)).filter((sale) => shopOf(sale, shops, account) === name);
    const byOrder = new Map<number, Sale[]>();
    for (const sale of all) for (const id of ordersOf(sale)) byOrder.set(id, [...(byOrder.get(id) ?? []), sale]);
    sales += [...byOrder.values()].reduce((count, mine) => count + mine.length, 0);
    daily += all.filter(isDaily).length;

    const tellOf =
      ({ life: { kind }, id }: Placed): Tell =>
      (what, why) =>
        findings.push({ what, order: id, shop: name, kind, why });
    const taken = new Map<Sale, Placed[]>();
    for (const order of placed.filter(({ life }) => life.shop === name)) {
      const mine = byOrder.get(order.id) ?? [];
      if (order.life.wanted === "held" && mine.length === 0) held++;
      judgeOrder(order.life, mine, tellOf(order));
      if (order.life.wanted === "sale") for (const sale of mine) taken.set(sale, [...(taken.get(sale) ?? []), order]);
    }
    const whole = [...taken].map(([sale, members]) => ({ sale, members, tell: tellOf(members[0] as Placed) }));
    for (const { sale, members, tell } of whole) {
      const theirs = members.map(({ id }) => orders[id] as ShopOrder);
      judgeDay(sale, members, theirs, tell);
      judgeSale((members[0] as Placed).life, sale, together(theirs), tell);
    }
    const anybody = (what: Finding["what"], kind: string) => (why: string) => findings.push({ what, order: 0, shop: name, kind, why });
    judgeKits(store, books, whole).forEach(anybody("unwanted", "bundles"));
    judgeCustomers(Object.values(books.customers), anybody("duplicate", "customers"));
    // Several for one end, currency and location, of whatever generation.
    const days = all.filter(isDaily).map(({ ExternalID }) => ExternalID.replace(/:g\d+$/, ""));
    for (const day of new Set(days.filter((each, at) => days.indexOf(each) !== at))) anybody("duplicate", "days")(`two sales ${day}`);
  }
  const wanted = (which: Wanted) => placed.filter(({ life }) => life.wanted === which);
  const [expected, planned] = [wanted("sale").length, wanted("held").length];
  const drawn = { daily, kits: wanted("sale").filter(({ life }) => life.kits).length };
  const verdict = { orders: placed.length, expected, sales, drawn, planned, held, findings };
  const ok = findings.length === 0 && sales === expected && held === planned;
  return { ...verdict, ok, line: lineOf(verdict) };
}

/** Two of the shops share one company: theirs by its mark; without a mark the first one's. */
function shopOf(sale: Sale, shops: Shops, account: string): ShopName | undefined {
  const here = SHOP_NAMES.filter((name) => shops[name].account === account);
  return here.find((name) => sale.ExternalID?.split(":")[1] === shops[name].store) ?? here[0];
}

export type Tell = (what: Finding["what"], why: string) => void;

function judgeOrder({ wanted }: Life, mine: Sale[], tell: Tell): void {
  const [sale] = mine;
  if (mine.length > 1) tell("duplicate", `${mine.length} sales: ${mine.map((each) => each.ID).join(", ")}`);
  if (wanted === "sale") {
    if (!sale) tell("lost", "no sale");
  } else if (sale) tell("unwanted", `must ${wanted === "held" ? "be held" : "not be taken"}, yet there is sale ${sale.ID}`);
}

/** `order`: all of them together, where the sale is a daily one. */
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
