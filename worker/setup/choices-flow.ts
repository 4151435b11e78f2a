import type { Clients, StoreRow } from "../api/access.ts";
import * as shopLists from "../bigcommerce/lists.ts";
import { howPaidSince } from "../bigcommerce/order.ts";
import type { ShopRead } from "../bigcommerce/reading.ts";
import { readStore } from "../bigcommerce/store.ts";
import type { Cin7 } from "../cin7/client.ts";
import { readCompany } from "../cin7/company.ts";
import * as customers from "../cin7/customer.ts";
import * as lists from "../cin7/lists.ts";
import * as products from "../cin7/product.ts";
import type { CustomerChoice } from "../cin7/schemas/customer.ts";
import type { ProductChoice } from "../cin7/schemas/product.ts";
import type { CaptureRule, Choices, CustomerChoices, Settings } from "../contract/index.ts";
import { methodsOf } from "../settings/choices/payment-methods.ts";
import { statusesOf, type Taken } from "../settings/choices/statuses.ts";
import { holdsStock } from "../settings/parts/accounts.ts";
import { CHARGE_KEYS } from "../settings/parts/charges.ts";
import type { Live, LiveList } from "../settings/parts/live.ts";
import { companyWarnings } from "../settings/warnings.ts";
import { readExtras, readRepresentatives } from "./extras-flow.ts";
import { type Reading, said, saidByShop } from "./said.ts";

const taxRules = async (cin7: Cin7) => said(await lists.taxRules(cin7), "its tax rules");
export const accounts = async (cin7: Cin7) => said(await lists.accounts(cin7), "its accounts");
const locations = async (cin7: Cin7) => said(await lists.locations(cin7), "its locations");
const companyOf = async (cin7: Cin7) => said(await readCompany(cin7), "the company");

const told = async <T>(what: string, read: Promise<ShopRead<T>>) => saidByShop(await read, what);

type TakenAt = (statusId: number) => Record<CaptureRule, Taken[CaptureRule]>;

/** Payment methods that BigCommerce's list leaves out show in the orders of the last 30 days. */
const RECENT_MS = 30 * 86_400_000;

/**
 * Everything there is to choose from, read now from both sides (issue *Setup*): at most 9 calls to BigCommerce and 5 to
 * Cin7 Core, more for long lists. A reading that fails becomes a sentence in `warnings` and the rest is still there;
 * `wait` when Cin7 Core has no call left for us.
 */
export async function readChoices(
  clients: Clients,
  store: StoreRow,
  takenAt: TakenAt,
  now: number,
): Promise<{ is: "read"; choices: Choices } | { is: "wait"; at: number }> {
  const { bigcommerce, cin7 } = clients;
  const none: Reading<never[]> = {
    is: "failed",
    why: "Connect Cin7 Core first: then its tax rules, accounts and locations can be chosen here.",
  };
  const extrasRead = readExtras(clients, store.currency);
  const [classes, methods, recent, statuses, shop, rules, chart, places, me] = await Promise.all([
    told("the tax classes", shopLists.taxClasses(bigcommerce)),
    told("the payment methods", shopLists.paymentMethods(bigcommerce)),
    told("the recent orders", howPaidSince(bigcommerce, new Date(now - RECENT_MS).toISOString())),
    told("the order statuses", shopLists.orderStatuses(bigcommerce)),
    told("the store", readStore(bigcommerce)),
    cin7 ? taxRules(cin7) : none,
    cin7 ? accounts(cin7) : none,
    cin7 ? locations(cin7) : none,
    cin7 ? companyOf(cin7) : none,
  ]);
  const all: Reading<unknown>[] = [classes, methods, recent, statuses, shop, rules, chart, places, me];
  const waits = all.flatMap((r) => (r.is === "wait" ? [r.at] : []));
  if (waits.length) return { is: "wait", at: Math.max(...waits) };

  const extras = await extrasRead;
  const company = me.is === "read" && !Array.isArray(me.value) ? me.value : null;
  const currency = (shop.is === "read" && shop.value.currency) || store.currency;
  const open = rowsIn(chart).filter((a) => a.active);
  const choices: Choices = {
    taxClasses: rowsIn(classes).map(({ id, name }) => ({ id, name })),
    taxRules: rowsIn(rules).map(({ name, percent, active }) => ({ name, percent, active })),
    paymentMethods: methodsOf(
      rowsIn(methods),
      rowsIn(recent).map((o) => ({ method: o.payment_method ?? "", status: o.payment_status ?? "" })),
    ),
    paymentAccounts: open.filter((a) => a.forPayments).map(({ code, name, currency }) => ({ code, name, currency })),
    chargeAccounts: open.filter((a) => CHARGE_CLASSES.has(a.class)).map((a) => ({ code: a.code, name: a.name, class: a.class })),
    stockAccounts: open.filter(holdsStock).map(({ code, name }) => ({ code, name })),
    locations: rowsIn(places)
      .filter((l) => l.sells && !l.deprecated)
      .map(({ id, name, isDefault }) => ({ id, name, isDefault })),
    notForSale: rowsIn(places)
      .filter((l) => l.notForSale)
      .map(({ name }) => name),
    orderStatuses: statusesOf(rowsIn(statuses), takenAt),
    currencies: { bigcommerce: currency, cin7: company?.currency ?? "" },
    ...extras,
    warnings: [...new Set(all.flatMap((r) => (r.is === "failed" ? [r.why] : [])))].concat(
      company ? companyWarnings(company, { currency, timeZone: store.timeZone }) : [],
    ),
  };
  return { is: "read", choices };
}

