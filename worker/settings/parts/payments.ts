import * as z from "zod";
import { paymentAccountProblem } from "./accounts.ts";
import { definePart, type Objection } from "./define-part.ts";
import { currencyCode, flag, once, perCurrency, RELOAD, shape, text } from "./forms.ts";
import { each, onOff, says } from "./tell.ts";

const UNPAID = "Give whole days from 0 to 60.";
const days = z.int({ error: UNPAID }).min(0, UNPAID).max(60, UNPAID);
const name = text("Give the payment method a name.");
const receiver = text("Choose an account that can receive payments.", 50);
/** `unpaidDays`: for this method, in place of the part's. `currencies`: accounts for orders in other currencies than the books' (M9, M16). */
const method = shape({
  key: name.transform((key) => key.toLowerCase()),
  name,
  account: receiver.nullable(),
  countsAsPaid: z.enum(["captured", "awaiting-fulfillment", "never"], { error: "Choose when this method counts as paid." }),
  unpaidDays: days.optional(),
  currencies: perCurrency(shape({ currency: currencyCode, account: receiver })).optional(),
});
const schema = shape({
  /** F1: off reads no transactions and posts no payment; invoices stay unpaid. */
  on: flag,
  /** M31: days after the day of the order for which an unpaid one holds its stock; 0: it holds none. */
  unpaidDays: days,
  methods: z
    .array(method, { error: RELOAD })
    .max(200, "There are too many payment methods.")
    .check((c) => once(c, (row) => row.key, "name", "This payment method is listed twice. Keep one of the two.")),
  /** Receives what is paid by a method that is not listed (F45); null: such a payment is not written, and told. */
  otherAccount: receiver.nullable().default(null),
});

const PAID = {
  captured: "when captured",
  "awaiting-fulfillment": "when the order is Awaiting Fulfillment or later",
  never: "never, on account",
};
const daysOf = (days: number | undefined): string =>
  days === undefined ? "as other methods" : days === 0 ? "not at all" : days === 1 ? "1 day" : `${days} days`;
const inCurrencies = ({ methods }: z.output<typeof schema>) =>
  methods.flatMap((m) => (m.currencies ?? []).map((c) => ({ what: `${m.name} in ${c.currency}`, account: c.account })));

export const payments = definePart({
  schema,
  begins: { on: true, unpaidDays: 7, methods: [], otherAccount: null },
  changes: {
    // With the rates of its page, before the other fields.
    "methods.currencies": ({ lists }, before, after) =>
      lists("Payments:", inCurrencies(before), inCurrencies(after), { key: (r) => r.what, says: (r) => r.account }),
    on: says("Payments", (part) => onOff(part.on)),
    unpaidDays: says("Payments: unpaid orders hold their stock", (part) => daysOf(part.unpaidDays)),
    methods: ({ say, line }, before, after) =>
      each(before.methods, after.methods, (m) => m.key, {
        gone: (m) => line(`Payments: ${m.name} removed`),
        both: (a, b) => {
          say("Payments: name of the method", a.name, b.name);
          say(`Payments: ${b.name}, account`, a.account, b.account);
          say(`Payments: ${b.name} counts as paid`, PAID[a.countsAsPaid], PAID[b.countsAsPaid]);
          say(`Payments: ${b.name}, unpaid orders hold their stock`, daysOf(a.unpaidDays), daysOf(b.unpaidDays));
        },
        come: (m) => line(`Payments: ${m.name} added, account ${m.account ?? "none"}, counts as paid ${PAID[m.countsAsPaid]}`),
      }),
    otherAccount: says("Payments: every other method, account", (part) => part.otherAccount),
  },
  from: { accounts: ({ methods, otherAccount }) => [methods.map((m) => [m.account, m.currencies ?? []]), otherAccount] },
  wrong: ({ methods, otherAccount }, { accounts, currency }) => {
    const receives = (code: string | null, of = currency, named = false): string | null =>
      code === null || !accounts ? null : paymentAccountProblem(code, accounts, of, named);
    return [
      ...methods.flatMap((m, i): Objection[] => [
        [`methods.${i}.countsAsPaid`, neverMet(m)],
        [`methods.${i}.account`, receives(m.account)],
        ...(m.currencies ?? []).map(
          (row, j): Objection => [`methods.${i}.currencies.${j}.account`, receives(row.account, row.currency, true)],
        ),
      ]),
      ["otherAccount", receives(otherAccount)],
    ];
  },
});

/** Gateways whose money BigCommerce never sees (bigcommerce.md 5.2), by code and by the name that shops begin with. */
const OFFLINE = new Set([
  ...["bankdeposit", "cheque", "cod", "custom", "instore", "moneyorder"],
  ...["bank deposit", "bank transfer", "cash", "cash on delivery", "check", "manual", "money order", "pay in store"],
]);
/** No money is captured by it: an order paid so goes by its status. */
export const isOffline = (method: { key: string; name: string }): boolean =>
  [method.key, method.name].some((word) => OFFLINE.has(word.trim().toLowerCase()));

/** A choice that no order can ever meet (M9), with its reason; null: it can be met. */
const neverMet = ({ key, name, countsAsPaid }: z.output<typeof method>): string | null =>
  countsAsPaid === "captured" && isOffline({ key, name })
    ? `${name} is paid outside BigCommerce, which never says that its money was captured: no such order would ever be taken. Choose Awaiting Fulfillment or later, or never.`
    : null;
