import * as z from "zod";
import { decimal } from "../../lib/money.ts";
import { definePart } from "./define-part.ts";
import { currencyCode, perCurrency, shape } from "./forms.ts";

const RATE = "Give the rate as a number above 0 with at most 4 decimals, such as 1.5.";
const rate = z
  .string({ error: RATE })
  .trim()
  .refine((rate) => /^\d{1,9}(\.\d{1,4})?$/.test(rate) && decimal(rate)?.gt(0) === true, RATE);

/** M16: base units for one unit of a currency, where BigCommerce's own rate does not fit. */
export const currency = definePart({
  schema: shape({ rates: perCurrency(shape({ currency: currencyCode, rate })) }),
  begins: { rates: [] },
  changes: {
    rates: ({ lists }, before, after) => lists("Rate for", before.rates, after.rates, { key: (r) => r.currency, says: (r) => r.rate }),
  },
});
