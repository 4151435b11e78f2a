import type { ScopeNeed } from "../contract/index.ts";

/**
 * The least scopes that Lockstep needs, with the name that BigCommerce shows and the reason (F10; facts/bigcommerce.md 1.5).
 * `essential`: without it nothing can be done; the others degrade. `instead`: a wider scope that covers the need.
 * `probe`: a cheap GET that answers 403 exactly when the scope lacks, for Store API tokens that do not list theirs (F9).
 */
export type Scope = ScopeNeed & { essential: boolean; instead: string[]; probe: { path: string; query: Record<string, string | number> } };

const need = (
  scope: string,
  name: string,
  why: string,
  path: string,
  more: { essential?: boolean; query?: Record<string, string | number> } = {},
): Scope => ({
  scope,
  name,
  why,
  essential: more.essential ?? false,
  instead: scope.endsWith("_read_only") ? [scope.replace(/_read_only$/, "")] : [],
  probe: { path, query: more.query ?? {} },
});

export const SCOPES: readonly Scope[] = [
  need(
    "store_v2_information_read_only",
    "Information & settings: read-only",
    "the store's name, currency, time zone and tax settings",
    "/v2/store",
    {
      essential: true,
    },
  ),
  need("store_v2_orders", "Orders: modify", "to read orders and to write shipments and statuses back", "/v2/orders", {
    essential: true,
    query: { limit: 1 },
  }),
  need("store_v2_products", "Products: modify", "to match SKUs, tax classes and the catalogue", "/v3/catalog/products", {
    query: { limit: 1 },
  }),
  need("store_v2_customers_read_only", "Customers: read-only", "to find the customer of an order in Cin7 Core", "/v3/customers", {
    query: { limit: 1 },
  }),
  need("store_inventory", "Store inventory: modify", "to keep the store's stock as in Cin7 Core", "/v3/inventory/items", {
    query: { limit: 1 },
  }),
  need(
    "store_locations_read_only",
    "Store locations: read-only",
    "to match the store's locations with those of Cin7 Core",
    "/v3/inventory/locations",
    {
      query: { limit: 1 },
    },
  ),
  need(
    "store_v2_transactions_read_only",
    "Order transactions: read-only",
    "to record payments with the gateway's own reference",
    "/v3/orders/{order}/transactions",
  ),
  need("store_payments_methods_read", "Get payment methods", "to list the payment methods in Setup", "/v2/payments/methods"),
  need("store_channel_settings_read_only", "Channel settings: read-only", "to tell storefronts and marketplaces apart", "/v3/channels", {
    query: { limit: 1 },
  }),
];

/** Space separated, as the token answer and the callback carry it; null when a token was made without context (facts 1.2). */
export const parseScopes = (text: string | null | undefined): string[] => [...new Set((text ?? "").split(/\s+/).filter((s) => s !== ""))];

/** The needed scopes that were not granted. A modify scope satisfies its read-only need. */
export function missing(granted: readonly string[]): Scope[] {
  const has = new Set(granted);
  return SCOPES.filter((s) => !has.has(s.scope) && !s.instead.some((wider) => has.has(wider)));
}

/** The same in the words of the contract, for StoreSummary. */
export const missingScopes = (granted: readonly string[]): ScopeNeed[] =>
  missing(granted).map(({ scope, name, why }) => ({ scope, name, why }));

/** "Orders: modify" and "Information & settings: read-only". */
export const scopeNames = (scopes: readonly ScopeNeed[]): string =>
  scopes
    .map((s) => `"${s.name}"`)
    .join(", ")
    .replace(/, ([^,]*)$/, " and $1");
