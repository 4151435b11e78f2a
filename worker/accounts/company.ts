import * as z from "zod";

/** Of GET /me what Lockstep keeps (cin7-core.md 5). Switches may come as text (cin7-core.md 1.5). */
const text = z
  .string()
  .nullish()
  .transform((v) => v ?? "");
const me = z.object({
  Company: z.string().min(1),
  Currency: z.string().min(3),
  TimeZone: text,
  LockDate: text,
  TaxCalculationMethod: text,
  AutomaticallyApplyDiscounts: z.union([z.boolean(), z.string()]).nullish(),
});

export type Company = {
  company: string;
  currency: string;
  timeZone: string;
  lockDate: string | null;
  taxCalculation: string;
  autoDiscounts: boolean;
};

/** Null: not the answer of a company. */
export function readCompany(body: unknown): Company | null {
  const parsed = me.safeParse(body);
  if (!parsed.success) return null;
  const { Company, Currency, TimeZone, LockDate, TaxCalculationMethod, AutomaticallyApplyDiscounts } = parsed.data;
  return {
    company: Company,
    currency: Currency.toUpperCase(),
    timeZone: TimeZone,
    lockDate: LockDate || null,
    taxCalculation: TaxCalculationMethod,
    autoDiscounts: String(AutomaticallyApplyDiscounts).toLowerCase() === "true",
  };
}
