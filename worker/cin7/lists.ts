import * as z from "zod";
import type { Cin7 } from "./client.ts";
import { type List, readList } from "./pages.ts";
import { type Call, fitting, type Read, write } from "./reading.ts";
import { account, contact, location, named, type PaymentTerm, paymentTerm, taxRule } from "./schemas/lists.ts";

/** The reference lists of a company (cin7-core.md 3.1, 3.7, 5): read whole, up to ten pages. */
const PAGES = 10;
const reader =
  <T>(list: List<T>, query: Record<string, string> = {}, pages = PAGES) =>
  (cin7: Pick<Cin7, "get">): Promise<Read<T[]>> =>
    readList(cin7, list, query, pages);

export const taxRules = reader({ path: "/ref/tax", key: "TaxRuleList", row: taxRule }, { IsActive: "true", IsTaxForSale: "true" });
export const accounts = reader({ path: "/ref/account", key: "AccountsList", row: account });
export const locations = reader({ path: "/ref/location", key: "LocationList", row: location });
export const paymentTerms: (cin7: Pick<Cin7, "get">) => Promise<Read<PaymentTerm[]>> = reader(
  { path: "/ref/paymentterm", key: "PaymentTermList", row: paymentTerm },
  {},
  1,
);
/** Names of the people who sell. */
export const representatives = reader({ path: "/me/contacts", key: "MeContactsList", row: contact }, { Type: "Sale" }, 1);

/** Where new products are put: each has a category and a unit of measure, known by their names alone. */
type Named = { list: (cin7: Pick<Cin7, "get">) => Promise<Read<string[]>>; create: (cin7: Cin7, name: string) => Call<string> };
const bare = z.object({ Name: z.string() });
const namedAt = (path: string, key: string): Named => ({
  list: reader({ path, key, row: named }, {}, 1),
  create: (cin7, name) => write(cin7, "POST", path, { body: { Name: name } }, (answer) => fitting(bare, answer)?.Name ?? null),
});
export const categories = namedAt("/ref/category", "CategoryList");
export const unitsOfMeasure = namedAt("/ref/unit", "UnitList");
