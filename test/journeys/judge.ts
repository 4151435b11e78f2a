import { expect } from "vitest";
import { type Api, type Connected, json, type Place } from "../../scripts/connect.ts";
import type { AttentionList, OrderDetail } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { type Sale, stateOf } from "./stack.ts";

/**
 * Judges from what the twins hold and what the app shows: an order is one sale, one invoice and payments that make its total,
 * every figure the same on all four sides, every tax rule with the tax that BigCommerce charged for its class.
 */
export type Books = {
  sales: Record<string, Sale>;
  customers: Record<string, { ID: string; Name: string; Contacts: { Email: string }[] }>;
  products: Record<string, { ID: string; SKU: string; Name: string }>;
  transactions: { SaleID: string; DebitAccountCode: string; CreditAccountCode: string; Amount: number; Transaction: string }[];
};
export type ShopOrder = {
  id: number;
  status_id: number;
  total_inc_tax: string;
  total_ex_tax: string;
  total_tax: string;
  discount_amount: string;
  coupon_discount: string;
  taxes: { tax_class_id: number; line_amount: string }[];
  products: { id: number; sku: string; type: string; total_inc_tax: string }[];
};
type World = {
  bigcommerce: { stores: Record<string, { orders: Record<string, ShopOrder> }> };
  cin7: { accounts: Record<string, Books> };
};

const worldOf = async (place: Place) => (await json(await fetch(`${place.twins}/control/state`))) as World;
export const booksOf = async (place: Place, account: string): Promise<Books> => {
  const books = (await worldOf(place)).cin7.accounts[account];
  if (!books) throw new Error(`the twin has no account ${account}`);
  return books;
};

export const page = (c: Pick<Connected, "panel" | "store">, id: number) =>
  c.panel<OrderDetail>("GET", `/api/stores/${c.store}/orders/${id}`);
export const attention = async (panel: Api, store: string) =>
  (await panel<AttentionList>("GET", `/api/stores/${store}/attention?perPage=100`)).rows;

/** Waits for the order's page to say what is wanted; the failure shows what it says instead. */
export async function pageWhen(c: Connected, id: number, what: string, wanted: (p: OrderDetail) => boolean): Promise<OrderDetail> {
  let last: OrderDetail | null = null;
  try {
    return await until(`order ${id} ${what}`, async () => {
      last = await page(c, id).catch(() => null);
      return last && wanted(last) ? last : null;
    });
  } catch (error) {
    const seen = last as OrderDetail | null;
    const story = seen
      ? {
          order: seen.order,
          problems: seen.problems.map((p) => [p.title, p.text]),
          attempts: seen.attempts.slice(0, 12).map((a) => [a.step, a.status, a.outcome, a.note]),
        }
      : null;
    throw new Error(`${String(error)}; last seen ${JSON.stringify(story, null, 1)}`);
  }
}
export const paidPage = (c: Connected, id: number) =>
  pageWhen(c, id, "to be paid in Cin7 Core", (p) => p.order.state === "sent" && p.order.stages.includes("paid"));
export const heldPage = (c: Connected, id: number) =>
  pageWhen(c, id, "to be held", (p) => p.order.state === "held" && p.problems.length > 0);

export const salesFor = (books: Books, store: string, id: number) =>
  Object.values(books.sales).filter((sale) => sale.ExternalID?.startsWith(`ls:${store}:${id}:`));

/** Whole ten-thousandths: sums without floating point. */
const units = (value: number | string) => Math.round(Number(value) * 10_000);
const total = (values: readonly (number | string)[]) => values.reduce<number>((sum, value) => sum + units(value), 0) / 10_000;

export type Judged = { sale: Sale; order: ShopOrder; page: OrderDetail };

/** Everything that must be true of every order in Cin7, whatever it holds (M1 to M4). */
export async function judge(place: Place, c: Connected, id: number, shown?: OrderDetail): Promise<Judged> {
  const detail = shown ?? (await paidPage(c, id));
  const world = await worldOf(place);
  const order = world.bigcommerce.stores[c.store]?.orders[id];
  const books = world.cin7.accounts[c.account];
  if (!order || !books) throw new Error(`no order ${id} or no account`);
  const mine = salesFor(books, c.store, id);
  expect(mine, `sales of order ${id}`).toHaveLength(1);
  const sale = mine[0] as Sale;
  const [inc, tax] = [Number(order.total_inc_tax), Number(order.total_tax)];

  expect(sale).toMatchObject({ ExternalID: `ls:${c.store}:${id}:g1`, CustomerReference: String(id) });
  expect(detail.mapped?.totals).toMatchObject({ incTax: inc.toFixed(2), tax: tax.toFixed(2) });
  expect(sale.Order).toMatchObject({ Status: "AUTHORISED", Total: inc, Tax: tax });
  expect(sale.Invoices).toHaveLength(1);
  expect(sale.Invoices[0]).toMatchObject({ Total: inc });
  const payments = sale.Invoices[0]?.Payments ?? [];
  expect(total(payments.map((p) => p.Amount)), "payments").toBe(inc);
  expect(new Set(payments.map((p) => p.Reference)).size).toBe(payments.length);
  // Fees have no tax rows of their own in one position of the twin: then the classes do not say where all the tax is.
  if (total(order.taxes.map((row) => row.line_amount)) === tax) expect(taxByRule(sale)).toEqual(taxByClass(order, c));
  expect(
    Object.values(balances(books, sale.ID)).reduce((sum, amount) => sum + units(amount), 0),
    "debits and credits",
  ).toBe(0);
  return { sale, order, page: detail };
}

