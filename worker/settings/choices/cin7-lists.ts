import * as z from "zod";
import { looksNotForSale } from "./stock-locations.ts";

/** Reference lists of Cin7 Core as Setup needs them (cin7-core.md 3.1, 3.7, 4, 5): just our fields, flags as boolean or text. */
const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((v) => (v == null ? "" : String(v)));
const flag = z
  .union([z.boolean(), z.string(), z.number(), z.null()])
  .optional()
  .transform((v) => v === true || v === 1 || (typeof v === "string" && /^(true|1|yes)$/i.test(v)));
const nullable = text.transform((v) => (v === "" ? null : v));

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

export const customer = z
  .object({
    ID: z.string(),
    Name: z.string(),
    Status: text,
    Currency: text,
    PaymentTerm: text,
    CreditLimit: z.coerce.number().nullish().catch(null),
    IsOnCreditHold: flag,
    Contacts: z
      .array(z.object({ Email: text, Default: flag }))
      .nullish()
      .transform((v) => v ?? []),
  })
  .transform((c) => ({
    id: c.ID.toLowerCase(),
    name: c.Name,
    active: c.Status === "" || c.Status.toLowerCase() === "active",
    currency: c.Currency,
    term: c.PaymentTerm,
    creditLimit: c.CreditLimit ?? 0,
    onHold: c.IsOnCreditHold,
    email: (c.Contacts.find((x) => x.Default && x.Email) ?? c.Contacts.find((x) => x.Email))?.Email ?? null,
  }));

export const product = z.object({ ID: z.string(), SKU: text, Name: z.string(), Type: text, Status: text }).transform((p) => ({
  id: p.ID.toLowerCase(),
  sku: p.SKU,
  name: p.Name,
  service: p.Type.toLowerCase() === "service",
  active: p.Status === "" || p.Status.toLowerCase() === "active",
}));
export type Product = z.output<typeof product>;

export const paymentTerm = z
  .object({ Name: z.string(), Duration: z.coerce.number().catch(0), Method: text })
  .transform((t) => ({ name: t.Name, duration: t.Duration, method: t.Method }));

export const named = z.object({ Name: z.string() }).transform((n) => n.Name);

export const company = z
  .object({
    Company: text,
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
    taxByTotal: m.TaxCalculationMethod.toLowerCase() === "total",
    autoDiscounts: m.AutomaticallyApplyDiscounts,
  }));
export type Company = z.output<typeof company>;
