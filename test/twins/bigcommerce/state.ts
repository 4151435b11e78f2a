import type { Address, OrderRecord } from "./order-types.ts";

/** Everything the twin holds. Plain JSON: it is dumped when the process stops and loaded when it starts again. */
export type BigCommerceState = {
  app: AppRegistration;
  codes: Record<string, AuthCode>;
  stores: Record<string, Store>;
  deliveries: Record<string, Delivery>;
  /** Success of the deliveries of the last two minutes, by `client_id domain`. */
  reputation: Record<string, { sent: { at: number; ok: boolean }[]; blockedUntil: number }>;
  nextHook: number;
};

type AppRegistration = {
  client_id: string;
  client_secret: string;
  account_uuid: string;
  auth_url: string;
  load_url: string;
  uninstall_url: string;
  remove_user_url: string;
  scopes: string[];
};

type AuthCode = { store: string; userId: number; scope: string; used: boolean };

export type StoreUser = { id: number; username: string; email: string; locale: string; role: "owner" | "authorized" | "staff" };

/** `scopes` null is the token of an exchange without context: every call with it is refused. */
type Token = { clientId: string; scopes: string[] | null };

type ApiAccount = { client_id: string; client_secret: string; access_token: string; name: string; scopes: string[] };

type Installation = { token: string; scopes: string[]; ownerEmail: string };

export type Hook = {
  id: number;
  client_id: string;
  store_hash: string;
  scope: string;
  destination: string;
  headers: Record<string, string> | null;
  is_active: boolean;
  created_at: number;
  updated_at: number;
};

export type Delivery = {
  id: string;
  store: string;
  hookId: number;
  scope: string;
  body: string;
  /** How often it failed so far. */
  failed: number;
  /** Unix milliseconds of the next try. */
  dueAt: number;
  /** Set at the first try where retries are not signed anew (a switch). */
  timestamp?: string;
};

export type TaxClass = { id: number; name: string; rate: string; created_at: string; updated_at: string };
export type Coupon = { id: number; code: string; type: number; amount: string; name: string };
type Currency = {
  id: number;
  is_default: boolean;
  currency_code: string;
  name: string;
  currency_exchange_rate: string;
  token: string;
  is_transactional: boolean;
  decimal_places: number;
};

type OptionValue = { id: number; option_id: number; label: string; option_display_name: string };
export type Variant = {
  id: number;
  sku: string;
  sku_id: number | null;
  price: number | null;
  weight: number | null;
  inventory_level: number;
  option_values: OptionValue[];
};
export type Product = {
  id: number;
  name: string;
  sku: string;
  type: "physical" | "digital";
  price: number;
  cost_price: number;
  weight: number;
  tax_class_id: number;
  brand: string;
  category: string;
  inventory_tracking: "none" | "product" | "variant";
  date_created: string;
  date_modified: string;
  variants: Variant[];
};

export type Customer = {
  id: number;
  email: string;
  first_name: string;
  last_name: string;
  company: string;
  phone: string;
  address: Address;
  date_created: string;
  /** Not "": this customer pays no tax. */
  tax_exempt_category?: string;
  customer_group_id?: number;
};

export type Store = {
  hash: string;
  storeId: number;
  accountUuid: string;
  name: string;
  country: string;
  countryCode: string;
  state: string;
  city: string;
  zip: string;
  timezone: string;
  /** Seconds east of UTC, without and with daylight saving. */
  rawOffset: number;
  dstOffset: number;
  currency: string;
  currencySymbol: string;
  locale: string;
  pricesIncludeTax: boolean;
  taxName: string;
  /** Fields a test patched over `/v2/store`. */
  infoPatch: Record<string, unknown>;
  inventorySettings: Record<string, unknown>;
  users: StoreUser[];
  tokens: Record<string, Token>;
  apiAccounts: ApiAccount[];
  installation: Installation | null;
  taxClasses: TaxClass[];
  coupons: Coupon[];
  currencies: Currency[];
  paymentMethods: { code: string; name: string; test_mode: boolean }[];
  products: Record<string, Product>;
  customers: Record<string, Customer>;
  orders: Record<string, OrderRecord>;
  statusLabels: Record<string, string>;
  hooks: Hook[];
  hookEmails: string[];
  /** Hooks that BigCommerce itself switched off. */
  deactivatedHooks: number[];
  quota: { windowStart: number; used: number; hourStart: number; hourUsed: number };
  next: {
    order: number;
    line: number;
    address: number;
    tax: number;
    transaction: number;
    metafield: number;
    customer: number;
    other: number;
  };
};

export const DEFAULT_SCOPES = [
  "store_v2_orders",
  "store_v2_products",
  "store_v2_customers_read_only",
  "store_inventory",
  "store_locations_read_only",
  "store_v2_information_read_only",
  "store_v2_transactions_read_only",
  "store_payments_methods_read",
  "store_channel_settings_read_only",
];

/** The next number of a series of the store. */
export function take(store: Store, series: keyof Store["next"]): number {
  const value = store.next[series];
  store.next[series] = value + 1;
  return value;
}
