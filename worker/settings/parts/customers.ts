import * as z from "zod";
import { definePart } from "./define-part.ts";
import { currencyCode, customerRef, flag, perCurrency, shape } from "./forms.ts";
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
});
