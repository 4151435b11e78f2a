import * as z from "zod";
import type { ChargeKey, Ref, Settings } from "../contract/index.ts";
import { instant } from "../lib/days.ts";
import { decimal } from "../lib/money.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { defaults } from "./defaults.ts";

/** A sentence for a field, keyed by its path in the settings document: {"rounding.cap": "…"}. */
export type Fields = Record<string, string>;

export const CHARGE_KEYS = [
  "shipping",
  "handling",
  "wrapping",
  "fee",
  "discount",
  "coupon",
  "gift-certificate",
  "rounding",
  "unlisted",
] as const satisfies readonly ChargeKey[];

/** Highest cap of the rounding charge per document, in the order's currency (M4). */
const HIGHEST_CAP = "1.00";

const RELOAD = "This part did not arrive. Reload the page and try again.";
const part = <T extends z.core.$ZodLooseShape>(shape: T) => z.object(shape, { error: RELOAD });
const text = (sentence: string, max = 256) =>
  z.string({ error: sentence }).trim().min(1, sentence).max(max, `Use at most ${max} characters.`);
const flag = z.boolean({ error: "Choose on or off." });
const ref = (sentence: string) => z.object({ id: text(sentence, 64), name: text(sentence) }, { error: sentence });
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const orders = part({
  on: flag,
  captureWhen: z.enum(["created", "authorised", "paid", "completed"], {
    error: "Choose when orders are taken: created, authorised, paid or completed.",
  }),
  takeFrom: z
    .string({ error: "Give the day from which orders are taken, or leave it empty." })
    .nullable()
    .refine(
      (v) => v === null || (instant(v) !== null && /^\d{4}-\d{2}-\d{2}/.test(v)),
      "Give the day from which orders are taken as YYYY-MM-DD, or leave it empty.",
    ),
  unknownSku: z.enum(["service-line", "hold"], {
    error: "Choose what happens when a SKU stays unknown: hold the order, or use a line without stock.",
  }),
  consolidate: z.enum(["each", "daily"], { error: "Choose each order as it comes, or one sale a day." }),
  consolidateAt: z
    .string({ error: "Give a time such as 23:00." })
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time from 00:00 to 23:59, such as 23:00."),
});
const code = z
  .string({ error: "Give a currency by its three letters." })
  .trim()
  .regex(/^[A-Za-z]{3}$/, "Give a currency by its three letters, such as USD.")
  .transform((v) => v.toUpperCase());
