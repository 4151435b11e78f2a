import type { Choices, Ref, Settings } from "../contract/index.ts";

/**
 * What Setup begins with: everything that both sides already tell, proposed for one look. What a person chose stays; what is not sure
 * stays empty and is asked. Pure.
 */
export type BothSides = {
  settings: Settings;
  choices: Pick<Choices, "taxClasses" | "taxRules" | "paymentMethods" | "paymentAccounts" | "liabilities" | "locations" | "currencies">;
  /** Rates of recent orders by tax class, such as 0 → ["10"]. */
  rates: ReadonlyMap<number, ReadonlySet<string>>;
  /** ISO code of the store's country. */
  country: string;
  /** The customer in Cin7 Core that already stands for orders of the shop; null: none was found. */
  customer: Ref | null;
};

type Rule = BothSides["choices"]["taxRules"][number];
type TaxClass = Settings["tax"]["classes"][number];

export function propose(seen: BothSides): Settings {
  const settings = structuredClone(seen.settings);
  settings.location.salesShipFrom ??= placeOf(seen.choices.locations);
  settings.customers.defaultCustomer ??= seen.customer;
  settings.tax.classes = classesOf(seen);
  settings.payments.methods = methodsOf(seen);
  return settings;
}

/** Cin7's own default, or the only one. */
function placeOf(locations: BothSides["choices"]["locations"]): Ref | null {
  const found = locations.find((l) => l.isDefault) ?? (locations.length === 1 ? locations[0] : undefined);
  return found ? { id: found.id, name: found.name } : null;
}

// ---- tax -------------------------------------------------------------------------------------------------------

function classesOf({ settings, choices, rates, country }: BothSides): TaxClass[] {
  const known = new Map(settings.tax.classes.map((row) => [row.classId, row]));
  const listed = choices.taxClasses.map(
    ({ id, name }) => known.get(id) ?? { classId: id, className: name, withTax: null, withoutTax: null },
  );
  const gone = settings.tax.classes.filter(({ classId }) => !choices.taxClasses.some(({ id }) => id === classId));
  const rules = choices.taxRules.filter((rule) => rule.active);
  const free = freeRule(rules);
  return [...listed, ...gone].map((row) => ({
    ...row,
    withTax: row.withTax ?? taxedRule(row, rules, rates.get(row.classId), country),
    withoutTax: row.withoutTax ?? free,
  }));
}

const FREE = /free|exempt|zero|\bnon\b|non-|no tax|not tax/i;
const isFree = (rule: Rule): boolean => Number(rule.percent) === 0;

/** For what was sold without tax: the first of these, all words of which stand in the name of one rule of 0 % alone. */
const FREE_NAMES: readonly (readonly RegExp[])[] = [
  [/free/i, /income/i],
  [/zero/i, /income/i],
  [/^(tax )?(free|exempt)/i],
  [/zero/i],
  [/exempt/i],
  [/free/i],
];
function freeRule(rules: readonly Rule[]): string | null {
  const free = rules.filter(isFree);
  if (free.length === 1) return free[0]?.name ?? null;
  for (const words of FREE_NAMES) {
    const found = free.filter((rule) => words.every((word) => word.test(rule.name)));
    if (found.length === 1) return found[0]?.name ?? null;
  }
  return null;
}

/** The general rate of a country and what its tax is called; only proposed where the store has sold nothing yet. */
const GENERAL: Readonly<Record<string, readonly [rate: number, name: RegExp]>> = {
  AU: [10, /gst/i],
  NZ: [15, /gst/i],
  SG: [9, /gst/i],
  GB: [20, /vat/i],
  IE: [23, /vat/i],
  DE: [19, /vat|ust|mwst/i],
  NL: [21, /vat|btw/i],
  FR: [20, /vat|tva/i],
  ZA: [15, /vat/i],
};

/** `12,5 %` in a name; bounded, so that a long name costs no more than its length. */
const RATE = /(?<![\d.,])(\d{1,3}(?:[.,]\d{1,4})?)\s{0,3}%/;

