import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { soughtNumbers, soughtPerson } from "./sought.ts";

/**
 * Every D1 table. The directory (stores, users, accounts, sealed credentials) is read by key; tenant tables carry their
 * account and are never joined across accounts (design 5). Instants are ISO 8601 UTC text, days `YYYY-MM-DD`, money
 * decimal text with its currency beside it. Migrations are additive: no column is ever rebuilt or dropped.
 */

export * from "./directory.ts";
export * from "./lifecycle.ts";
export * from "./sales.ts";

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
    /** Made as finished goods: when asked for, or `auto`, by Cin7 itself too (F23). "": not like this. Null: read by an older release. */
    assembly: text("assembly", { enum: ["", "asked", "auto"] }),
    readAt: text("read_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.productId] }), index("products_sku").on(t.accountId, t.skuFold)],
);

/** Shared things of an account that we make in Cin7 (customers, charge items): the row is the claim, before the look-up (design 3.6). */
export const sharedThings = sqliteTable(
  "shared_things",
  {
    accountId: text("account_id").notNull(),
    kind: text("kind", { enum: ["customer", "charge", "place"] }).notNull(),
    /** customer: hash of e-mail and currency, or of BigCommerce's customer and currency; charge: its name, folded; place: where new charge items are put, while it is made. */
    key: text("key").notNull(),
    cin7Id: text("cin7_id"),
    /** charge: as Cin7 has it, where people see it; customer: beside a registered one, the key of the e-mail they bought with last. */
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
    /** What in Cin7 the order waits for before its next document: its sales list is asked for these only (M10, M11). `day`: its daily sale (F15). */
    waitsFor: text("waits_for", { enum: ["", "order", "shipment", "invoice", "books", "day"] })
      .notNull()
      .default(""),
    /** SKUs and quantities held while the order is not yet in Cin7: [{sku, quantity}] (F101). */
    reserved: text("reserved", { mode: "json" }).$type<{ sku: string; quantity: number }[]>().notNull().default(sql`'[]'`),
    /** What came of each SKU when it was read last, whatever becomes of it; null: not read yet. */
    ordered: text("ordered", { mode: "json" }).$type<{ sku: string; quantity: number }[]>(),
    /** How it was to be paid, while an unpaid order that is not taken holds its stock for some days; null: it does not (M31). */
    unpaidMethod: text("unpaid_method"),
    /** What decides whether it is taken, as BigCommerce showed it last (F13); null: last seen by an older release. */
    facts: text("facts", { mode: "json" }).$type<unknown>(),
    /** The rounding charge of its sale, decimal text in the order's currency; null: none (M4). */
    rounding: text("rounding"),
    /** What came and what was mapped and why, as shown on the order's page (no payload of a vendor); read by nothing else (decision 0026). */
    picture: text("picture", { mode: "json" }).$type<unknown>(),
    /** Its shopper was erased then: name, e-mail and what came are not filled in again (M46). */
    erasedAt: text("erased_at"),
    updatedAt: text("updated_at").notNull(),
    /** The consolidation time (ISO 8601) that closed it into a daily sale, and that sale's number in `day_sales` (F15). */
    dayCut: text("day_cut"),
    daySale: integer("day_sale"),
  },
  (t) => [
    primaryKey({ columns: [t.storeHash, t.orderId] }),
    // With the account, so that whoever counts reads no row.
    index("orders_state").on(t.storeHash, t.state, t.orderId, t.accountId),
    index("orders_updated").on(t.storeHash, t.updatedAt),
    // Everything that is searched for, as it is looked for, and nothing else of the order: a search reads this alone (decision 0036).
    index("orders_sought").on(t.storeHash, t.orderId, soughtNumbers(), soughtPerson()),
    // Of few orders at a time: the others have no entry to be written (decision 0030). A question must name the same condition.
    index("orders_waiting").on(t.storeHash, t.waitsFor).where(sql`waits_for > ''`),
    index("orders_held_unpaid").on(t.storeHash, t.unpaidMethod).where(sql`unpaid_method IS NOT NULL`),
    index("orders_of_day").on(t.storeHash, t.daySale).where(sql`day_sale IS NOT NULL`),
  ],
);

