import * as z from "zod";
import { flag, listed, nullable, text } from "./fields.ts";

/** Reference lists of Cin7 Core (cin7-core.md 3.1, 3.7, 5): just our fields. */
export const taxRule = z
  .object({ Name: z.string(), TaxPercent: text, IsActive: flag, IsTaxForSale: flag })
  .transform((r) => ({ name: r.Name, percent: r.TaxPercent, active: r.IsActive, forSale: r.IsTaxForSale }));

export type Account = {
  code: string;
  name: string;
  class: string;
  active: boolean;
  forPayments: boolean;
  currency: string | null;
  system: string;
};
export const account = z
  .object({ Code: text, Name: text, Class: text, Status: text, SystemAccount: text, ForPayments: flag, Currency: nullable })
  .transform(
    (a): Account => ({
      code: a.Code,
      name: a.Name,
      class: a.Class.toUpperCase(),
      active: a.Status === "" || a.Status.toUpperCase() === "ACTIVE",
      forPayments: a.ForPayments,
      currency: a.Currency,
      system: a.SystemAccount,
    }),
  );

/** Names that speak of goods which no shopper gets. A guess, so that it only warns. */
const NOT_FOR_SALE =
  /quarantin|\breturn(s|ed)?\b|\brma\b|damage|defect|faulty|reject|scrap|write.?off|\brepairs?\b|\brecall|fba|amazon|transit|consign|samples?\b|\bhold\b/i;
export const looksNotForSale = (name: string): boolean => NOT_FOR_SALE.test(name);

/** Bins are rows of their own with a parent; staging and fixed-asset places sell nothing (cin7-core.md 3.7). */
export const location = z
  .object({
    ID: z.string(),
    Name: z.string(),
    IsDefault: flag,
    IsDeprecated: flag,
    Deprecated: flag,
    ParentID: nullable,
    IsStaging: flag,
    FixedAssetsLocation: flag,
    IsCoMan: flag,
  })
  .transform((l) => {
    const bin = l.ParentID !== null && !/^[0-]+$/.test(l.ParentID);
    const deprecated = l.IsDeprecated || l.Deprecated;
    const sells = !bin && !l.IsStaging && !l.FixedAssetsLocation;
    // A co-manufacturer's goods are on their way into other goods.
    const notForSale = !bin && !deprecated && (!sells || l.IsCoMan || looksNotForSale(l.Name));
    return { id: l.ID.toLowerCase(), name: l.Name, isDefault: l.IsDefault, deprecated, bin, sells, notForSale };
  });

export const paymentTerm = z
  .object({ Name: z.string(), Duration: z.coerce.number().catch(0), Method: text })
  .transform((t) => ({ name: t.Name, duration: t.Duration, method: t.Method }));
export type PaymentTerm = z.output<typeof paymentTerm>;

export const named = z.object({ Name: z.string() }).transform((n) => n.Name);

/** GET /me (cin7-core.md 5). */
export const company = z
  .object({
    Company: z.string(),
    Currency: text,
    TimeZone: text,
    LockDate: nullable,
    TaxCalculationMethod: text,
    AutomaticallyApplyDiscounts: flag,
  })
  .transform((m) => ({
    company: m.Company,
    currency: m.Currency,
    timeZone: m.TimeZone,
    lockDate: m.LockDate,
    taxCalculation: m.TaxCalculationMethod,
    taxByTotal: m.TaxCalculationMethod.toLowerCase() === "total",
    autoDiscounts: m.AutomaticallyApplyDiscounts,
  }));
export type Company = z.output<typeof company>;

/** GET /me/contacts: who sells for the company. */
export const contact = z.object({ Name: z.string(), Type: z.string().nullish() }).transform((c) => c.Name);

/** GET /stockTakeList: its rows are under the key of another list (12, 2.10). */
export const stocktakes = z.object({ StockAdjustmentList: listed(z.object({ Location: text, Status: text })) });
export type Stocktake = z.output<typeof stocktakes>["StockAdjustmentList"][number];