/**
 * By the rate at which the class was sold, then by a rate in its name, then by its name, then by the country. A rate that no rule has
 * asks: a 25 % class never goes on a 10 % rule.
 */
function taxedRule(row: TaxClass, rules: readonly Rule[], sold: ReadonlySet<string> | undefined, country: string): string | null {
  const rates = [...(sold ?? [])].map(Number).filter((rate) => rate > 0);
  if (rates.length === 1) return oneOf(ofRate(rules, rates[0] as number), row.className);
  if (rates.length > 1) return null;
  if (FREE.test(row.className)) return freeRule(rules);
  const named = RATE.exec(row.className)?.[1];
  if (named !== undefined) return oneOf(ofRate(rules, Number(named.replace(",", "."))), row.className);
  const same = rules.filter((rule) => rule.name.toLowerCase() === row.className.trim().toLowerCase());
  if (same.length === 1) return same[0]?.name ?? null;
  if (row.classId !== 0) return null;
  const taxed = rules.filter((rule) => !isFree(rule));
  if (taxed.length === 1) return taxed[0]?.name ?? null;
  const general = GENERAL[country.toUpperCase()];
  return general
    ? oneOf(
        ofRate(rules, general[0]).filter((rule) => general[1].test(rule.name)),
        row.className,
      )
    : null;
}

const ofRate = (rules: readonly Rule[], rate: number): Rule[] => rules.filter((rule) => Number(rule.percent) === rate);
/** The only one, or of several the one that says that it is for what is sold. */
function oneOf(rules: readonly Rule[], className: string): string | null {
  if (rules.length <= 1) return rules[0]?.name ?? null;
  const same = rules.filter((rule) => rule.name.toLowerCase().includes(className.trim().toLowerCase()));
  const income = rules.filter((rule) => /income|sales?\b|output/i.test(rule.name));
  return (same.length === 1 ? same : income.length === 1 ? income : [])[0]?.name ?? null;
}

// ---- payments --------------------------------------------------------------------------------------------------

type Method = Settings["payments"]["methods"][number];
type Receiver = BothSides["choices"]["paymentAccounts"][number];

function methodsOf({ settings, choices }: BothSides): Method[] {
  const known = new Set(settings.payments.methods.map((m) => m.key));
  const fresh = choices.paymentMethods
    .filter((m) => !known.has(m.key))
    .map(({ key, name, countsAsPaid }): Method => ({ key, name, account: null, countsAsPaid }));
  const currency = choices.currencies.cin7.toUpperCase();
  const liabilities = new Set(choices.liabilities);
  const fits = choices.paymentAccounts.filter((a) => a.currency === null || a.currency.toUpperCase() === currency);
  const owed = fits.filter((a) => liabilities.has(a.code));
  const money = fits.filter((a) => !liabilities.has(a.code));
  return [...settings.payments.methods, ...fresh].map((m) => ({ ...m, account: m.account ?? receiverOf(m, money, owed) }));
}

const words = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, "");
/** What is sold in advance is owed until it is used (M7, M8): it is paid from a liability of its name. */
const OWED: readonly (readonly [method: RegExp, account: RegExp])[] = [
  [/^giftcertificate$/, /gift|voucher/i],
  [/^storecredit$/, /store credit|customer credit/i],
];

/** An account that bears the method's name, the clearing account for money that a gateway pays out, or the only one; else it is asked. */
function receiverOf({ key, name, countsAsPaid }: Method, money: readonly Receiver[], owed: readonly Receiver[]): string | null {
  const only = (found: readonly Receiver[]) => (found.length === 1 ? (found[0]?.code ?? null) : null);
  for (const [method, account] of OWED)
    if (method.test(words(key)) || method.test(words(name))) return only(owed.filter((a) => account.test(a.name)));
  const same = money.filter((a) => words(a.name).includes(words(name)));
  if (same.length > 0) return only(same);
  if (countsAsPaid !== "captured") return null;
  return only(money.filter((a) => /clearing|undeposited|unallocated/i.test(a.name))) ?? only(money);
}
