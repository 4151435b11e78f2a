import type { Account } from "../cin7/schemas/lists.ts";
import type { ChargeKey, Ref, Settings } from "../contract/index.ts";
import { sameGuid } from "../lib/ids.ts";
import { assemblyAccounts, assemblyProblems, stockAccountProblem } from "./choices/check-assembly.ts";
import { neverMet } from "./choices/payment-methods.ts";
import { stockChosen } from "./choices/stock-locations.ts";
import { owedProblem } from "./choices/tender-accounts.ts";
import { CHARGE_KEYS, type Fields } from "./document.ts";
import { isDaily } from "./is-daily.ts";
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
export type List = "taxRules" | "accounts" | "locations" | "currency" | "customer" | "customers" | "products" | "representatives";

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Lists that must be read before `next` may replace `previous`: those whose choices change, nearly all on switching on. */
export function listsNeeded(previous: Settings, next: Settings): Set<List> {
  const all = next.orders.on && !previous.orders.on;
  const need = new Set<List>();
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
  const fields: Fields = {};
  const say = (path: string, sentence: string | null) => {
    if (sentence !== null) fields[path] = sentence;
  };
  if (live.locations) {
    say("location.salesShipFrom", locationProblem(next.location.salesShipFrom, live.locations));
    for (const [i, row] of next.location.pickups.entries())
      say(`location.pickups.${i}.location`, locationProblem(row.location, live.locations));
    for (const [i, chosen] of stockChosen(next).entries()) say(`location.stock.${i}`, stockProblem(chosen, live.locations));
  }
  for (const [i, row] of next.customers.perCurrency.entries()) {
    const customer = live.customers?.get(row.customer.id.toLowerCase());
    if (customer !== undefined) say(`customers.perCurrency.${i}.customer`, customerProblem(row.customer, customer, row.currency));
  }
  if (live.customer !== undefined)
    say("customers.defaultCustomer", customerProblem(next.customers.defaultCustomer, live.customer, live.currency));
  if (live.taxRules) {
    const names = new Set(live.taxRules.map((r) => r.name));
    next.tax.classes.forEach((c, i) => {
      for (const side of ["withTax", "withoutTax"] as const) {
        const name = c[side];
        if (name !== null && !names.has(name)) {
          say(`tax.classes.${i}.${side}`, NO_RULE(name));
        }
      }
    });
    for (const [i, row] of next.tax.special.entries()) if (!names.has(row.rule)) say(`tax.special.${i}.rule`, NO_RULE(row.rule));
  }
  for (const [i, method] of next.payments.methods.entries()) say(`payments.methods.${i}.countsAsPaid`, neverMet(method));
  if (live.accounts) {
    const { accounts } = live;
    say("invoice.revenueAccount", next.invoice.revenueAccount === null ? null : revenueProblem(next.invoice.revenueAccount, accounts));
    for (const [path, code] of assemblyAccounts(next)) say(path, code === null ? null : stockAccountProblem(code, accounts));
    next.payments.methods.forEach((m, i) => {
      if (m.account !== null)
        say(
          `payments.methods.${i}.account`,
          paymentAccountProblem(m.account, accounts, live.currency) ?? owedProblem(m, byCode(m.account, accounts), next),
        );
      for (const [j, row] of (m.currencies ?? []).entries())
        say(`payments.methods.${i}.currencies.${j}.account`, paymentAccountProblem(row.account, accounts, row.currency, true));
    });
    if (next.payments.otherAccount !== null)
      say("payments.otherAccount", paymentAccountProblem(next.payments.otherAccount, accounts, live.currency));
    for (const key of CHARGE_KEYS) {
      const item = next.charges.items[key];
      if (item) say(`charges.items.${key}.account`, chargeAccountProblem(key, item.account, accounts));
    }
  }
  if (live.products) {
    for (const key of CHARGE_KEYS) {
      const item = next.charges.items[key];
      const product = item && live.products.get(item.productId.toLowerCase());
      if (product === undefined || !item) continue;
      if (product === null || !product.active)
        say(`charges.items.${key}.productId`, `Cin7 Core no longer has "${item.name}" in use. Find or create it again.`);
      else if (!product.service)
        say(`charges.items.${key}.productId`, `"${product.name}" is a stock item in Cin7 Core. A charge item must be of type Service.`);
    }
  }
  if (live.representatives) {
    const known = new Set(live.representatives.map(fold));
    const gone = (name: string | null) => (name === null || known.has(fold(name)) ? null : NO_REPRESENTATIVE(name));
    say("sale.representative", gone(next.sale.representative));
    for (const [i, row] of next.sale.representatives.entries()) say(`sale.representatives.${i}.representative`, gone(row.representative));
  }
  if (isDaily(next) && !next.customers.defaultCustomer)
    say("orders.consolidate", "Choose a default customer first, under Customers: one sale a day goes on that customer.");
  if (next.invoice.date === "shipped" && next.invoice.when !== "when-shipped")
    say(
      "invoice.date",
      "An invoice can carry the day of the shipment only when it is made then. Choose another day, or invoice when shipped.",
    );
  if (next.sale.status === "draft" && next.sale.fulfil !== "none")
    say("sale.fulfil", "A draft order is not picked by itself. Choose an authorised order, or pick by hand.");
  for (const [path, sentence] of Object.entries(assemblyProblems(next))) say(path, sentence);
  if (next.sale.channel.attribute !== null && next.sale.channel.text === "")
    say("sale.channel.text", "Give the text for the additional attribute, for example the store's name.");
  if (next.orders.on && previous.orders.on && previous.location.salesShipFrom && !next.location.salesShipFrom)
    say("location.salesShipFrom", "Orders are on, and each sale ships from a location. Choose another one, or switch orders off first.");
  const missing = next.orders.on && !previous.orders.on ? missingSteps(next) : [];
  if (missing.length) say("orders.on", `Orders can be switched on when these steps are done: ${missing.join(", ")}.`);
  return fields;
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

const byCode = (code: string, accounts: readonly Account[]) => accounts.find((a) => a.code.toLowerCase() === code.toLowerCase());
const gone = (code: string, account: Account | undefined): string | null => {
  if (!account) return `Cin7 Core has no account ${code}. Choose another one.`;
  return account.active ? null : `Account ${account.code} ${account.name} is not active in Cin7 Core. Choose another one.`;
};

function revenueProblem(code: string, accounts: readonly Account[]): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  return account.class === "" || account.class === "REVENUE" ? null : `Account ${account.code} ${account.name} is not a revenue account.`;
}

