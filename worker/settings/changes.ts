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
  const told: string[] = [];
  const teller = tellerOf(told);
  ordersChanged(teller, before.orders, after.orders, zone);
  customersChanged(teller, before.customers, after.customers);
  locationsChanged(teller, before, after);
  saleChanged(teller, before.sale, after.sale);
  invoiceChanged(teller, before.invoice, after.invoice);
  taxChanged(teller, before.tax, after.tax);
  currencyChanged(teller, before, after);
  paymentsChanged(teller, before.payments, after.payments);
  chargesChanged(teller, before.charges, after.charges);
  teller.say("Sale number on the order in BigCommerce", onOff(before.seen.metafield), onOff(after.seen.metafield));
  teller.say("Sale number in the staff notes in BigCommerce", onOff(before.seen.staffNote), onOff(after.seen.staffNote));
  teller.say("Days that names and messages of finished orders are kept", String(before.keep.days), String(after.keep.days));
  teller.say("Rounding: at most, per document", before.rounding.cap, after.rounding.cap);
  return told;
}

/** `say` tells one setting if it differs, `lists` rows of a list that are each known by a word and say another, `line` a whole sentence. */
type Teller = {
  line(sentence: string): void;
  say(what: string, from: string | null, to: string | null): void;
  lists<T>(what: string, from: readonly T[], to: readonly T[], row: { key(row: T): string; says(row: T): string }): void;
};

function tellerOf(told: string[]): Teller {
  const say: Teller["say"] = (what, from, to) => {
    if (from !== to) told.push(`${what}: ${from ?? "none"} → ${to ?? "none"}`);
  };
  return {
    line: (sentence) => void told.push(sentence),
    say,
    lists: (what, from, to, { key, says }) => {
      for (const word of new Set([...from, ...to].map(key))) {
        const [a, b] = [from.find((row) => key(row) === word), to.find((row) => key(row) === word)];
        say(`${what} ${word}`, a ? says(a) : null, b ? says(b) : null);
      }
    },
  };
}

type Part<K extends keyof Settings> = Settings[K];

function ordersChanged({ say }: Teller, before: Part<"orders">, after: Part<"orders">, zone: string): void {
  say("Orders", onOff(before.on), onOff(after.on));
  say("Take orders when they are", before.captureWhen, after.captureWhen);
  say("Take orders from", startFor(before.takeFrom, zone), startFor(after.takeFrom, zone));
  say("Sales in Cin7 Core", CONSOLIDATE[before.consolidate], CONSOLIDATE[after.consolidate]);
  say("Consolidation time", before.consolidateAt, after.consolidateAt);
  say("When a SKU stays unknown", UNKNOWN[before.unknownSku], UNKNOWN[after.unknownSku]);
}

function customersChanged({ say, lists }: Teller, before: Part<"customers">, after: Part<"customers">): void {
  say("Default customer", nameOf(before.defaultCustomer, after.defaultCustomer), nameOf(after.defaultCustomer, before.defaultCustomer));
  lists("Default customer for", before.perCurrency, after.perCurrency, { key: (r) => r.currency, says: (r) => r.customer.name });
  say("Company begins the address", onOff(before.companyInAddress), onOff(after.companyInAddress));
  say("Guests", GUESTS[before.guests], GUESTS[after.guests]);
}

function locationsChanged({ say, lists }: Teller, before: Settings, after: Settings): void {
  const [from, to] = [before.location, after.location];
  say("Sales ship from", nameOf(from.salesShipFrom, to.salesShipFrom), nameOf(to.salesShipFrom, from.salesShipFrom));
  lists("Pickup at", from.pickups, to.pickups, { key: (r) => r.name, says: (r) => r.location.name });
  say("Stock locations", stockWords(before, after), stockWords(after, before));
}

function saleChanged({ say, lists }: Teller, before: Part<"sale">, after: Part<"sale">): void {
  say("Order in Cin7", ORDER[before.status], ORDER[after.status]);
  say("Pick, pack and ship", FULFIL[before.fulfil], FULFIL[after.fulfil]);
  say("Assemble bundles", ASSEMBLE[before.assembly.mode], ASSEMBLE[after.assembly.mode]);
  say("Cin7 Core's own auto-assembly", ownAssembly(before), ownAssembly(after));
  say("Account for work in progress", before.assembly.wipAccount, after.assembly.wipAccount);
  say("Account for finished goods", before.assembly.account, after.assembly.account);
  say("Sales representative", before.representative, after.representative);
  lists("Sales representative for", before.representatives, after.representatives, {
    key: (r) => `${r.by === "group" ? "customer group" : "channel"} ${r.name}`,
    says: (r) => r.representative,
  });
  say("Additional attribute for the store", attribute(before), attribute(after));
  say("Before the order number", before.referencePrefix || null, after.referencePrefix || null);
}

function invoiceChanged({ say }: Teller, before: Part<"invoice">, after: Part<"invoice">): void {
  say("When to invoice", WHEN[before.when], WHEN[after.when]);
  say("Day of the invoice", DAY[before.date], DAY[after.date]);
  say("While books are locked", LOCKED[before.lockedBooks], LOCKED[after.lockedBooks]);
  say("Invoice", INVOICE[before.status], INVOICE[after.status]);
  say("Revenue account", before.revenueAccount, after.revenueAccount);
}

