import * as z from "zod";
import { definePart, type Objection } from "./define-part.ts";
import { currencyCode, customerRef, flag, perCurrency, shape } from "./forms.ts";
import type { LiveCustomer } from "./live.ts";
import { nameOf, onOff, says } from "./tell.ts";

const schema = shape({
  defaultCustomer: customerRef.nullable(),
  guests: z.enum(["per-email", "default-customer"], { error: "Choose one customer per e-mail, or all guests on the default customer." }),
  /** Default customers of other currencies: a sale has its customer's currency (M16). */
  perCurrency: perCurrency(shape({ currency: currencyCode, customer: customerRef })),
  /** F40: the company's name begins the address. */
  companyInAddress: flag,
});

const GUESTS = { "per-email": "one customer per e-mail", "default-customer": "all on the default customer" };

export const customers = definePart({
  schema,
  begins: { defaultCustomer: null, guests: "per-email", perCurrency: [], companyInAddress: false },
  changes: {
    defaultCustomer: ({ say }, { defaultCustomer: from }, { defaultCustomer: to }) =>
      say("Default customer", nameOf(from, to), nameOf(to, from)),
    perCurrency: ({ lists }, before, after) =>
      lists("Default customer for", before.perCurrency, after.perCurrency, { key: (r) => r.currency, says: (r) => r.customer.name }),
    companyInAddress: says("Company begins the address", (part) => onOff(part.companyInAddress)),
    guests: says("Guests", (part) => GUESTS[part.guests]),
  },
  from: { customer: (part) => part.defaultCustomer, customers: (part) => part.perCurrency },
  wrong: ({ defaultCustomer, perCurrency }, live) => [
    ...perCurrency.map(({ customer, currency }, i): Objection => {
      const found = live.customers?.get(customer.id.toLowerCase());
      return [`perCurrency.${i}.customer`, customerProblem(customer, found, currency)];
    }),
    ["defaultCustomer", customerProblem(defaultCustomer, live.customer, live.currency)],
  ],
  named: ({ defaultCustomer }) => [["defaultCustomer", defaultCustomer]],
  withNames: (part, { customer }) =>
    part.defaultCustomer && customer ? { ...part, defaultCustomer: { id: customer.id, name: customer.name } } : part,
});

/** `customer` undefined: it was not read. */
function customerProblem(
  chosen: { name: string } | null,
  customer: LiveCustomer | null | undefined,
  currency: string | undefined,
): string | null {
  if (!chosen || customer === undefined) return null;
  if (!customer) return `Cin7 Core no longer has the customer "${chosen.name}". Choose another one.`;
  if (!customer.active) return `"${customer.name}" is deprecated in Cin7 Core. Choose another customer.`;
  if (currency && customer.currency.toUpperCase() !== currency.toUpperCase()) {
    return `"${customer.name}" buys in ${customer.currency}; the orders are in ${currency}. Choose a customer with ${currency}.`;
  }
  return null;
}