const CHARGE_CLASSES = new Set(["", "REVENUE", "EXPENSE", "LIABILITY"]);
const rowsIn = <T>(reading: Reading<T[]>): T[] => (reading.is === "read" ? reading.value : []);

/** Customers of Cin7 Core by the beginning of their name, or by e-mail when the text holds an @; 20 at most, one call. */
export async function findCustomers(cin7: Cin7, text: string): Promise<Reading<CustomerChoices["customers"]>> {
  const answer = said(await customers.searchCustomers(cin7, text), "its customers");
  if (answer.is !== "read") return answer;
  const rows = answer.value.filter((c) => c.active).slice(0, 20);
  return { is: "read", value: rows.map(({ id, name, currency, email }) => ({ id, name, currency, email })) };
}

/**
 * The lists that a save needs, read one after the other; the first that cannot be read ends it. `found`: product IDs that
 * were found or created by us, which cost no further call.
 */
export async function readLive(
  cin7: Cin7,
  need: ReadonlySet<LiveList>,
  next: Settings,
  currency: string,
  found: ReadonlySet<string>,
): Promise<Reading<Live>> {
  const live: Live = {};
  if (need.has("currency") && currency) live.currency = currency;
  if (need.has("taxRules")) {
    const read = await taxRules(cin7);
    if (read.is !== "read") return read;
    live.taxRules = read.value.filter((r) => r.active && r.forSale);
  }
  if (need.has("accounts")) {
    const read = await accounts(cin7);
    if (read.is !== "read") return read;
    live.accounts = read.value;
  }
  if (need.has("locations")) {
    const read = await locations(cin7);
    if (read.is !== "read") return read;
    live.locations = read.value.filter((l) => l.sells);
  }
  const chosen = next.customers.defaultCustomer;
  if (need.has("customer") && chosen) {
    const read = await customerById(cin7, chosen.id);
    if (read.is !== "read") return read;
    live.customer = read.value;
  }
  if (need.has("customers")) {
    const found = new Map<string, CustomerChoice | null>();
    for (const id of new Set(next.customers.perCurrency.map((row) => row.customer.id.toLowerCase()))) {
      const read = await customerById(cin7, id);
      if (read.is !== "read") return read;
      found.set(id, read.value);
    }
    live.customers = found;
  }
  if (need.has("representatives")) {
    const read = await readRepresentatives(cin7);
    if (read.is !== "read") return read;
    live.representatives = read.value;
  }
  if (need.has("products")) {
    const items = new Map<string, ProductChoice | null>();
    for (const id of new Set(CHARGE_KEYS.flatMap((key) => next.charges.items[key]?.productId.toLowerCase() ?? []))) {
      if (found.has(id)) continue;
      const read = await productById(cin7, id);
      if (read.is !== "read") return read;
      items.set(id, read.value);
    }
    live.products = items;
  }
  return { is: "read", value: live };
}

export const customerById = async (cin7: Cin7, id: string): Promise<Reading<CustomerChoice | null>> =>
  said(await customers.customerById(cin7, id), "the default customer");

export const productById = async (cin7: Cin7, id: string): Promise<Reading<ProductChoice | null>> =>
  said(await products.productById(cin7, id), "a charge item");
