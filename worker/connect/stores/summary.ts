import type { StoreRow } from "../../api/access.ts";
import { missingScopes, parseScopes } from "../../bigcommerce/scopes.ts";
import type { StoreSummary } from "../../contract/index.ts";

/** What else a summary tells, read beside the row. */
export type StoreCounts = { ordersOn: boolean; attention: number; waiting: number; lastOrderAt: string | null };

export const summary = (row: StoreRow, company: string | null, counts: StoreCounts): StoreSummary => ({
  hash: row.hash,
  name: row.name || row.hash,
  domain: row.domain,
  connection: row.connection,
  state: row.state,
  currency: row.currency,
  timeZone: row.timeZone,
  pricesIncludeTax: row.pricesIncludeTax,
  account: row.accountId === null ? null : { id: row.accountId, company: company ?? "" },
  missingScopes: missingScopes(parseScopes(row.scopes)),
  ...counts,
});

/** Of a settings document of any version: are orders taken? */
export function ordersOn(document: unknown): boolean {
  const orders = (document as { orders?: { on?: unknown } } | null)?.orders;
  return orders?.on === true;
}
