import type { Company as Told } from "../cin7/schemas/lists.ts";

/** Of a company what Lockstep keeps with its account (cin7-core.md 5). */
export type CompanyOfKey = Omit<Told, "taxByTotal">;

/** Null: not the answer of a company. */
export function companyOf({ taxByTotal: _, ...told }: Told): CompanyOfKey | null {
  return told.company === "" || told.currency.length < 3 ? null : { ...told, currency: told.currency.toUpperCase() };
}
