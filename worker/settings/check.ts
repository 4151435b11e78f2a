import type { Account } from "../cin7/schemas/lists.ts";
import type { Ref, Settings } from "../contract/index.ts";
import { sameGuid } from "../lib/ids.ts";
import { byCode, chargeAccountProblem, paymentAccountProblem, revenueProblem } from "./choices/check-accounts.ts";
import { assemblyAccounts, assemblyProblems, stockAccountProblem } from "./choices/check-assembly.ts";
import { neverMet } from "./choices/payment-methods.ts";
import { owedProblem } from "./choices/tender-accounts.ts";
import type { Fields } from "./document.ts";
import { isDaily } from "./is-daily.ts";
import { CHARGE_KEYS } from "./parts/charges.ts";
import { stockChosen } from "./parts/location.ts";
import { missingSteps } from "./steps.ts";

/**
 * The settings document against what Cin7 Core has now. A list that was not read is not judged: `listsNeeded` says which
 * ones a save touches, so that switching orders off works while Cin7 Core does not answer.
 */
export type Live = {
  /** Active tax rules for sales. */
  taxRules?: readonly { name: string }[];
  accounts?: readonly Account[];
  locations?: readonly { id: string; name: string; deprecated: boolean }[];
  /** The account's own currency. */
  currency?: string;
  /** The chosen default customer; null: Cin7 Core does not know it. */
  customer?: { id: string; name: string; currency: string; active: boolean } | null;
  /** The default customers of other currencies, by ID; null: Cin7 Core does not know it. */
  customers?: ReadonlyMap<string, { id: string; name: string; currency: string; active: boolean } | null>;
  /** Names of Cin7's sales representatives. */
  representatives?: readonly string[];
  /** Charge items by product ID; null: Cin7 Core does not know it. */
  products?: ReadonlyMap<string, { name: string; service: boolean; active: boolean } | null>;
};
export type LiveList = "taxRules" | "accounts" | "locations" | "currency" | "customer" | "customers" | "products" | "representatives";

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Lists that must be read before `next` may replace `previous`: those whose choices change, nearly all on switching on. */
export function listsNeeded(previous: Settings, next: Settings): Set<LiveList> {
  const all = next.orders.on && !previous.orders.on;
  const need = new Set<LiveList>();
  const accounts = (s: Settings) => [
    s.invoice.revenueAccount,
    s.sale.assembly.wipAccount,
    s.sale.assembly.account,
    s.payments.methods.map((m) => [m.account, m.currencies ?? []]),
    s.payments.otherAccount,
    CHARGE_KEYS.map((k) => s.charges.items[k]?.account),
  ];
  const ids = (s: Settings) => CHARGE_KEYS.map((k) => s.charges.items[k]?.productId);
  if (all || differs(previous.tax, next.tax)) need.add("taxRules");
  if (all || differs(accounts(previous), accounts(next))) need.add("accounts").add("currency");
  if (all || differs(previous.location, next.location)) need.add("locations");
  if (all || differs(previous.customers.defaultCustomer, next.customers.defaultCustomer)) need.add("customer").add("currency");
  if (differs(previous.customers.perCurrency, next.customers.perCurrency)) need.add("customers");
  const representatives = (s: Settings) =>
    [s.sale.representative ?? "", ...s.sale.representatives.map((r) => r.representative)].filter(Boolean);
  if (representatives(next).length > 0 && (all || differs(representatives(previous), representatives(next)))) need.add("representatives");
  // Found or created one by one when chosen: read again only when the choice changes.
  if (differs(ids(previous), ids(next))) need.add("products");
  return need;
}

/** Every wrong choice with its sentence; empty: the document may be saved. */
export function check(previous: Settings, next: Settings, live: Live): Fields {
  return {
    ...wrong([
      ...locationsSaid(next, live),
      ...customersSaid(next, live),
      ...taxSaid(next, live),
      ...next.payments.methods.map((method, i): Objection => [`payments.methods.${i}.countsAsPaid`, neverMet(method)]),
      ...accountsSaid(next, live),
      ...chargeItemsSaid(next, live),
      ...representativesSaid(next, live),
      ...togetherSaid(next),
    ]),
    ...assemblyProblems(next),
    ...wrong([channelSaid(next), ...switchedOnSaid(previous, next)]),
  };
}

/** What is said of the field at this path; null: nothing. */
type Objection = [path: string, sentence: string | null];
const wrong = (said: readonly Objection[]): Fields => Object.fromEntries(said.filter((each): each is [string, string] => each[1] !== null));

