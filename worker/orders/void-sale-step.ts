import * as z from "zod";
import { isVoid, readSale, voidSale } from "../cin7/sale.ts";
import { type Written, writeOnce, writing } from "../inbox/claim.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf } from "../inbox/vendor-answer.ts";

/** A sale is voided under the one rule of writes (design 3.2): where nobody knows whether it was, it is looked at before it is asked again. */
export const voidOnce = (c: LinkedContext, step: string, saleId: string): Promise<Written<true>> =>
  writeOnce<true>(writing(c), {
    step,
    mark: saleId,
    kept: z.literal(true),
    look: async () => {
      const now = await readSale(c.cin7, saleId);
      if (now.is !== "read") return haltOf(now, c);
      return isVoid(now.value) ? { is: "found", value: true } : { is: "absent" };
    },
    ...voidSale(c.cin7, saleId),
  });
