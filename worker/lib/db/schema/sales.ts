import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What is in Cin7 of each order: its documents, and what its sale is made of. Kept as long as the link; nothing personal in either.
 * Both are `WITHOUT ROWID` (see their migration): a row is one row written, without a second index (decision 0026).
 */

/** One row for each document that we wrote or found. A document of a void sale is void with it. */
export const documents = sqliteTable(
  "documents",
  {
    storeHash: text("store_hash").notNull(),
    /** A daily sale's number where it is one (F15). */
    orderId: integer("order_id").notNull(),
    generation: integer("generation").notNull(),
    kind: text("kind", { enum: ["sale", "order", "invoice", "credit-note", "fulfilment", "payment", "refund", "assembly"] }).notNull(),
    /** By which it is found in Cin7: its own, or that of the sale that it belongs to. */
    mark: text("mark").notNull(),
    accountId: text("account_id").notNull(),
    /** Null: not written yet, or it has no ID of its own. */
    cin7Id: text("cin7_id"),
    number: text("number").notNull().default(""),
    /** One of `sales/stages.ts: STATES`. */
    state: text("state").notNull(),
    /** Decimal text with tax; null: not told. */
    total: text("total"),
    currency: text("currency").notNull().default(""),
    /** Its day in the books, YYYY-MM-DD; null: none, or not told. */
    day: text("day"),
    /** Why its next step is not done yet: `orders.waits_for` is its projection. */
    waitsFor: text("waits_for").notNull().default(""),
    /** What it holds, where that is not the whole sale: [{productId, sku, quantity}]. */
    items: text("items", { mode: "json" }).$type<{ productId: string; sku: string; quantity: string }[]>(),
    /** When it was first written or found. */
    at: text("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.orderId, t.generation, t.kind, t.mark] })],
);

/** A row of a sale: a line, or a charge with its item's name. Amounts are decimal text in the sale's currency. */
export type SaleLineRow = {
  as: "line" | "charge";
  productId: string;
  sku: string;
  /** A charge is known to Cin7 by this name (cin7-core.md 2.4); a line by its product. */
  item?: string;
  quantity: string;
  /** As Cin7 takes it: net in an exclusive sale, gross in an inclusive one. */
  price: string;
  discount: string;
  net: string;
  tax: string;
  taxRule: string;
  account: string;
  /** Absent: not known (an older release's draft, or a daily sale's row: its orders have rows of their own). */
  from?: RowOrigin[];
};
/** `orders/mapping/sale-draft.ts: Origin`, as it is stored. */
export type RowOrigin = {
  line?: number;
  address?: number;
  fee?: number;
  charge?: string;
  share?: { quantity?: string; total: string; tax: string };
};
export type SoldRow = { line: number; sku: string; quantity: number; total: string };

/** What an order's sale is made of, as it was mapped last; frozen once its order document is in Cin7. One row a sale: all of its rows are read together. */
export const saleLines = sqliteTable(
  "sale_lines",
  {
    storeHash: text("store_hash").notNull(),
    orderId: integer("order_id").notNull(),
    generation: integer("generation").notNull(),
    accountId: text("account_id").notNull(),
    currency: text("currency").notNull(),
    /** Base units per unit of the currency. */
    rate: text("rate").notNull(),
    taxInclusive: integer("tax_inclusive", { mode: "boolean" }).notNull(),
    location: text("location").notNull(),
    net: text("net").notNull(),
    tax: text("tax").notNull(),
    total: text("total").notNull(),
    settingsVersion: integer("settings_version").notNull(),
    /** Null: only the totals are left of it. */
    lines: text("lines", { mode: "json" }).$type<SaleLineRow[]>(),
    /** What BigCommerce had sold; null: not known. */
    sold: text("sold", { mode: "json" }).$type<SoldRow[]>(),
  },
  (t) => [primaryKey({ columns: [t.storeHash, t.orderId, t.generation] })],
);
