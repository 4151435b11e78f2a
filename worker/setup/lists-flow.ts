import type { Clients } from "../api/access.ts";
import * as shop from "../bigcommerce/lists.ts";
import { howPaidSince } from "../bigcommerce/order.ts";
import { mapped, type ShopRead } from "../bigcommerce/reading.ts";
import { readStore } from "../bigcommerce/store.ts";
import type { Cin7 } from "../cin7/client.ts";
import { readCompany } from "../cin7/company.ts";
import * as cin7Lists from "../cin7/lists.ts";
import type { Read } from "../cin7/reading.ts";
import { type Reading, said, saidByShop } from "./said.ts";

/**
 * Everything that Setup lets choose from, list by list: at most 9 calls to BigCommerce and 5 to Cin7 Core, more for long lists.
 * Each list is kept with its time, so that Setup opens whatever waits for Cin7 (docs/decisions/0039).
 */
export type From = Clients & { now: number };

/** Payment methods that BigCommerce's list leaves out show in the orders of the last 30 days. */
const RECENT_MS = 30 * 86_400_000;

const ofShop =
  <T>(what: string, read: (from: From) => Promise<ShopRead<T>>) =>
  async (from: From): Promise<Reading<T>> =>
    saidByShop(await read(from), what);

const UNLINKED = "Connect Cin7 Core first: then its tax rules, accounts and locations can be chosen here.";
const ofCin7 =
  <T>(what: string, read: (cin7: Cin7) => Promise<Read<T>>) =>
  async ({ cin7 }: From): Promise<Reading<T>> =>
    cin7 ? said(await read(cin7), what) : { is: "failed", why: UNLINKED };

/** In the order in which they take their calls, and in which it is said that one could not be read. */
const LISTS = {
  taxClasses: ofShop("the tax classes", ({ bigcommerce }) => shop.taxClasses(bigcommerce)),
  methods: ofShop("the payment methods", ({ bigcommerce }) => shop.paymentMethods(bigcommerce)),
  recent: ofShop("the recent orders", ({ bigcommerce, now }) => howPaidSince(bigcommerce, new Date(now - RECENT_MS).toISOString())),
  statuses: ofShop("the order statuses", ({ bigcommerce }) => shop.orderStatuses(bigcommerce)),
  shop: ofShop("the store", async ({ bigcommerce }) => mapped(await readStore(bigcommerce), ({ currency }) => ({ currency }))),
  taxRules: ofCin7("its tax rules", cin7Lists.taxRules),
  accounts: ofCin7("its accounts", cin7Lists.accounts),
  locations: ofCin7("its locations", cin7Lists.locations),
  company: ofCin7("the company", readCompany),
  currencies: ofShop("the currencies", ({ bigcommerce }) => shop.currencies(bigcommerce)),
  pickups: ofShop("the locations", ({ bigcommerce }) => shop.locations(bigcommerce)),
  channels: ofShop("the channels", ({ bigcommerce }) => shop.channels(bigcommerce)),
  groups: ofShop("the customer groups", ({ bigcommerce }) => shop.customerGroups(bigcommerce)),
  representatives: ofCin7("its sales representatives", cin7Lists.representatives),
};
type Name = keyof typeof LISTS;
type ValueOf<K extends Name> = Extract<Awaited<ReturnType<(typeof LISTS)[K]>>, { is: "read" }>["value"];
export type Lists = { [K in Name]?: ValueOf<K> };
/** `at`: when it was read (ISO 8601 UTC). */
export type KeptLists = { [K in Name]?: { at: string; value: ValueOf<K> } };

/** Choices that many shops never touch (M16, M25, F30): simply not offered where a permission or a plan keeps them back. */
const QUIET: ReadonlySet<Name> = new Set(["currencies", "pickups", "channels", "groups", "representatives"]);

/** `wait`: until when Cin7 Core has no call for a list that was never read (epoch milliseconds); null: none waits. */
export type ListsRead = { kept: KeptLists; changed: boolean; warnings: string[]; wait: number | null };

/** Reads what is not kept, or all anew; a list that cannot be read stays as it was kept. */
export async function readLists(from: From, kept: KeptLists, all: boolean): Promise<ListsRead> {
  const at = new Date(from.now).toISOString();
  const names = (Object.keys(LISTS) as Name[]).filter((name) => all || !kept[name]);
  const readings = await Promise.all(names.map(async (name) => ({ name, reading: (await LISTS[name](from)) as Reading<unknown> })));
  const read = readings.flatMap(({ name, reading }) => {
    if (reading.is === "read") return [[name, { at, value: reading.value }] as const];
    // What a permission keeps back is not asked for with every page.
    return reading.is === "failed" && QUIET.has(name) && from.cin7 && !kept[name] ? [[name, { at, value: [] }] as const] : [];
  });
  const spoken = readings.filter(({ name }) => !QUIET.has(name));
  const waits = spoken.flatMap(({ name, reading }) => (reading.is === "wait" && !kept[name] ? [reading.at] : []));
  return {
    kept: { ...kept, ...Object.fromEntries(read) },
    changed: read.length > 0,
    warnings: [...new Set(spoken.flatMap(({ reading }) => (reading.is === "failed" ? [reading.why] : [])))],
    wait: waits.length > 0 ? Math.max(...waits) : null,
  };
}

/** Nothing is left to read for a store that is linked. */
export const isWhole = (kept: KeptLists): boolean => Object.keys(LISTS).every((name) => name in kept);

/** As they are kept, without their times. */
export const listsIn = (kept: KeptLists): Lists => Object.fromEntries(Object.entries(kept).map(([name, { value }]) => [name, value]));

/** When the oldest of them was read; null: none was. */
export const oldestOf = (kept: KeptLists): string | null =>
  Object.values(kept)
    .map(({ at }) => at)
    .sort()[0] ?? null;
