import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * Every D1 table. The directory (stores, users, accounts, sealed credentials) is read by key; tenant tables carry their
 * account and are never joined across accounts (design 5). Instants are ISO 8601 UTC text, days `YYYY-MM-DD`, money
 * decimal text with its currency beside it. Migrations are additive: no column is ever rebuilt or dropped.
 */

// ---- directory -------------------------------------------------------------------------------------------------

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
    sweptAt: text("swept_at"),
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

/** One-time codes: sessions through the iframe redirect (2 minutes) and link codes (15 minutes, 5 tries). Only hashes are kept. */
export const oneTimeCodes = sqliteTable(
  "one_time_codes",
  {
    codeHash: text("code_hash").primaryKey(),
    purpose: text("purpose", { enum: ["session", "link"] }).notNull(),
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

/** Each callback JWT is accepted once over all callbacks. */
export const usedTokens = sqliteTable("used_tokens", { jti: text("jti").primaryKey(), expiresAt: text("expires_at").notNull() }, (t) => [
  index("used_tokens_expiry").on(t.expiresAt),
]);

// ---- tenant tables ---------------------------------------------------------------------------------------------

export const settingsVersions = sqliteTable(
  "settings_versions",
  {
    storeHash: text("store_hash").notNull(),
    version: integer("version").notNull(),
    accountId: text("account_id").notNull(),
    document: text("document", { mode: "json" }).$type<unknown>().notNull(),
    changes: text("changes", { mode: "json" }).$type<string[]>().notNull(),
    savedBy: text("saved_by").notNull(),
    savedAt: text("saved_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.version] })],
);

/** What Lockstep knows of a Cin7 account's products, so that an order costs no look-up (K17). */
export const products = sqliteTable(
  "products",
  {
    accountId: text("account_id").notNull(),
    productId: text("product_id").notNull(),
    sku: text("sku").notNull(),
    /** Trimmed and case-folded, for finding; equality is judged on `sku`. */
    skuFold: text("sku_fold").notNull(),
    name: text("name").notNull(),
    type: text("type").notNull(),
    revenueAccount: text("revenue_account"),
    active: integer("active", { mode: "boolean" }).notNull(),
    /** A kit or bill of materials: its parts do not become lines of a sale (M26). */
    bom: integer("bom", { mode: "boolean" }).notNull().default(false),
    readAt: text("read_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.productId] }), index("products_sku").on(t.accountId, t.skuFold)],
);

/** Shared things of an account that we make in Cin7 (customers, charge items): the row is the claim, before the look-up (design 3.6). */
export const sharedThings = sqliteTable(
  "shared_things",
  {
    accountId: text("account_id").notNull(),
    kind: text("kind", { enum: ["customer", "charge"] }).notNull(),
    /** customer: hash of e-mail and currency; charge: its name, folded. */
    key: text("key").notNull(),
    cin7Id: text("cin7_id"),
    name: text("name"),
    /** Who holds the claim while `cin7Id` is null, and since when. */
    claimedBy: text("claimed_by").notNull(),
    claimedAt: text("claimed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.kind, t.key] })],
);

export const orders = sqliteTable(
  "orders",
  {
    storeHash: text("store_hash").notNull(),
    orderId: integer("order_id").notNull(),
    accountId: text("account_id").notNull(),
    placedAt: text("placed_at").notNull(),
    modifiedAt: text("modified_at").notNull().default(""),
    statusId: integer("status_id").notNull(),
    status: text("status").notNull().default(""),
    customer: text("customer").notNull().default(""),
    email: text("email").notNull().default(""),
    currency: text("currency").notNull().default(""),
    total: text("total").notNull().default("0"),
    /** For sorting by amount only; money is `total`. */
    totalSort: integer("total_sort").notNull().default(0),
    state: text("state", { enum: ["pending", "sending", "held", "sent", "not-taken", "failed"] }).notNull(),
    note: text("note").notNull().default(""),
    notedFor: text("noted_for"),
    settingsVersion: integer("settings_version"),
    generation: integer("generation").notNull().default(1),
    /** When the capture rule was first seen to be met: the invoice's day (M12). Our own writes move `modified_at`, not this. */
    metAt: text("met_at"),
    saleId: text("sale_id"),
    saleNumber: text("sale_number"),
    /** Stages reached in Cin7, comma separated, in the order of `contract.ts: Stage`. */
    stages: text("stages").notNull().default(""),
    invoiceTaskId: text("invoice_task_id"),
    invoiceNumber: text("invoice_number"),
    /** SKUs and quantities held while the order is not yet in Cin7: [{sku, quantity}] (F101). */
    reserved: text("reserved", { mode: "json" }).$type<{ sku: string; quantity: number }[]>().notNull().default(sql`'[]'`),
    /** What came and what was mapped and why, as shown on the order's page (no payload of a vendor). */
    picture: text("picture", { mode: "json" }).$type<unknown>(),
    updatedAt: text("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.storeHash, t.orderId] }),
    index("orders_state").on(t.storeHash, t.state, t.orderId),
    index("orders_updated").on(t.storeHash, t.updatedAt),
    index("orders_sale").on(t.accountId, t.saleId),
  ],
);

export const orderPayments = sqliteTable(
  "order_payments",
  {
    storeHash: text("store_hash").notNull(),
    orderId: integer("order_id").notNull(),
    accountId: text("account_id").notNull(),
    /** `ls:{orderId}:{transactionId | tender-n}` (design 3.3). */
    mark: text("mark").notNull(),
    method: text("method").notNull(),
    amount: text("amount").notNull(),
    currency: text("currency").notNull(),
    account: text("account").notNull().default(""),
    reference: text("reference").notNull(),
    paidAt: text("paid_at").notNull(),
    state: text("state", { enum: ["posted", "waits", "left-out"] }).notNull(),
    why: text("why").notNull().default(""),
    cin7PaymentId: text("cin7_payment_id"),
    updatedAt: text("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.orderId, t.mark] })],
);

/** What a person must decide: keyed, raised once, self-clearing. */
export const problems = sqliteTable(
  "problems",
  {
    storeHash: text("store_hash").notNull(),
    key: text("key").notNull(),
    accountId: text("account_id").notNull(),
    kind: text("kind").notNull(),
    area: text("area", { enum: ["finance", "warehouse", "shop"] }).notNull(),
    facts: text("facts", { mode: "json" }).$type<unknown>().notNull(),
    holds: integer("holds", { mode: "boolean" }).notNull(),
    raisedAt: text("raised_at").notNull(),
    seenAt: text("seen_at").notNull(),
    clearedAt: text("cleared_at"),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.key] }), index("problems_open").on(t.storeHash, t.clearedAt, t.raisedAt)],
);

/** Which orders wait for (or are told of by) a problem. */
export const problemOrders = sqliteTable(
  "problem_orders",
  { storeHash: text("store_hash").notNull(), key: text("key").notNull(), orderId: integer("order_id").notNull() },
  (t) => [primaryKey({ columns: [t.storeHash, t.key, t.orderId] }), index("problem_orders_order").on(t.storeHash, t.orderId)],
);

/** One line for each settled item. */
export const activity = sqliteTable(
  "activity",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    storeHash: text("store_hash").notNull(),
    accountId: text("account_id").notNull(),
    at: text("at").notNull(),
    kind: text("kind").notNull(),
    orderId: integer("order_id"),
    outcome: text("outcome", { enum: ["done", "skipped", "blocked", "later", "failed"] }).notNull(),
    note: text("note").notNull(),
    ms: integer("ms").notNull(),
    calls: integer("calls").notNull(),
  },
  (t) => [index("activity_store").on(t.storeHash, t.at), index("activity_order").on(t.storeHash, t.orderId, t.at)],
);