/** Tax that Cin7 reports under each rule; rules without tax are left out. */
export function taxByRule(sale: Sale): Record<string, number> {
  const rows = [...sale.Order.Lines, ...sale.Order.AdditionalCharges];
  const rules = [...new Set(rows.map((row) => row.TaxRule))];
  const sums = rules.map((rule) => [rule, total(rows.filter((row) => row.TaxRule === rule).map((row) => row.Tax))] as const);
  return Object.fromEntries(sums.filter(([, tax]) => tax !== 0));
}

/** Net under each rule: what the tax report calls its base. */
export function baseByRule(sale: Sale, inclusive: boolean): Record<string, number> {
  const rows = [...sale.Order.Lines, ...sale.Order.AdditionalCharges];
  const rules = [...new Set(rows.map((row) => row.TaxRule))];
  return Object.fromEntries(
    rules.map((rule) => [
      rule,
      total(rows.filter((row) => row.TaxRule === rule).map((row) => (units(row.Total) - (inclusive ? units(row.Tax) : 0)) / 10_000)),
    ]),
  );
}

/** What BigCommerce charged for each class, under the rule that the settings give it. */
function taxByClass(order: ShopOrder, c: Connected): Record<string, number> {
  const sums = c.settings.tax.classes.map(({ classId, withTax }) => {
    const rows = order.taxes.filter((row) => Number(row.tax_class_id) === classId);
    return [withTax ?? "", total(rows.map((row) => row.line_amount))] as const;
  });
  return Object.fromEntries(sums.filter(([, tax]) => tax !== 0));
}

type Entry = Books["transactions"][number];
const entriesOf = (books: Books, saleId: string, which: (entry: Entry) => boolean) =>
  books.transactions.filter((t) => t.SaleID === saleId && which(t));

function balances(books: Books, saleId: string, which: (entry: Entry) => boolean = () => true): Record<string, number> {
  const sums = new Map<string, number>();
  for (const entry of entriesOf(books, saleId, which)) {
    sums.set(entry.DebitAccountCode, (sums.get(entry.DebitAccountCode) ?? 0) + units(entry.Amount));
    sums.set(entry.CreditAccountCode, (sums.get(entry.CreditAccountCode) ?? 0) - units(entry.Amount));
  }
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0).map(([account, amount]) => [account, amount / 10_000]));
}

const isPayment = (entry: Entry) => entry.Transaction.startsWith("Payment");
/** A journal by account: debits positive, credits negative. */
export type Journal = Record<string, number>;
export const invoiceJournal = (books: Books, sale: Sale): Journal => balances(books, sale.ID, (entry) => !isPayment(entry));
export const paymentJournal = (books: Books, sale: Sale): Journal => balances(books, sale.ID, isPayment);

/** Places orders all at once, as a busy shop does. */
export async function placeAll(place: Place, store: string, forms: readonly unknown[]): Promise<ShopOrder[]> {
  const headers = { "content-type": "application/json" };
  return Promise.all(
    forms.map(
      async (form) =>
        (await json(
          await fetch(`${place.twins}/control/bigcommerce/${store}/orders`, { method: "POST", headers, body: JSON.stringify(form) }),
        )) as ShopOrder,
    ),
  );
}

/** What the peer was asked since the last `forgetCalls`, as "POST /sale". */
export async function callsTo(place: Place, peer: "cin7" | "bigcommerce"): Promise<string[]> {
  const text = await (await fetch(`${place.twins}/control/trace?faults=true`)).text();
  const rows = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { peer: string; method: string; url: string });
  return rows
    .filter((row) => row.peer === peer)
    .map((row) => `${row.method} ${new URL(row.url, place.twins).pathname.replace(/^.*\/(ExternalApi\/v2|stores\/[a-z0-9]+)/i, "")}`);
}
export const forgetCalls = (place: Place) => fetch(`${place.twins}/control/trace`, { method: "DELETE" });
export const faults = async (place: Place, list: unknown[]) =>
  json(
    await fetch(`${place.twins}/control/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(list),
    }),
  );

type Mail = { to: string[]; subject: string; text: string };
export const mails = async (place: Place) => ((await stateOf(place.twins)) as unknown as { mail: Mail[] }).mail;
/** Alerts go to an address once the code that was sent there is told. */
export async function confirmAddresses(place: Place, c: Connected): Promise<void> {
  const alerts = `/api/stores/${c.store}/alerts`;
  for (const area of ["orders", "money"]) {
    await c.panel("POST", `${alerts}/test`, { area });
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await mails(place))[0]?.subject ?? "")?.[0];
    await c.panel("POST", `${alerts}/confirm`, { code });
  }
}
