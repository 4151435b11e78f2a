import { getTableColumns, getTableName, is, type SQL, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { SealedAt } from "../lib/crypto.ts";
import * as schema from "../lib/db/schema/tables.ts";
import { kindsRemembered } from "../problems/registry.ts";

/** A row as the database holds it: JSON columns are text, switches 0 or 1. */
export type RawRow = Record<string, string | number | null>;
/** `only`: the other rows of the table go, as those of tables that nobody decided to keep. */
export type KeptTable = { table: SQLiteTable; name: string; scrub: (row: RawRow) => RawRow; only?: SQL };

const kept = (table: SQLiteTable, scrub: (row: RawRow) => RawRow, only?: SQL): KeptTable => ({
  table,
  name: getTableName(table),
  scrub,
  ...(only ? { only } : {}),
});

/** A refund that somebody said is entered would be asked for again. It names no person, and its order comes from what it says. */
const DEALT_WITH = sql`cleared_at IS NOT NULL AND kind IN (SELECT value FROM json_each(${JSON.stringify(kindsRemembered())}))
  AND EXISTS (SELECT 1 FROM problem_orders o WHERE o.store_hash = problems.store_hash AND o.key = problems.key)`;

/** About an order or a day, so it names nobody. What was to be done at once (void, take again) is not done weeks later. */
const STANDING = sql`key GLOB '[a-z]*:[0-9]*' AND key NOT GLOB '*[^a-z0-9:-]*' AND key NOT GLOB 'void-sale:*' AND key NOT GLOB 'take-again:*'`;

/**
 * What a reconnect finds again (decision 1.17), in the order in which it comes back: order → sale with its payments, then the
 * settings, so that no order is taken before its link, and what people decided about it, is known. Everything personal is left out: names, e-mails, addresses.
 */
export const KEPT: readonly KeptTable[] = [
  // Its documents and the rows of its sale say what later changes are compared with; its page is not kept (decision 0026).
  kept(schema.orders, (row) => ({ ...row, customer: "", email: "", picture: null })),
  kept(schema.orderPayments, (row) => row),
  kept(schema.documents, (row) => row),
  kept(schema.saleLines, (row) => row),
  kept(schema.daySales, (row) => row),
  kept(schema.decisions, (row) => ({ ...row, by: "a person, before the disconnect" }), STANDING),
  kept(schema.problems, (row) => row, DEALT_WITH),
  kept(schema.settingsVersions, (row) => ({ ...row, saved_by: "before the disconnect" })),
];

/** Where a sealed part belongs: elsewhere it does not open (design 5). */
export const keptPlace = (store: string, id: string): SealedAt => ({ tenant: store, table: "kept_links", column: "sealed", row: id });

/** Survive a disconnect as they are: what is sealed, that it was asked for, and who did it. */
const APART = new Set(["kept_links", "disconnects", "audit"]);
/** Go last, because the flow works with them; on a move they stay, as the store stays connected. */
const CONNECTION = new Set(["store_credentials", "users", "link_tries", "user_answers"]);

const ofStore = Object.values(schema as Record<string, unknown>)
  .filter((table): table is SQLiteTable => is(table, SQLiteTable))
  .filter((table) => Object.values(getTableColumns(table)).some((column) => column.name === "store_hash"))
  .filter((table) => !APART.has(getTableName(table)));
const isConnection = (table: SQLiteTable): boolean => CONNECTION.has(getTableName(table));

/** Every other table of a store, also those that come later: what nobody decided to keep goes. */
export const DROPPED: readonly SQLiteTable[] = ofStore.filter(
  (table) => !isConnection(table) && !KEPT.some((k) => k.table === table && !k.only),
);
export const CONNECTED: readonly SQLiteTable[] = ofStore.filter(isConnection);
