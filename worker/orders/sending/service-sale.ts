import * as z from "zod";
import type { SaleDraft } from "../mapping/sale-draft.ts";

/** What the claim of a sale keeps of Cin7's answer. `service`: it is a Service sale; an older release knew none. */
export const saleIds = z.object({ saleId: z.string(), saleNumber: z.string(), service: z.boolean().default(false) });
export type SaleIds = z.output<typeof saleIds>;

/**
 * Whether Cin7 made a Service sale (M7, cin7-core.md 2.2, 2.8): by the type that it answers; where it names none, as asked. An
 * account that does not know the wish answers a Simple sale, which then goes on like any other.
 */
export const isServiceSale = (type: string, draft: Pick<SaleDraft, "service">): boolean =>
  type === "" ? draft.service === true : /^service/i.test(type.trim());

/** The invoice of a Service sale has the sale's own ID, that of a Simple one is made under the zero ID (2.7, 2.8). */
export const invoiceTask = (ids: SaleIds | null | undefined, saleId: string, zero: string): string => (ids?.service ? saleId : zero);