/** An account that receives money, in the currency of the orders (M9); `named`: the account must say this currency itself. */
function paymentAccountProblem(code: string, accounts: readonly Account[], currency: string | undefined, named = false): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  if (!account.forPayments) return `Account ${account.code} ${account.name} cannot receive payments. Choose an account that can.`;
  if (named && !account.currency)
    return `Account ${account.code} ${account.name} is in the currency of the books. Choose an account in ${currency}.`;
  if (currency && account.currency && account.currency.toUpperCase() !== currency.toUpperCase()) {
    return `Account ${account.code} ${account.name} is in ${account.currency}; the orders are in ${currency}. Choose an account in ${currency}.`;
  }
  return null;
}

/** The account of a charge; gift certificates are a debt to the shopper, paid back through the same account (M7). */
export function chargeAccountProblem(key: ChargeKey, code: string, accounts: readonly Account[]): string | null {
  const account = byCode(code, accounts);
  const bad = gone(code, account);
  if (bad || !account) return bad;
  const which = `Account ${account.code} ${account.name}`;
  if (key === "gift-certificate") {
    if (account.class !== "" && account.class !== "LIABILITY")
      return `${which} is not a liability. A gift certificate is money that you owe until it is used.`;
    return account.forPayments
      ? null
      : `${which} cannot receive payments. Gift certificates are paid with through this account: let it receive payments in Cin7 Core.`;
  }
  if (key === "rounding" || account.class === "" || account.class === "REVENUE" || account.class === "EXPENSE") return null;
  return `${which} is neither revenue nor expense. Choose another account.`;
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