function locationsSaid(next: Settings, { locations }: Live): Objection[] {
  if (!locations) return [];
  const { location } = next;
  return [
    ["location.salesShipFrom", locationProblem(location.salesShipFrom, locations)],
    ...location.pickups.map((row, i): Objection => [`location.pickups.${i}.location`, locationProblem(row.location, locations)]),
    ...stockChosen(next).map((chosen, i): Objection => [`location.stock.${i}`, stockProblem(chosen, locations)]),
  ];
}

function customersSaid({ customers }: Settings, live: Live): Objection[] {
  const perCurrency = customers.perCurrency.map(({ customer: chosen, currency }, i): Objection => {
    const customer = live.customers?.get(chosen.id.toLowerCase());
    return [`customers.perCurrency.${i}.customer`, customer === undefined ? null : customerProblem(chosen, customer, currency)];
  });
  const { customer, currency } = live;
  const fallback = customer === undefined ? null : customerProblem(customers.defaultCustomer, customer, currency);
  return [...perCurrency, ["customers.defaultCustomer", fallback]];
}

function taxSaid({ tax }: Settings, { taxRules }: Live): Objection[] {
  if (!taxRules) return [];
  const names = new Set(taxRules.map((r) => r.name));
  const gone = (name: string | null) => (name === null || names.has(name) ? null : NO_RULE(name));
  return [
    ...tax.classes.flatMap((c, i) =>
      (["withTax", "withoutTax"] as const).map((side): Objection => [`tax.classes.${i}.${side}`, gone(c[side])]),
    ),
    ...tax.special.map((row, i): Objection => [`tax.special.${i}.rule`, gone(row.rule)]),
  ];
}

function accountsSaid(next: Settings, { accounts, currency }: Live): Objection[] {
  if (!accounts) return [];
  const { invoice, payments, charges } = next;
  const receives = (code: string) => paymentAccountProblem(code, accounts, currency);
  const ofMethods = payments.methods.flatMap((m, i): Objection[] => [
    [
      `payments.methods.${i}.account`,
      m.account === null ? null : (receives(m.account) ?? owedProblem(m, byCode(m.account, accounts), next)),
    ],
    ...(m.currencies ?? []).map(
      (row, j): Objection => [
        `payments.methods.${i}.currencies.${j}.account`,
        paymentAccountProblem(row.account, accounts, row.currency, true),
      ],
    ),
  ]);
  return [
    ["invoice.revenueAccount", invoice.revenueAccount === null ? null : revenueProblem(invoice.revenueAccount, accounts)],
    ...assemblyAccounts(next).map(([path, code]): Objection => [path, code === null ? null : stockAccountProblem(code, accounts)]),
    ...ofMethods,
    ["payments.otherAccount", payments.otherAccount === null ? null : receives(payments.otherAccount)],
    ...CHARGE_KEYS.map((key): Objection => {
      const item = charges.items[key];
      return [`charges.items.${key}.account`, item ? chargeAccountProblem(key, item.account, accounts) : null];
    }),
  ];
}

function chargeItemsSaid({ charges }: Settings, { products }: Live): Objection[] {
  return CHARGE_KEYS.map((key) => {
    const item = charges.items[key];
    return [`charges.items.${key}.productId`, item ? chargeItemProblem(item.name, products?.get(item.productId.toLowerCase())) : null];
  });
}

/** `product` undefined: it was not read. */
function chargeItemProblem(name: string, product: { name: string; service: boolean; active: boolean } | null | undefined): string | null {
  if (product === undefined) return null;
  if (product === null || !product.active) return `Cin7 Core no longer has "${name}" in use. Find or create it again.`;
  return product.service ? null : `"${product.name}" is a stock item in Cin7 Core. A charge item must be of type Service.`;
}

function representativesSaid({ sale }: Settings, { representatives }: Live): Objection[] {
  if (!representatives) return [];
  const known = new Set(representatives.map(fold));
  const gone = (name: string | null) => (name === null || known.has(fold(name)) ? null : NO_REPRESENTATIVE(name));
  return [
    ["sale.representative", gone(sale.representative)],
    ...sale.representatives.map((row, i): Objection => [`sale.representatives.${i}.representative`, gone(row.representative)]),
  ];
}

/** Choices that do not go together, whatever Cin7 Core has. */
function togetherSaid(next: Settings): Objection[] {
  const { customers, invoice, sale } = next;
  const noCustomer = isDaily(next) && !customers.defaultCustomer;
  const neverShipped = invoice.date === "shipped" && invoice.when !== "when-shipped";
  const pickedDraft = sale.status === "draft" && sale.fulfil !== "none";
  return [
    ["orders.consolidate", noCustomer ? "Choose a default customer first, under Customers: one sale a day goes on that customer." : null],
    [
      "invoice.date",
      neverShipped
        ? "An invoice can carry the day of the shipment only when it is made then. Choose another day, or invoice when shipped."
        : null,
    ],
    ["sale.fulfil", pickedDraft ? "A draft order is not picked by itself. Choose an authorised order, or pick by hand." : null],
  ];
}

