import * as z from "zod";
import { definePart, type Objection } from "./define-part.ts";
import { once, RELOAD, shape, text } from "./forms.ts";
import { each } from "./tell.ts";

const rule = text("Choose a tax rule of Cin7 Core.", 50);
/** `withTax`: the Cin7 tax rule when tax was charged; `withoutTax`: when none was (M5). */
const taxClass = shape({
  classId: z.int({ error: RELOAD }),
  className: z.string({ error: RELOAD }).max(256),
  withTax: rule.nullable(),
  withoutTax: rule.nullable(),
});
/**
 * Before the class's own rule, by tax name, country or customer (M5); "" is every name or country, "!AU" every country but
 * AU, `classId` null every class, `exempt` only customers with a tax-exempt category. The first that fits counts.
 */
const specialRule = shape({
  classId: z.int({ error: RELOAD }).nullable(),
  side: z.enum(["with", "without"], { error: "Choose: when tax was charged, or when none was." }),
  taxName: z.string({ error: RELOAD }).trim().max(256, "Use at most 256 characters."),
  country: z
    .string({ error: RELOAD })
    .trim()
    .regex(/^(!?[A-Za-z]{2})?$/, "Give a country by its two letters such as NZ, all but one as !AU, or leave it empty.")
    .transform((v) => v.toUpperCase()),
  customers: z.literal("exempt", { error: "Choose all customers, or tax-exempt customers." }).optional(),
  rule,
});
const schema = shape({
  classes: z
    .array(taxClass, { error: RELOAD })
    .max(1000, "There are too many tax classes.")
    .check((c) => once(c, (row) => String(row.classId), "classId", "This tax class is listed twice. Keep one of the two.")),
  special: z.array(specialRule, { error: RELOAD }).max(500, "There are too many special rules."),
  /** Whether the shop's prices were entered with tax when this was saved (F152); null: not known, the first save fills it in. */
  pricesIncludeTax: z.boolean({ error: RELOAD }).nullable().default(null),
});

export const tax = definePart({
  schema,
  begins: { classes: [], special: [], pricesIncludeTax: null },
  changes: {
    classes: ({ say, line }, before, after) =>
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
      }),
    pricesIncludeTax: ({ say }, before, after) => {
      if (before.pricesIncludeTax !== null) say("Prices in the shop", basis(before), basis(after));
    },
    special: ({ lists }, before, after) =>
      lists("Tax: special rule for", before.special, after.special, { key: specialCase, says: (s) => s.rule }),
  },
  from: { taxRules: (part) => part },
  wrong: ({ classes, special }, { taxRules }) => {
    if (!taxRules) return [];
    const names = new Set(taxRules.map((r) => r.name));
    const gone = (name: string | null): string | null =>
      name === null || names.has(name) ? null : `Cin7 Core has no active tax rule for sales named "${name}". Choose another one.`;
    return [
      ...classes.flatMap((c, i) => (["withTax", "withoutTax"] as const).map((side): Objection => [`classes.${i}.${side}`, gone(c[side])])),
      ...special.map((row, i): Objection => [`special.${i}.rule`, gone(row.rule)]),
    ];
  },
});

const basis = ({ pricesIncludeTax }: z.output<typeof schema>): string => (pricesIncludeTax ? "with tax" : "without tax");

/** The orders that a special rule is for, in words. */
const specialCase = (s: z.output<typeof specialRule>): string =>
  `${s.classId === null ? "every class" : `class ${s.classId}`} ${s.side === "with" ? "when tax was charged" : "when no tax was charged"}${s.taxName ? `, tax ${s.taxName}` : ""}${s.country ? `, country ${s.country}` : ""}${s.customers ? ", tax-exempt customers" : ""}`;
