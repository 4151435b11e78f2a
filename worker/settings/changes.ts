import type { Settings } from "../contract/index.ts";
import { CHARGE_ITEMS } from "./choices/charge-items.ts";
import { stockChosen } from "./choices/stock-locations.ts";
import { CHARGE_KEYS } from "./document.ts";
import { startFor } from "./go-live.ts";

/**
 * What changed between two versions, in the words of Setup: one sentence a change, in the order of its pages. Empty: nothing.
 * `zone`: the store's, for days. E.g. "Tax: Default Tax Class when tax was charged: GST on Income → Tax Exempt".
 */
export function changes(before: Settings, after: Settings, zone: string): string[] {
  const said: string[] = [];
  const say = (what: string, from: string | null, to: string | null) => {
    if (from !== to) said.push(`${what}: ${from ?? "none"} → ${to ?? "none"}`);
  };
  /** Rows of a list, each known by a word and saying another. */
  function lists<T>(what: string, from: readonly T[], to: readonly T[], keyOf: (row: T) => string, saidOf: (row: T) => string) {
    for (const key of new Set([...from, ...to].map(keyOf))) {
      const [a, b] = [from.find((row) => keyOf(row) === key), to.find((row) => keyOf(row) === key)];
      say(`${what} ${key}`, a ? saidOf(a) : null, b ? saidOf(b) : null);
    }
  }
  const onOff = (on: boolean) => (on ? "on" : "off");

  say("Orders", onOff(before.orders.on), onOff(after.orders.on));
  say("Take orders when they are", before.orders.captureWhen, after.orders.captureWhen);
  say("Take orders from", startFor(before.orders.takeFrom, zone), startFor(after.orders.takeFrom, zone));
  say("Sales in Cin7 Core", CONSOLIDATE[before.orders.consolidate], CONSOLIDATE[after.orders.consolidate]);
  say("Consolidation time", before.orders.consolidateAt, after.orders.consolidateAt);
  say("When a SKU stays unknown", UNKNOWN[before.orders.unknownSku], UNKNOWN[after.orders.unknownSku]);
  say(
    "Default customer",
    nameOf(before.customers.defaultCustomer, after.customers.defaultCustomer),
    nameOf(after.customers.defaultCustomer, before.customers.defaultCustomer),
  );
  lists(
    "Default customer for",
    before.customers.perCurrency,
    after.customers.perCurrency,
    (r) => r.currency,
    (r) => r.customer.name,
  );
  say("Company begins the address", onOff(before.customers.companyInAddress), onOff(after.customers.companyInAddress));
  say("Guests", GUESTS[before.customers.guests], GUESTS[after.customers.guests]);
  say(
    "Sales ship from",
    nameOf(before.location.salesShipFrom, after.location.salesShipFrom),
    nameOf(after.location.salesShipFrom, before.location.salesShipFrom),
  );
  lists(
    "Pickup at",
    before.location.pickups,
    after.location.pickups,
    (r) => r.name,
    (r) => r.location.name,
  );
  say("Stock locations", stockWords(before, after), stockWords(after, before));
  say("Order in Cin7", ORDER[before.sale.status], ORDER[after.sale.status]);
  say("Pick, pack and ship", FULFIL[before.sale.fulfil], FULFIL[after.sale.fulfil]);
  say("Assemble bundles", ASSEMBLE[before.sale.assembly.mode], ASSEMBLE[after.sale.assembly.mode]);
  say("Cin7 Core's own auto-assembly", ownAssembly(before), ownAssembly(after));
  say("Account for work in progress", before.sale.assembly.wipAccount, after.sale.assembly.wipAccount);
  say("Account for finished goods", before.sale.assembly.account, after.sale.assembly.account);
  say("Sales representative", before.sale.representative, after.sale.representative);
  lists(
    "Sales representative for",
    before.sale.representatives,
    after.sale.representatives,
    (r) => `${r.by === "group" ? "customer group" : "channel"} ${r.name}`,
    (r) => r.representative,
  );
  say("Additional attribute for the store", attribute(before), attribute(after));
  say("Before the order number", before.sale.referencePrefix || null, after.sale.referencePrefix || null);
  say("When to invoice", WHEN[before.invoice.when], WHEN[after.invoice.when]);
  say("Day of the invoice", DAY[before.invoice.date], DAY[after.invoice.date]);
  say("While books are locked", LOCKED[before.invoice.lockedBooks], LOCKED[after.invoice.lockedBooks]);
  say("Invoice", INVOICE[before.invoice.status], INVOICE[after.invoice.status]);
  say("Revenue account", before.invoice.revenueAccount, after.invoice.revenueAccount);

  each(before.tax.classes, after.tax.classes, (c) => c.classId, {
    gone: (c) => said.push(`Tax: ${c.className} removed`),
    both: (a, b) => {
      say("Tax: name of the class", a.className, b.className);
      say(`Tax: ${b.className} when tax was charged`, a.withTax, b.withTax);
      say(`Tax: ${b.className} when no tax was charged`, a.withoutTax, b.withoutTax);
    },
    come: (c) => {
      said.push(`Tax: ${c.className} added`);
      say(`Tax: ${c.className} when tax was charged`, null, c.withTax);
      say(`Tax: ${c.className} when no tax was charged`, null, c.withoutTax);
    },
  });
  if (before.tax.pricesIncludeTax !== null) say("Prices in the shop", basis(before), basis(after));
  const which = (s: Settings["tax"]["special"][number]) =>
    `${s.classId === null ? "every class" : `class ${s.classId}`} ${s.side === "with" ? "when tax was charged" : "when no tax was charged"}${s.taxName ? `, tax ${s.taxName}` : ""}${s.country ? `, country ${s.country}` : ""}${s.customers ? ", tax-exempt customers" : ""}`;
  lists("Tax: special rule for", before.tax.special, after.tax.special, which, (s) => s.rule);
  lists(
    "Rate for",
    before.currency.rates,
    after.currency.rates,
    (r) => r.currency,
    (r) => r.rate,
  );
  const inCurrencies = (settings: Settings) =>
    settings.payments.methods.flatMap((m) => (m.currencies ?? []).map((c) => ({ what: `${m.name} in ${c.currency}`, account: c.account })));
  lists(
    "Payments:",
    inCurrencies(before),
    inCurrencies(after),
    (r) => r.what,
    (r) => r.account,
  );
  say("Payments", onOff(before.payments.on), onOff(after.payments.on));
  say("Payments: unpaid orders hold their stock", daysOf(before.payments.unpaidDays), daysOf(after.payments.unpaidDays));
  each(before.payments.methods, after.payments.methods, (m) => m.key, {
    gone: (m) => said.push(`Payments: ${m.name} removed`),
    both: (a, b) => {
      say("Payments: name of the method", a.name, b.name);
      say(`Payments: ${b.name}, account`, a.account, b.account);
      say(`Payments: ${b.name} counts as paid`, PAID[a.countsAsPaid], PAID[b.countsAsPaid]);
      say(`Payments: ${b.name}, unpaid orders hold their stock`, daysOf(a.unpaidDays), daysOf(b.unpaidDays));
    },
    come: (m) => said.push(`Payments: ${m.name} added, account ${m.account ?? "none"}, counts as paid ${PAID[m.countsAsPaid]}`),
  });
  say("Payments: every other method, account", before.payments.otherAccount, after.payments.otherAccount);
  for (const key of CHARGE_KEYS) {
    const [a, b] = [before.charges.items[key], after.charges.items[key]];
    const label = `Charges: ${CHARGE_ITEMS[key].name}`;
    say(label, a?.name ?? null, b?.name ?? null);
    if (a && b && a.name === b.name && a.productId !== b.productId) said.push(`${label}: another item of the same name`);
    say(`${label}, account`, a?.account ?? null, b?.account ?? null);
  }
  say("Each coupon as a charge of its own", onOff(before.charges.loadCouponCodes), onOff(after.charges.loadCouponCodes));
  say("Discounts lower the line prices", onOff(before.charges.spreadDiscounts), onOff(after.charges.spreadDiscounts));
  say("Sale number on the order in BigCommerce", onOff(before.seen.metafield), onOff(after.seen.metafield));
  say("Sale number in the staff notes in BigCommerce", onOff(before.seen.staffNote), onOff(after.seen.staffNote));
  say("Days that names and messages of finished orders are kept", String(before.keep.days), String(after.keep.days));
  say("Rounding: at most, per document", before.rounding.cap, after.rounding.cap);
  return said;
}

