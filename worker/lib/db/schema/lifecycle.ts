import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Tables of a store's first days and of its end: people told of, addresses for alerts, disconnects and what is kept of them. */

/** A disconnect that was asked for, so that it goes on after a crash (design 5). One per store; `endedAt` null: it runs. */
export const disconnects = sqliteTable("disconnects", {
  storeHash: text("store_hash").primaryKey(),
  accountId: text("account_id"),
  choice: text("choice", { enum: ["keep-links", "remove-everything", "move"] }).notNull(),
  begunAt: text("begun_at").notNull(),
  endedAt: text("ended_at"),
});

/** Rows of a disconnected store without personal data, gzipped and sealed, up to 500 in each; purged after 30 days (decision 1.17). */
export const keptLinks = sqliteTable(
  "kept_links",
  {
    id: text("id").primaryKey(),
    storeHash: text("store_hash").notNull(),
    accountId: text("account_id").notNull(),
    /** Name of the table that the rows come from. */
    source: text("source").notNull(),
    rows: integer("rows").notNull(),
    sealed: text("sealed").notNull(),
    keepUntil: text("keep_until").notNull(),
  },
  (t) => [index("kept_links_store").on(t.storeHash, t.accountId, t.source), index("kept_links_until").on(t.keepUntil)],
);

/** Who did what to the connection: disconnects, roles, erasures, a connection said to be off. No personal data of shoppers. */
export const audit = sqliteTable(
  "audit",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    storeHash: text("store_hash").notNull(),
    accountId: text("account_id").notNull(),
    at: text("at").notNull(),
    by: text("by").notNull(),
    what: text("what").notNull(),
  },
  (t) => [index("audit_store").on(t.storeHash, t.at)],
);

/** The owner has decided about a user who came in; without a row, or with one older than the user's return, Home tells of them (M47). */
export const userAnswers = sqliteTable(
  "user_answers",
  {
    storeHash: text("store_hash").notNull(),
    userId: integer("user_id").notNull(),
    answeredAt: text("answered_at").notNull(),
    by: text("by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.userId] })],
);

/** What the first run found: another connection (M22) and the trial of the last orders (N4's core). */
export const firstRuns = sqliteTable("first_runs", {
  storeHash: text("store_hash").primaryKey(),
  accountId: text("account_id").notNull(),
  lookedAt: text("looked_at"),
  /** What else writes orders to Cin7 Core, in words for people; empty: nothing. */
  found: text("found", { mode: "json" }).$type<
    { name: string; sales: number; lastAt: string | null; days?: number; atLeast?: boolean }[]
  >(),
  offBy: text("off_by"),
  offAt: text("off_at"),
  triedAt: text("tried_at"),
  triedOrders: integer("tried_orders"),
  triedTie: integer("tried_tie"),
});

/** What both sides had to choose from when they were last asked, list by list: Setup opens with it whatever waits (docs/decisions/0039). */
export const keptLists = sqliteTable("kept_lists", {
  storeHash: text("store_hash").primaryKey(),
  /** "": linked to none yet. */
  accountId: text("account_id").notNull(),
  /** In which form they are kept: those of another release are read anew. */
  form: integer("form").notNull(),
  lists: text("lists", { mode: "json" }).$type<Record<string, { at: string; value: unknown }>>().notNull(),
});

/** Who hears when something needs attention: one address for orders and stock, one for money (M42). */
export const alertAddresses = sqliteTable(
  "alert_addresses",
  {
    storeHash: text("store_hash").notNull(),
    area: text("area", { enum: ["orders", "money"] }).notNull(),
    accountId: text("account_id").notNull(),
    email: text("email").notNull(),
    savedBy: text("saved_by").notNull(),
    savedAt: text("saved_at").notNull(),
    /** The last digest to it; the next one is not before 10 minutes later. */
    sentAt: text("sent_at"),
    /** Somebody gave the code that was sent to it: before that nothing else goes there. */
    confirmedAt: text("confirmed_at"),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.area] })],
);

/** Messages that somebody asked for (codes, tests), for an hour's count; the address is a keyed hash. */
export const askedMails = sqliteTable(
  "asked_mails",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    storeHash: text("store_hash").notNull(),
    recipient: text("recipient").notNull(),
    at: text("at").notNull(),
  },
  (t) => [index("asked_mails_recipient").on(t.recipient, t.at), index("asked_mails_at").on(t.at)],
);

/** Problems that were told of by mail: once for each time they are raised. */
export const alertsSent = sqliteTable(
  "alerts_sent",
  {
    storeHash: text("store_hash").notNull(),
    key: text("key").notNull(),
    accountId: text("account_id").notNull(),
    raisedAt: text("raised_at").notNull(),
    sentAt: text("sent_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.key] })],
);