const customers = part({
  defaultCustomer: ref("Choose a customer of Cin7 Core.").nullable(),
  guests: z.enum(["per-email", "default-customer"], { error: "Choose one customer per e-mail, or all guests on the default customer." }),
  perCurrency: z
    .array(part({ currency: code, customer: ref("Choose a customer of Cin7 Core.") }), { error: RELOAD })
    .max(50, "There are too many currencies.")
    .check((c) => once(c, (row) => row.currency, "currency", "This currency is listed twice. Keep one of the two.")),
  companyInAddress: flag,
});
const STOCK = "Choose all locations, or at least one of them.";
const location = part({
  salesShipFrom: ref("Choose a location of Cin7 Core.").nullable(),
  pickups: z
    .array(
      part({
        id: z.int({ error: RELOAD }),
        name: text("Give the pickup location a name."),
        location: ref("Choose a location of Cin7 Core."),
      }),
      {
        error: RELOAD,
      },
    )
    .max(500, "There are too many pickup locations.")
    .check((c) => once(c, (row) => String(row.id), "id", "This pickup location is listed twice. Keep one of the two.")),
  stock: z
    .union([z.literal("all"), z.array(ref(STOCK)).min(1, STOCK).max(500, "There are too many locations.")], { error: STOCK })
    .check((c) => {
      if (Array.isArray(c.value))
        once(c as z.core.ParsePayload<Ref[]>, (row) => row.id.toLowerCase(), "id", "This location is listed twice. Keep one of the two.");
    }),
});
const ASSEMBLE = ["never", "ordered", "missing"] as const;
const assembly = part({
  mode: z.enum(ASSEMBLE, { error: "Choose what is assembled before an order: nothing, the ordered quantity, or what is missing." }),
  cin7: z.enum(ASSEMBLE, { error: "Choose what Cin7 Core assembles by itself." }).nullable(),
  wipAccount: text("Choose an account.", 50).nullable(),
  account: text("Choose an account.", 50).nullable(),
});
const sale = part({
  status: z.enum(["authorised", "draft"], { error: "Choose an authorised order or a draft." }),
  fulfil: z.enum(["none", "pick", "pick-pack", "pick-pack-ship"], { error: "Choose how far Cin7 Core goes by itself." }),
  assembly,
  representative: text("Give a name, or leave it empty.").nullable(),
  representatives: z
    .array(
      part({
        by: z.enum(["channel", "group"], { error: "Choose a channel or a customer group." }),
        id: z.int({ error: "Choose a channel or a customer group." }),
        name: text("Choose a channel or a customer group."),
        representative: text("Choose a sales representative."),
      }),
      { error: RELOAD },
    )
    .max(200, "There are too many sales representatives.")
    .check((c) => once(c, (row) => `${row.by}:${row.id}`, "id", "This channel or group is listed twice. Keep one of the two.")),
  channel: part({
    attribute: z
      .int({ error: "Choose an additional attribute from 1 to 10." })
      .min(1, "Choose an additional attribute from 1 to 10.")
      .max(10, "Choose an additional attribute from 1 to 10.")
      .nullable(),
    text: z.string({ error: RELOAD }).trim().max(256, "Use at most 256 characters."),
  }),
  referencePrefix: z
    .string({ error: RELOAD })
    .trim()
    .max(20, "Use at most 20 characters.")
    .regex(/^[^|]*$/, "Do not use the sign |."),
});
const invoice = part({
  status: z.enum(["draft", "authorised", "none"], { error: "Choose draft, authorised or no invoice." }),
  revenueAccount: text("Choose an account, or leave it empty.", 50).nullable(),
  when: z.enum(["with-order", "when-shipped"], { error: "Choose when the invoice is made: with the order, or when it is shipped." }),
  date: z.enum(["met", "placed", "shipped"], { error: "Choose the day of the invoice: condition met, placed or shipped." }),
  lockedBooks: z.enum(["ask", "first-open-day"], { error: "Choose what happens while books are locked: ask, or the first open day." }),
});
const rule = text("Choose a tax rule of Cin7 Core.", 50).nullable();
const tax = part({
  classes: z
    .array(part({ classId: z.int({ error: RELOAD }), className: z.string({ error: RELOAD }).max(256), withTax: rule, withoutTax: rule }), {
      error: RELOAD,
    })
    .max(1000, "There are too many tax classes.")
    .check((c) => once(c, (row) => String(row.classId), "classId", "This tax class is listed twice. Keep one of the two.")),
  special: z
    .array(
      part({
        classId: z.int({ error: RELOAD }).nullable(),
        side: z.enum(["with", "without"], { error: "Choose: when tax was charged, or when none was." }),
        taxName: z.string({ error: RELOAD }).trim().max(256, "Use at most 256 characters."),
        country: z
          .string({ error: RELOAD })
          .trim()
          .regex(/^(!?[A-Za-z]{2})?$/, "Give a country by its two letters such as NZ, all but one as !AU, or leave it empty.")
          .transform((v) => v.toUpperCase()),
        customers: z.literal("exempt", { error: "Choose all customers, or tax-exempt customers." }).optional(),
        rule: text("Choose a tax rule of Cin7 Core.", 50),
      }),
      { error: RELOAD },
    )
    .max(500, "There are too many special rules."),
  pricesIncludeTax: z.boolean({ error: RELOAD }).nullable().default(null),
});
const UNPAID = "Give whole days from 0 to 60.";
const days = z.int({ error: UNPAID }).min(0, UNPAID).max(60, UNPAID);
const payments = part({
  on: flag,
  unpaidDays: days,
  methods: z
    .array(
      part({
        key: text("Give the payment method a name.").transform((key) => key.toLowerCase()),
        name: text("Give the payment method a name."),
        account: text("Choose an account that can receive payments.", 50).nullable(),
        countsAsPaid: z.enum(["captured", "awaiting-fulfillment", "never"], { error: "Choose when this method counts as paid." }),
        unpaidDays: days.optional(),
        currencies: z
          .array(part({ currency: code, account: text("Choose an account that can receive payments.", 50) }), { error: RELOAD })
          .max(50, "There are too many currencies.")
          .check((c) => once(c, (row) => row.currency, "currency", "This currency is listed twice. Keep one of the two."))
          .optional(),
      }),
      { error: RELOAD },
    )
    .max(200, "There are too many payment methods.")
    .check((c) => once(c, (row) => row.key, "name", "This payment method is listed twice. Keep one of the two.")),
  otherAccount: text("Choose an account that can receive payments.", 50).nullable().default(null),
});
const charge = part({
  productId: text("Find or create this charge item first.", 64),
  name: text("Give the charge item the name that it has in Cin7 Core."),
  account: text("Choose an account.", 50),
});
export const UNKNOWN_CHARGE = "This is not a charge that Lockstep knows.";
const charges = part({
  items: z.partialRecord(z.enum(CHARGE_KEYS, { error: UNKNOWN_CHARGE }), charge, { error: RELOAD }),
  loadCouponCodes: flag,
  spreadDiscounts: flag,
});
const RATE = "Give the rate as a number above 0 with at most 4 decimals, such as 1.5.";
const currency = part({
  rates: z
    .array(
      part({
        currency: code,
        rate: z
          .string({ error: RATE })
          .trim()
          .refine((rate) => /^\d{1,9}(\.\d{1,4})?$/.test(rate) && decimal(rate)?.gt(0) === true, RATE),
      }),
      { error: RELOAD },
    )
    .max(50, "There are too many currencies.")
    .check((c) => once(c, (row) => row.currency, "currency", "This currency is listed twice. Keep one of the two.")),
});
const seen = part({ metafield: flag, staffNote: flag });
const CAP = `Give an amount from 0 to ${HIGHEST_CAP}, such as 0.05.`;
const rounding = part({
  cap: z
    .string({ error: CAP })
    .trim()
    .refine((cap) => {
      const amount = decimal(cap);
      return amount !== null && !amount.lt(0) && !amount.gt(HIGHEST_CAP) && /^\d+(\.\d{1,4})?$/.test(cap);
    }, CAP),
});

