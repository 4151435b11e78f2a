import * as z from "zod";
import { decimal } from "../../lib/money.ts";
import { definePart } from "./define-part.ts";
import { shape } from "./forms.ts";
import { says } from "./tell.ts";

/** Highest cap of the rounding charge per document, in the order's currency (M4). */
const HIGHEST_CAP = "1.00";
const CAP = `Give an amount from 0 to ${HIGHEST_CAP}, such as 0.05.`;

export const rounding = definePart({
  schema: shape({
    cap: z
      .string({ error: CAP })
      .trim()
      .refine((cap) => {
        const amount = decimal(cap);
        return amount !== null && !amount.lt(0) && !amount.gt(HIGHEST_CAP) && /^\d+(\.\d{1,4})?$/.test(cap);
      }, CAP),
  }),
  begins: { cap: "0.05" },
  changes: { cap: says("Rounding: at most, per document", (part) => part.cap) },
});
