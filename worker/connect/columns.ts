import type { StoreInfo } from "../bigcommerce/schemas.ts";
import type { SealedAt } from "../lib/crypto.ts";
import type { StoreHash } from "../lib/ids.ts";

/** Sealed columns of `store_credentials`, and where each value belongs: elsewhere it does not open (design 5). */
export type CredentialColumn = "sealed_token" | "sealed_client_secret" | "sealed_hook_secret";
export const credentialPlace = (hash: StoreHash, column: CredentialColumn): SealedAt => ({
  tenant: hash,
  table: "store_credentials",
  column,
  row: hash,
});

/** What of GET /v2/store is kept (facts/bigcommerce.md 9). Nothing personal: not the administrator's e-mail, not the address. */
export const infoColumns = (info: StoreInfo) => ({
  storeId: info.store_id,
  name: info.name,
  domain: info.domain,
  controlPanelUrl: /^https:\/\//.test(info.control_panel_base_url) ? info.control_panel_base_url : "",
  currency: info.currency,
  country: info.country_code,
  timeZone: zone(info.timezone?.name),
  pricesIncludeTax: info.is_price_entered_with_tax ?? false,
});

/** A zone that the runtime knows, else UTC: days are computed in it. */
function zone(name: string | undefined): string {
  try {
    return name ? new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone : "UTC";
  } catch {
    return "UTC";
  }
}