const DAYS = "Give a number of days from 7 to 90.";
const keep = part({ days: z.int({ error: DAYS }).min(7, DAYS).max(90, DAYS) });

const PARTS = { orders, customers, location, sale, invoice, tax, payments, charges, rounding, currency, seen, keep };
const document = part(PARTS);

/** A list names each thing once; the later one is told. */
function once<T>(c: z.core.ParsePayload<T[]>, keyOf: (row: T) => string, field: string, sentence: string): void {
  const seen = new Set<string>();
  c.value.forEach((row, i) => {
    if (seen.has(keyOf(row))) c.issues.push({ code: "custom", message: sentence, path: [i, field], input: c.value });
    seen.add(keyOf(row));
  });
}

/** As many sentences as a person can look at; nobody's page makes more. */
const MAX_SAID = 200;

/** A document as a person sent it: whole and well formed, or a sentence for each bad field. */
export function parseDocument(sent: unknown): Result<Settings, Fields> {
  const parsed = document.safeParse(sent);
  if (parsed.success) return ok(parsed.data as Settings);
  const fields: Fields = {};
  for (const issue of parsed.error.issues.slice(0, MAX_SAID)) {
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) fields[[...issue.path, key].join(".")] = UNKNOWN_CHARGE;
    else fields[issue.path.join(".")] ??= issue.message;
  }
  return err(fields);
}

/**
 * A stored document, perhaps of an older release: missing parts and fields get their defaults. A part that cannot be read
 * falls back to its default and switches orders off, so that nothing is mapped by settings nobody chose.
 */
export function readDocument(stored: unknown): Settings {
  const from = (stored && typeof stored === "object" ? stored : {}) as Record<string, unknown>;
  const read = defaults() as Record<keyof Settings, unknown>;
  // Saved before there was this choice: it stays as it was, nothing was written to orders then (M45).
  const whenSilent = stored && typeof stored === "object" ? { seen: { metafield: false, staffNote: false } } : {};
  let whole = true;
  for (const name of Object.keys(PARTS) as (keyof Settings)[]) {
    const given = from[name] ?? (whenSilent as Partial<Settings>)[name];
    if (given === undefined) continue;
    const parsed = PARTS[name].safeParse({ ...(read[name] as object), ...(name === "charges" ? knownOnly(given) : (given as object)) });
    if (parsed.success) read[name] = parsed.data;
    else whole = false;
  }
  const settings = read as Settings;
  return whole ? settings : { ...settings, orders: { ...settings.orders, on: false } };
}

/** Without charges of a newer release: during a deploy old code meets new documents. */
function knownOnly(given: unknown): object {
  const { items, ...rest } = (given ?? {}) as { items?: Record<string, unknown> };
  if (!items || typeof items !== "object") return { ...rest, ...(items === undefined ? {} : { items }) };
  return { ...rest, items: Object.fromEntries(CHARGE_KEYS.flatMap((key) => (items[key] === undefined ? [] : [[key, items[key]]]))) };
}

/** True for `YYYY-MM-DD`, which still has to become the first instant of that day in the store's zone. */
export const isDay = (text: string): boolean => DAY.test(text);
