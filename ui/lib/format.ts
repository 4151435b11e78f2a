/** Formatters are made once each: making one costs 20 times as much as using it. */
let locale = "en";
let zone: string | undefined;
const made = new Map<string, unknown>();

function once<F>(key: string, make: () => F): F {
  const full = `${locale}|${zone}|${key}`;
  let found = made.get(full) as F | undefined;
  if (!found) {
    found = make();
    made.set(full, found);
  }
  return found;
}

export function setLocale(wanted: string) {
  try {
    locale = Intl.getCanonicalLocales(wanted)[0] ?? "en";
  } catch {
    locale = navigator.language || "en";
  }
}

/** All instants are shown in the store's own time zone, whoever looks. */
export function setZone(wanted: string | undefined) {
  try {
    zone = wanted && new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    zone = undefined;
  }
}

const dates = (options: Intl.DateTimeFormatOptions) =>
  once(JSON.stringify(options), () => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));

const at = (iso: string): Date | null => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

export const dateTime = (iso: string | null): string => {
  const date = iso ? at(iso) : null;
  return date ? dates({ dateStyle: "medium", timeStyle: "short" }).format(date) : "–";
};

/** `YYYY-MM` as the reader writes a month. */
export const month = (text: string): string => {
  const date = at(`${text}-01T00:00:00Z`);
  return date ? dates({ month: "short", year: "numeric", timeZone: "UTC" }).format(date) : text;
};

/** The time alone when it is today for the store, else with its day. */
export const moment = (iso: string | null, now = new Date()): string => {
  const date = iso ? at(iso) : null;
  if (!date) return "–";
  const days = dates({ dateStyle: "short" });
  if (days.format(date) === days.format(now)) return dates({ timeStyle: "short" }).format(date);
  return dates({ day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }).format(date);
};

export const seconds = (iso: string | null): string => {
  const date = iso ? at(iso) : null;
  return date ? dates({ dateStyle: "medium", timeStyle: "medium" }).format(date) : "–";
};

/** `YYYY-MM-DD` of an instant in the store's zone, as a date field wants it; a day stays as it is. */
export const dayOf = (iso: string | null): string => {
  const date = iso ? at(iso) : null;
  if (!date || !iso?.includes("T")) return iso ?? "";
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(date);
};

/** From now: "in a second", "in 40 seconds", "in 3 minutes". */
export const inTime = (span: number): string =>
  span <= 1 ? "in a second" : span < 120 ? `in ${count(span)} seconds` : `in ${count(Math.ceil(span / 60))} minutes`;

/**
 * A sentence of the server with its days (`2026-11-22`, `2026-11-22 08:35`, the store's own) and its money (`13.75 AUD`) in
 * the reader's format; a number stays with its percent sign.
 */
export const readable = (text: string): string =>
  text
    .replace(/(?<![\w-])(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?(?![\w-]|:\d)/g, (all, day: string, time?: string) => {
      const date = at(`${day}T${time ?? "00:00"}:00Z`);
      const style = time ? { dateStyle: "medium", timeStyle: "short" } : { dateStyle: "medium" };
      return date ? dates({ ...style, timeZone: "UTC" } as Intl.DateTimeFormatOptions).format(date) : all;
    })
    .replace(/(\d) %/g, "$1\u00a0%")
    .replace(/(?<![\w.-])(-?\d+\.\d+) ([A-Z]{3})\b/g, (_, amount: string, currency: string) => money(amount, currency));

export const count = (n: number): string => once("n", () => new Intl.NumberFormat(locale)).format(n);

/** `amount` is a decimal string and stays exact: Intl takes it as it is. Shown as it came when it is no number. */
export const money = (amount: string, currency: string): string => {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return amount;
  try {
    const format = once(`c${currency}`, () => new Intl.NumberFormat(locale, { style: "currency", currency }));
    return format.format(amount as Intl.StringNumericLiteral);
  } catch {
    return `${amount} ${currency}`;
  }
};

/** A decimal without the zeros that the API pads it with: 2.0000 -> 2. */
export const quantity = (text: string): string =>
  /^-?\d+(\.\d+)?$/.test(text)
    ? once("q", () => new Intl.NumberFormat(locale, { maximumFractionDigits: 4 })).format(text as Intl.StringNumericLiteral)
    : text;

export const plural = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;