const channelSaid = ({ sale: { channel } }: Settings): Objection => [
  "sale.channel.text",
  channel.attribute !== null && channel.text === "" ? "Give the text for the additional attribute, for example the store's name." : null,
];

/** While orders are on the location stays; and they are switched on only when the steps to the first order are done. */
function switchedOnSaid(previous: Settings, next: Settings): Objection[] {
  const [was, is] = [previous.orders.on, next.orders.on];
  const placeTaken = is && was && previous.location.salesShipFrom && !next.location.salesShipFrom;
  const missing = is && !was ? missingSteps(next) : [];
  return [
    [
      "location.salesShipFrom",
      placeTaken ? "Orders are on, and each sale ships from a location. Choose another one, or switch orders off first." : null,
    ],
    ["orders.on", missing.length ? `Orders can be switched on when these steps are done: ${missing.join(", ")}.` : null],
  ];
}

const fold = (text: string): string => text.trim().toLowerCase();
const NO_REPRESENTATIVE = (name: string) => `Cin7 Core no longer has the sales representative "${name}". Choose another one.`;
const NO_RULE = (name: string) => `Cin7 Core has no active tax rule for sales named "${name}". Choose another one.`;

function locationProblem(chosen: Ref | null, locations: NonNullable<Live["locations"]>): string | null {
  if (!chosen) return null;
  const found = locations.find((l) => sameGuid(l.id, chosen.id));
  if (!found) return `Cin7 Core no longer has the location "${chosen.name}". Choose another one.`;
  return found.deprecated ? `"${found.name}" is deprecated in Cin7 Core: nothing can be sold from it. Choose another location.` : null;
}

/** The stock of a location counts by its name: of one that is gone there is none any more (F26). */
function stockProblem(chosen: Ref, locations: NonNullable<Live["locations"]>): string | null {
  const found = locations.find((l) => sameGuid(l.id, chosen.id));
  if (!found) return `Cin7 Core no longer has the location "${chosen.name}". Take it out of the stock locations.`;
  return found.deprecated ? `"${found.name}" is deprecated in Cin7 Core. Take it out of the stock locations.` : null;
}

function customerProblem(chosen: Ref | null, customer: NonNullable<Live["customer"]> | null, currency: string | undefined): string | null {
  if (!chosen) return null;
  if (!customer) return `Cin7 Core no longer has the customer "${chosen.name}". Choose another one.`;
  if (!customer.active) return `"${customer.name}" is deprecated in Cin7 Core. Choose another customer.`;
  if (currency && customer.currency.toUpperCase() !== currency.toUpperCase()) {
    return `"${customer.name}" buys in ${customer.currency}; the orders are in ${currency}. Choose a customer with ${currency}.`;
  }
  return null;
}

/** Names as Cin7 Core writes them today: sales refer to locations and charges by name (cin7-core.md 3.7, 2.4). */
export function withLiveNames(settings: Settings, live: Live): Settings {
  const { salesShipFrom } = settings.location;
  const place = salesShipFrom && live.locations?.find((l) => sameGuid(l.id, salesShipFrom.id));
  const customer = settings.customers.defaultCustomer && live.customer;
  const items = { ...settings.charges.items };
  for (const key of CHARGE_KEYS) {
    const item = items[key];
    const product = item && live.products?.get(item.productId.toLowerCase());
    if (item && product) items[key] = { ...item, name: product.name };
  }
  return {
    ...settings,
    location: withPlaces(place ? { ...settings.location, salesShipFrom: { id: place.id, name: place.name } } : settings.location, live),
    customers: customer ? { ...settings.customers, defaultCustomer: { id: customer.id, name: customer.name } } : settings.customers,
    charges: { ...settings.charges, items },
  };
}

/** Pickup locations too go by name on a sale, and stock by the name of its location. */
function withPlaces(location: Settings["location"], live: Live): Settings["location"] {
  const today = (chosen: Ref): Ref => {
    const found = live.locations?.find((l) => sameGuid(l.id, chosen.id));
    return found ? { id: found.id, name: found.name } : chosen;
  };
  const pickups = location.pickups.map((row) => ({ ...row, location: today(row.location) }));
  return { ...location, pickups, stock: location.stock === "all" ? "all" : location.stock.map(today) };
}