const daysOf = (days: number | undefined): string =>
  days === undefined ? "as other methods" : days === 0 ? "not at all" : days === 1 ? "1 day" : `${days} days`;
const CONSOLIDATE = { each: "each order as it comes", daily: "one sale a day" };
const UNKNOWN = { "service-line": "a line without stock", hold: "hold the order" };
const GUESTS = { "per-email": "one customer per e-mail", "default-customer": "all on the default customer" };
const INVOICE = { draft: "draft", authorised: "authorised", none: "no invoice" };
const ORDER = { authorised: "authorised", draft: "draft" };
const FULFIL = { none: "by hand", pick: "picked", "pick-pack": "picked and packed", "pick-pack-ship": "picked, packed and shipped" };
const ASSEMBLE = { never: "never", ordered: "for the ordered quantity", missing: "only what is missing for picking" };
const ownAssembly = ({ sale }: Settings): string | null => (sale.assembly.cin7 ? ASSEMBLE[sale.assembly.cin7] : null);
const WHEN = { "with-order": "with the order", "when-shipped": "when it is shipped" };
const DAY = { met: "when the order was taken", placed: "when it was placed", shipped: "when it was shipped" };
const LOCKED = { ask: "ask", "first-open-day": "the first open day" };
const attribute = ({ sale }: Settings): string | null =>
  sale.channel.attribute && sale.channel.text ? `${sale.channel.text} in number ${sale.channel.attribute}` : null;
const basis = ({ tax }: Settings): string => (tax.pricesIncludeTax ? "with tax" : "without tax");
const PAID = {
  captured: "when captured",
  "awaiting-fulfillment": "when the order is Awaiting Fulfillment or later",
  never: "never, on account",
};

const stockWords = (settings: Settings, other: Settings): string =>
  settings.location.stock === "all"
    ? "all"
    : settings.location.stock.map((ref) => nameOf(ref, stockChosen(other).find(({ name }) => name === ref.name) ?? null)).join(", ");

/** Two things of one name differ by ID only: then the ID is said as well. */
function nameOf(ref: { id: string; name: string } | null, other: { id: string; name: string } | null): string | null {
  if (!ref) return null;
  return other && other.name === ref.name && other.id !== ref.id ? `${ref.name} (${ref.id})` : ref.name;
}

function each<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (row: T) => string | number,
  tell: { gone(row: T): void; both(a: T, b: T): void; come(row: T): void },
): void {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Set(after.map(keyOf));
  for (const row of before) if (!now.has(keyOf(row))) tell.gone(row);
  for (const row of after) {
    const was = old.get(keyOf(row));
    if (was) tell.both(was, row);
    else tell.come(row);
  }
}
