import type { Cin7 } from "../cin7/client.ts";
import * as customers from "../cin7/customer.ts";
import * as lists from "../cin7/lists.ts";
import * as products from "../cin7/product.ts";
import type { CustomerChoice } from "../cin7/schemas/customer.ts";
import type { ProductChoice } from "../cin7/schemas/product.ts";
import type { CustomerChoices, Settings } from "../contract/index.ts";
import { CHARGE_KEYS } from "../settings/parts/charges.ts";
import type { Live, LiveList } from "../settings/parts/live.ts";
import type { KeptLists } from "./lists-flow.ts";
import { type Reading, said } from "./said.ts";

const taxRules = async (cin7: Cin7) => said(await lists.taxRules(cin7), "its tax rules");
export const accounts = async (cin7: Cin7) => said(await lists.accounts(cin7), "its accounts");
const locations = async (cin7: Cin7) => said(await lists.locations(cin7), "its locations");
const representatives = async (cin7: Cin7) => said(await lists.representatives(cin7), "its sales representatives");

/** While Cin7 Core has no call for us, as it was kept. */
const orKept = <T>(read: Reading<T>, kept: { value: T } | undefined): Reading<T> =>
  read.is === "wait" && kept ? { is: "read", value: kept.value } : read;

/** Customers of Cin7 Core by the beginning of their name, or by e-mail when the text holds an @; 20 at most, one call. */
export async function findCustomers(cin7: Cin7, text: string): Promise<Reading<CustomerChoices["customers"]>> {
  const answer = said(await customers.searchCustomers(cin7, text), "its customers");
  if (answer.is !== "read") return answer;
  const rows = answer.value.filter((c) => c.active).slice(0, 20);
  return { is: "read", value: rows.map(({ id, name, currency, email }) => ({ id, name, currency, email })) };
}

/**
 * `found`: product IDs that were found or created by us, which cost no further call. `kept`: what stands for a list while Cin7 Core has no call for it: what
 * is gone meanwhile is found by the daily check like what goes tomorrow.
 */
type Known = { found?: ReadonlySet<string>; kept?: KeptLists };

/** The lists that a save needs, read one after the other; the first that cannot be read ends it. */
export async function readLive(
  cin7: Cin7,
  need: ReadonlySet<LiveList>,
  next: Settings,
  currency: string,
  { found = new Set(), kept = {} }: Known = {},
): Promise<Reading<Live>> {
  const live: Live = {};
  if (need.has("currency") && currency) live.currency = currency;
  if (need.has("taxRules")) {
    const read = orKept(await taxRules(cin7), kept.taxRules);
    if (read.is !== "read") return read;
    live.taxRules = read.value.filter((r) => r.active && r.forSale);
  }
  if (need.has("accounts")) {
    const read = orKept(await accounts(cin7), kept.accounts);
    if (read.is !== "read") return read;
    live.accounts = read.value;
  }
  if (need.has("locations")) {
    const read = orKept(await locations(cin7), kept.locations);
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
    const read = orKept(await representatives(cin7), kept.representatives);
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
