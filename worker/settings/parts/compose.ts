import type * as z from "zod";
import { charges } from "./charges.ts";
import { currency } from "./currency.ts";
import { customers } from "./customers.ts";
import type { Judged } from "./define-part.ts";
import { shape } from "./forms.ts";
import { invoice } from "./invoice.ts";
import { keep } from "./keep.ts";
import { location } from "./location.ts";
import { orders } from "./orders.ts";
import { payments } from "./payments.ts";
import { rounding } from "./rounding.ts";
import { sale } from "./sale.ts";
import { seen } from "./seen.ts";
import { tax } from "./tax.ts";
import { type FieldWords, tellerOf } from "./tell.ts";

/** All parts of the settings document, in the order in which they are stored. */
export const PARTS = { orders, customers, location, sale, invoice, tax, payments, charges, rounding, currency, seen, keep };

/** In the order in which changes are told, that of the pages. */
const TOLD = [
  "orders",
  "customers",
  "location",
  "sale",
  "invoice",
  "tax",
  "currency",
  "payments",
  "charges",
  "seen",
  "keep",
  "rounding",
] as const satisfies (keyof typeof PARTS)[];

function ofEach<P extends Record<string, object>, K extends keyof P[keyof P] & string>(parts: P, what: K) {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, (part as P[keyof P])[what]])) as { [N in keyof P]: P[N][K] };
}

export const document = shape(ofEach(PARTS, "schema"));

/** The settings document of a store (design 5): saved whole, numbered, checked against the live lists. */
export type Settings = z.output<typeof document>;

/** What a store starts with: orders off, nothing chosen, invoices as drafts (S1), rounding up to 0.05 (M4). */
export const defaults = (): Settings => structuredClone(ofEach(PARTS, "begins"));

export const PART_NAMES = Object.keys(PARTS) as (keyof Settings)[];
const JUDGED: { [K in keyof Settings]: Judged<Settings[K]> } = PARTS;
/** What a part says before it is saved; `settings/check.ts` and `settings/renamed.ts` ask. */
export const judged = <K extends keyof Settings>(name: K): Judged<Settings[K]> => JUDGED[name];

/** How each field of the document tells its change, by its path. */
const CHANGES: { [K in keyof Settings]: { changes: Record<string, FieldWords<Settings[K]>> } } = PARTS;
export const toldFields = (): string[] => TOLD.flatMap((name) => Object.keys(CHANGES[name].changes).map((field) => `${name}.${field}`));

/**
 * What changed between two versions, in the words of Setup: one sentence a change, in the order of its pages. Empty: nothing.
 * `zone`: the store's, for days. E.g. "Tax: Default Tax Class when tax was charged: GST on Income → Tax Exempt".
 */
export function changes(before: Settings, after: Settings, zone: string): string[] {
  const told: string[] = [];
  const teller = tellerOf(told);
  const tell = <K extends keyof Settings>(name: K) => {
    for (const words of Object.values(CHANGES[name].changes)) words(teller, before[name], after[name], zone);
  };
  TOLD.forEach(tell);
  return told;
}