function taxChanged({ say, lists, line }: Teller, before: Part<"tax">, after: Part<"tax">): void {
  each(before.classes, after.classes, (c) => c.classId, {
    gone: (c) => line(`Tax: ${c.className} removed`),
    both: (a, b) => {
      say("Tax: name of the class", a.className, b.className);
      say(`Tax: ${b.className} when tax was charged`, a.withTax, b.withTax);
      say(`Tax: ${b.className} when no tax was charged`, a.withoutTax, b.withoutTax);
    },
    come: (c) => {
      line(`Tax: ${c.className} added`);
      say(`Tax: ${c.className} when tax was charged`, null, c.withTax);
      say(`Tax: ${c.className} when no tax was charged`, null, c.withoutTax);
    },
  });
  if (before.pricesIncludeTax !== null) say("Prices in the shop", basis(before), basis(after));
  lists("Tax: special rule for", before.special, after.special, { key: specialCase, says: (s) => s.rule });
}

/** The orders that a special rule is for, in words. */
const specialCase = (s: Part<"tax">["special"][number]): string =>
  `${s.classId === null ? "every class" : `class ${s.classId}`} ${s.side === "with" ? "when tax was charged" : "when no tax was charged"}${s.taxName ? `, tax ${s.taxName}` : ""}${s.country ? `, country ${s.country}` : ""}${s.customers ? ", tax-exempt customers" : ""}`;

function currencyChanged({ lists }: Teller, before: Settings, after: Settings): void {
  lists("Rate for", before.currency.rates, after.currency.rates, { key: (r) => r.currency, says: (r) => r.rate });
  const inCurrencies = (settings: Settings) =>
    settings.payments.methods.flatMap((m) => (m.currencies ?? []).map((c) => ({ what: `${m.name} in ${c.currency}`, account: c.account })));
  lists("Payments:", inCurrencies(before), inCurrencies(after), { key: (r) => r.what, says: (r) => r.account });
}

function paymentsChanged({ say, line }: Teller, before: Part<"payments">, after: Part<"payments">): void {
  say("Payments", onOff(before.on), onOff(after.on));
  say("Payments: unpaid orders hold their stock", daysOf(before.unpaidDays), daysOf(after.unpaidDays));
  each(before.methods, after.methods, (m) => m.key, {
    gone: (m) => line(`Payments: ${m.name} removed`),
    both: (a, b) => {
      say("Payments: name of the method", a.name, b.name);
      say(`Payments: ${b.name}, account`, a.account, b.account);
      say(`Payments: ${b.name} counts as paid`, PAID[a.countsAsPaid], PAID[b.countsAsPaid]);
      say(`Payments: ${b.name}, unpaid orders hold their stock`, daysOf(a.unpaidDays), daysOf(b.unpaidDays));
    },
    come: (m) => line(`Payments: ${m.name} added, account ${m.account ?? "none"}, counts as paid ${PAID[m.countsAsPaid]}`),
  });
  say("Payments: every other method, account", before.otherAccount, after.otherAccount);
}

function chargesChanged({ say, line }: Teller, before: Part<"charges">, after: Part<"charges">): void {
  for (const key of CHARGE_KEYS) {
    const [a, b] = [before.items[key], after.items[key]];
    const label = `Charges: ${CHARGE_ITEMS[key].name}`;
    say(label, a?.name ?? null, b?.name ?? null);
    if (a && b && a.name === b.name && a.productId !== b.productId) line(`${label}: another item of the same name`);
    say(`${label}, account`, a?.account ?? null, b?.account ?? null);
  }
  say("Each coupon as a charge of its own", onOff(before.loadCouponCodes), onOff(after.loadCouponCodes));
  say("Discounts lower the line prices", onOff(before.spreadDiscounts), onOff(after.spreadDiscounts));
}

const onOff = (on: boolean): string => (on ? "on" : "off");
const daysOf = (days: number | undefined): string =>
  days === undefined ? "as other methods" : days === 0 ? "not at all" : days === 1 ? "1 day" : `${days} days`;
const CONSOLIDATE = { each: "each order as it comes", daily: "one sale a day" };
const UNKNOWN = { "service-line": "a line without stock", hold: "hold the order" };
const GUESTS = { "per-email": "one customer per e-mail", "default-customer": "all on the default customer" };
const INVOICE = { draft: "draft", authorised: "authorised", none: "no invoice" };
const ORDER = { authorised: "authorised", draft: "draft" };
const FULFIL = { none: "by hand", pick: "picked", "pick-pack": "picked and packed", "pick-pack-ship": "picked, packed and shipped" };
const ASSEMBLE = { never: "never", ordered: "for the ordered quantity", missing: "only what is missing for picking" };
const ownAssembly = ({ assembly }: Part<"sale">): string | null => (assembly.cin7 ? ASSEMBLE[assembly.cin7] : null);
const WHEN = { "with-order": "with the order", "when-shipped": "when it is shipped" };
const DAY = { met: "when the order was taken", placed: "when it was placed", shipped: "when it was shipped" };
const LOCKED = { ask: "ask", "first-open-day": "the first open day" };
const attribute = ({ channel }: Part<"sale">): string | null =>
  channel.attribute && channel.text ? `${channel.text} in number ${channel.attribute}` : null;
const basis = ({ pricesIncludeTax }: Part<"tax">): string => (pricesIncludeTax ? "with tax" : "without tax");
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
