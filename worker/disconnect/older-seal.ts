import * as z from "zod";
import type { RawRow } from "./tables.ts";

/**
 * What a release before `sale_lines` sealed of an order had its figures in the picture (decision 0026): they become a row of that
 * table. Such a seal lives for 30 days, so this file may go then. Pure.
 */
const figures = z.object({
  mapped: z.object({ totals: z.object({ exTax: z.string(), tax: z.string(), incTax: z.string() }), settingsVersion: z.number() }),
});

export function linesOfOlder(orders: readonly RawRow[]): RawRow[] {
  return orders.flatMap(({ store_hash, order_id, account_id, generation, currency, picture }): RawRow[] => {
    const read = typeof picture === "string" ? figures.safeParse(JSON.parse(picture)) : null;
    if (!read?.success) return [];
    const { totals, settingsVersion } = read.data.mapped;
    const known = { currency: currency ?? "", rate: "", tax_inclusive: 0, location: "", settings_version: settingsVersion };
    const of = { store_hash: store_hash ?? "", order_id: order_id ?? 0, account_id: account_id ?? "", generation: generation ?? 1 };
    return [{ ...of, ...known, net: totals.exTax, tax: totals.tax, total: totals.incTax }];
  });
}
