import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** The directory (design 5): stores, users, accounts and their sealed credentials, read by key. Part of `schema.ts`. */

export const stores = sqliteTable(
  "stores",
  {
    hash: text("hash").primaryKey(),
    /** BigCommerce's numeric id, as webhooks carry it. */
    storeId: text("store_id").notNull().default(""),
    name: text("name").notNull().default(""),
    domain: text("domain").notNull().default(""),
    controlPanelUrl: text("control_panel_url").notNull().default(""),
    currency: text("currency").notNull().default(""),
    country: text("country").notNull().default(""),
    timeZone: text("time_zone").notNull().default("UTC"),
    pricesIncludeTax: integer("prices_include_tax", { mode: "boolean" }).notNull().default(false),
    connection: text("connection", { enum: ["app", "store-api"] }).notNull(),
    state: text("state", { enum: ["active", "reconnect", "closing", "disconnected"] }).notNull(),
    /** Raised by disconnect, uninstall and move: sessions and running flows of an older epoch may write no more. */
    epoch: integer("epoch").notNull().default(1),
    accountId: text("account_id"),
    /** What BigCommerce granted, space separated. */
    scopes: text("scopes").notNull().default(""),
    /** Orders created before this instant are looked up in Cin7 before their first POST (design 3.5). */
    lookBefore: text("look_before").notNull(),
    /** When the webhooks were last seen to be as they should; null: they are gone or were never made. */
    hooksCheckedAt: text("hooks_checked_at"),
    /** First hint of an uninstall that BigCommerce did not confirm: it is asked again for some hours. */
    uninstallHintAt: text("uninstall_hint_at"),
    /** With which sealing key everything of its queue is sealed, as far as it was looked at; null: nobody looked. */
    sealedWith: integer("sealed_with"),
    sweptAt: text("swept_at"),
    /** Orders in a row whose totals Cin7 made others of, in which account, and when it was last (orders/sending/brake.ts); null: none. */
    differing: text("differing", { mode: "json" }).$type<{ account: string; orders: number[]; at: string }>(),
    connectedAt: text("connected_at").notNull(),
    updatedAt: text("updated_at").notNull(),
  },
  (t) => [index("stores_account").on(t.accountId), index("stores_swept").on(t.state, t.sweptAt)],
);

/** One kind of credentials per store; sealed with additional data = table, column, row id (design 5). */
export const storeCredentials = sqliteTable("store_credentials", {
  storeHash: text("store_hash").primaryKey(),
  connection: text("connection", { enum: ["app", "store-api"] }).notNull(),
  clientId: text("client_id").notNull(),
  sealedToken: text("sealed_token").notNull(),
  /** Only for Store API credentials: the key that signs their webhooks. */
  sealedClientSecret: text("sealed_client_secret"),
  /** The secret header that our webhooks carry, checked beside the signature. */
  sealedHookSecret: text("sealed_hook_secret").notNull(),
  updatedAt: text("updated_at").notNull(),
});

export const users = sqliteTable(
  "users",
  {
    storeHash: text("store_hash").notNull(),
    userId: integer("user_id").notNull(),
    email: text("email").notNull(),
    locale: text("locale").notNull().default("en-US"),
    owner: integer("owner", { mode: "boolean" }).notNull(),
    role: text("role", { enum: ["view", "operate", "configure"] }).notNull(),
    active: integer("active", { mode: "boolean" }).notNull().default(true),
    /** Unix seconds, BigCommerce's clock, of the latest removal: launches signed before it no longer count. */
    removedAt: integer("removed_at"),
    firstSeenAt: text("first_seen_at").notNull(),
    lastSeenAt: text("last_seen_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.userId] })],
);

export const accounts = sqliteTable("accounts", {
  /** Cin7 Core's account ID, lower case. */
  id: text("id").primaryKey(),
  company: text("company").notNull(),
  currency: text("currency").notNull(),
  timeZone: text("time_zone").notNull().default(""),
  lockDate: text("lock_date"),
  taxCalculation: text("tax_calculation").notNull().default(""),
  autoDiscounts: integer("auto_discounts", { mode: "boolean" }).notNull().default(false),
  /** Found at a real refusal, or at a trial (M2, M18, decision 1.13); "" = not known yet. */
  negativeCharges: text("negative_charges", { enum: ["", "accepted", "refused"] })
    .notNull()
    .default(""),
  zeroPrice: text("zero_price", { enum: ["", "accepted", "refused"] })
    .notNull()
    .default(""),
  /** The test sale that found this out: who asked for it and when, when it ended (null: it runs) and with which words. */
  chargeTrial: text("charge_trial", { mode: "json" }).$type<{
    askedAt: string;
    by: string;
    store?: string;
    endedAt: string | null;
    note: string;
  }>(),
  epoch: integer("epoch").notNull().default(1),
  createdAt: text("created_at").notNull(),
  updatedAt: text("updated_at").notNull(),
});

/** Application keys of an account, each with its own call budget: its gate is named by `id` (design 6). */
export const accountKeys = sqliteTable(
  "account_keys",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    /** HMAC of the key, to recognise it again; the key itself is sealed. */
    fingerprint: text("fingerprint").notNull(),
    sealedKey: text("sealed_key").notNull(),
    active: integer("active", { mode: "boolean" }).notNull().default(true),
    createdAt: text("created_at").notNull(),
  },
  (t) => [uniqueIndex("account_keys_once").on(t.accountId, t.fingerprint)],
);

/** One-time codes: sessions through the iframe redirect (2 minutes), link codes (15 minutes, 5 tries), addresses for alerts (a day). Only hashes are kept. */
export const oneTimeCodes = sqliteTable(
  "one_time_codes",
  {
    codeHash: text("code_hash").primaryKey(),
    purpose: text("purpose", { enum: ["session", "link", "address"] }).notNull(),
    subject: text("subject", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
    expiresAt: text("expires_at").notNull(),
  },
  (t) => [index("one_time_codes_expiry").on(t.expiresAt)],
);

/** Wrong link codes per store, so that a code cannot be guessed: 5 tries in 15 minutes. */
export const linkTries = sqliteTable("link_tries", {
  storeHash: text("store_hash").primaryKey(),
  tries: integer("tries").notNull(),
  since: text("since").notNull(),
});

/** Each callback JWT is accepted once over all callbacks; a session that was signed out stays so (`session-ended:…`). */
export const usedTokens = sqliteTable("used_tokens", { jti: text("jti").primaryKey(), expiresAt: text("expires_at").notNull() }, (t) => [
  index("used_tokens_expiry").on(t.expiresAt),
]);
