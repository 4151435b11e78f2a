import type { CountsAsPaid, MappingKind, Settings } from "../../contract/index.ts";
import { err, ok, type Result } from "../../lib/result.ts";
import type { Fields } from "../document.ts";
import { type CsvRow, readCsv, writeCsv } from "./csv.ts";

/**
 * Tax and payment mappings as CSV (K25): what is exported can be imported unchanged. An import replaces the rows of the
 * table that it names and leaves the others, row by row, all or nothing.
 */
const TAX = ["Class ID", "Tax class", "When tax was charged", "No tax charged"];
const PAYMENTS = ["Method", "Name", "Currency", "Account", "Counts as paid"];
const PAID: Record<CountsAsPaid, string> = { captured: "captured", "awaiting-fulfillment": "awaiting fulfillment", never: "never" };

export function mappingsCsv(kind: MappingKind, settings: Settings): string {
  if (kind === "tax")
    return writeCsv([TAX, ...settings.tax.classes.map((c) => [String(c.classId), c.className, c.withTax ?? "", c.withoutTax ?? ""])]);
  const rows = settings.payments.methods.flatMap((m) => [
    [m.key, m.name, "", m.account ?? "", PAID[m.countsAsPaid]],
    ...(m.currencies ?? []).map((c) => [m.key, m.name, c.currency, c.account, ""]),
  ]);
  return writeCsv([PAYMENTS, ...rows]);
}

/** `lines`: the line of the file for each path of the settings that a row fills, so that a later objection finds its row. */
export type Imported = { settings: Settings; lines: Record<string, number> };

/** As many objections as a person mends in one go. */
const MAX_SAID = 50;
const MAX_SHOWN = 60;

/** The first objections, and how many more there are. */
function firstOf(fields: Fields): Fields {
  const all = Object.entries(fields);
  if (all.length <= MAX_SAID) return fields;
  return { ...Object.fromEntries(all.slice(0, MAX_SAID)), "rows.more": `And ${all.length - MAX_SAID} more lines need another look.` };
}

/** A cell as an objection quotes it. */
const quoted = (text: string): string => `"${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}"`;

export function importMappings(kind: MappingKind, csv: string, settings: Settings): Result<Imported, Fields> {
  const read = readCsv(csv);
  if (!read.ok) return err({ [`rows.${read.error.line}`]: `Line ${read.error.line}: ${read.error.why}` });
  const [head, ...rows] = read.value;
  const wanted = kind === "tax" ? TAX : PAYMENTS;
  if (!head || head.cells.length !== wanted.length || wanted.some((name, i) => fold(name) !== fold(head.cells[i] ?? "")))
    return err({ "rows.1": `Line 1 must name the columns: ${wanted.join(", ")}. Export first to see the form.` });
  const fields: Fields = {};
  const say = ({ line }: CsvRow, sentence: string) => {
    fields[`rows.${line}`] ??= `Line ${line}: ${sentence}`;
  };
  for (const row of rows) if (row.cells.length !== wanted.length) say(row, `it has ${row.cells.length} cells, not ${wanted.length}.`);
  if (Object.keys(fields).length) return err(firstOf(fields));
  const imported = kind === "tax" ? tax(rows, settings, say) : payments(rows, settings, say);
  return Object.keys(fields).length ? err(firstOf(fields)) : ok(imported);
}

type Say = (row: CsvRow, sentence: string) => void;
const fold = (text: string): string => text.trim().toLowerCase();

function tax(rows: readonly CsvRow[], settings: Settings, say: Say): Imported {
  const classes = settings.tax.classes.map((c) => ({ ...c }));
  const places = new Map(classes.map((c, i) => [c.classId, i]));
  const lines: Record<string, number> = {};
  const seen = new Set<number>();
  for (const row of rows) {
    const [id = "", name = "", withTax = "", withoutTax = ""] = row.cells;
    const classId = /^\d{1,9}$/.test(id) ? Number(id) : null;
    if (classId === null) {
      say(row, `${quoted(id)} is no class ID.`);
      continue;
    }
    const at = places.get(classId);
    if (at === undefined) say(row, `tax class ${classId} is not in the table. Load the classes from BigCommerce first.`);
    else if (seen.has(classId)) say(row, `tax class ${classId} is listed twice.`);
    else {
      const known = classes[at] as (typeof classes)[number];
      classes[at] = { classId, className: known.className || name, withTax: withTax || null, withoutTax: withoutTax || null };
      lines[`tax.classes.${at}`] = row.line;
    }
    seen.add(classId);
  }
  return { settings: { ...settings, tax: { ...settings.tax, classes } }, lines };
}

function payments(rows: readonly CsvRow[], settings: Settings, say: Say): Imported {
  const methods = settings.payments.methods.map((m) => ({ ...m }));
  const places = new Map(methods.map((m, i) => [fold(m.key), i]));
  const lines: Record<string, number> = {};
  const seen = new Set<string>();
  for (const row of rows) {
    const [key = "", name = "", currency = "", account = "", paid = ""] = row.cells;
    if (!key) {
      say(row, "the method is empty.");
      continue;
    }
    if (seen.has(`${fold(key)} ${currency.toUpperCase()}`)) say(row, `${quoted(key)} is listed twice.`);
    seen.add(`${fold(key)} ${currency.toUpperCase()}`);
    let at = places.get(fold(key)) ?? -1;
    if (currency) {
      if (!/^[A-Za-z]{3}$/.test(currency)) say(row, `${quoted(currency)} is no currency.`);
      else if (at < 0) say(row, `${quoted(key)} needs a line without a currency first.`);
      else if (!account) say(row, "the account is empty.");
      else {
        const method = methods[at] as (typeof methods)[number];
        const others = (method.currencies ?? []).filter((c) => c.currency !== currency.toUpperCase());
        methods[at] = { ...method, currencies: [...others, { currency: currency.toUpperCase(), account }] };
        lines[`payments.methods.${at}.currencies.${others.length}`] = row.line;
      }
      continue;
    }
    const countsAsPaid = (Object.keys(PAID) as CountsAsPaid[]).find((k) => PAID[k] === fold(paid));
    if (!countsAsPaid) {
      say(row, `${quoted(paid)} must be one of: ${Object.values(PAID).join(", ")}.`);
      continue;
    }
    if (at < 0) at = methods.push({ key: fold(key), name: name || key, account: null, countsAsPaid }) - 1;
    places.set(fold(key), at);
    const method = methods[at] as (typeof methods)[number];
    methods[at] = { ...method, name: name || method.name, account: account || null, countsAsPaid };
    lines[`payments.methods.${at}`] = row.line;
  }
  return { settings: { ...settings, payments: { ...settings.payments, methods } }, lines };
}

/** An objection to a path of the settings, said of the row that filled it; what no row filled keeps its path. */
export function toRows(fields: Fields, lines: Record<string, number>): Fields {
  const said = Object.entries(fields).map(([path, sentence]) => {
    const line = lineOf(path, lines);
    return line === undefined ? [path, sentence] : [`rows.${line}`, `Line ${line}: ${sentence}`];
  });
  return firstOf(Object.fromEntries(said));
}

/** Of the longest part of the path that a row filled. */
function lineOf(path: string, lines: Record<string, number>): number | undefined {
  for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) {
    const line = lines[path.slice(0, end)];
    if (line !== undefined) return line;
  }
  return undefined;
}