/** Orders that wait for this, found by the index of those that wait for anything. */
export const waitingFor = (what: Exclude<(typeof orders.$inferSelect)["waitsFor"], "">) =>
  sql`(${orders.waitsFor} > '' AND ${orders.waitsFor} = ${what})`;

/**
 * Daily sales (F15, F16). Each is also a row of `orders` with the same, negative number, so that it is sent, invoiced and paid
 * as an order is; its members are the orders with this `day_sale`.
 */
export const daySales = sqliteTable(
  "day_sales",
  {
    storeHash: text("store_hash").notNull(),
    daySale: integer("day_sale").notNull(),
    accountId: text("account_id").notNull(),
    /** The day in the store's zone, the zone as it was then, and the instant that closed it. */
    day: text("day").notNull(),
    zone: text("zone").notNull(),
    cut: text("cut").notNull(),
    /** What stands before the generation in its mark. */
    stem: text("stem").notNull(),
    location: text("location").notNull(),
    members: integer("members").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.daySale] })],
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

/** What a person decided about one order or one period: `send-as-one:1042` (M24), `post-open:2025-10-31` (M13). */
export const decisions = sqliteTable(
  "decisions",
  {
    storeHash: text("store_hash").notNull(),
    accountId: text("account_id").notNull(),
    key: text("key").notNull(),
    by: text("by").notNull(),
    at: text("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.key] })],
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
    /** When a person put it aside: the list of what was read. */
    readAt: text("read_at"),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.key] }), index("problems_open").on(t.storeHash, t.clearedAt, t.raisedAt)],
);

/** Which orders wait for (or are told of by) a problem. */
export const problemOrders = sqliteTable(
  "problem_orders",
  { storeHash: text("store_hash").notNull(), key: text("key").notNull(), orderId: integer("order_id").notNull() },
  (t) => [primaryKey({ columns: [t.storeHash, t.key, t.orderId] }), index("problem_orders_order").on(t.storeHash, t.orderId)],
);

/** How far a store's own sweep is (K5). */
export const sweeps = sqliteTable("sweeps", {
  storeHash: text("store_hash").primaryKey(),
  accountId: text("account_id").notNull(),
  /** Largest `date_modified` that the list of orders showed; "": not swept yet. */
  seenTo: text("seen_to").notNull().default(""),
  /** *Take orders from* as it was when everything since was looked through. */
  line: text("line").notNull().default(""),
  nightlyAt: text("nightly_at").notNull(),
  /** Refunds since then are still to be listed; null: since the last night, by an older release. */
  refundsAt: text("refunds_at"),
});

/** What happened to the connections of a store: webhooks lost and repaired, gaps looked through, a side away and back (N13). */
export const healthEvents = sqliteTable(
  "health_events",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    storeHash: text("store_hash").notNull(),
    accountId: text("account_id").notNull(),
    at: text("at").notNull(),
    side: text("side", { enum: ["BigCommerce", "Cin7 Core"] }).notNull(),
    what: text("what", { enum: ["lost", "repaired", "blocked", "found", "polling", "down", "back"] }).notNull(),
    text: text("text").notNull(),
  },
  (t) => [index("health_events_store").on(t.storeHash, t.at)],
);

/** How far the sales sweep of a Cin7 account is (design 3.7). */
export const salesSweeps = sqliteTable(
  "sales_sweeps",
  {
    accountId: text("account_id").primaryKey(),
    /** Largest `Updated` that the list of sales showed. */
    seenTo: text("seen_to").notNull(),
    sweptAt: text("swept_at").notNull(),
  },
  (t) => [index("sales_sweeps_swept").on(t.sweptAt)],
);

/** How far the products of a Cin7 account are read (F116, K17). */
export const productSweeps = sqliteTable(
  "product_sweeps",
  {
    accountId: text("account_id").primaryKey(),
    /** Changes up to here are in the mirror; a whole pass begins with its own instant, later pages are only newer. */
    seenTo: text("seen_to").notNull(),
    /** When the last pass over all products began. */
    wholeAt: text("whole_at").notNull(),
    sweptAt: text("swept_at").notNull(),
  },
  (t) => [index("product_sweeps_swept").on(t.sweptAt)],
);

/** One line for each settled item; of an order that went its plain way none. */
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
