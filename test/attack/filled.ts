import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { and, getTableColumns, getTableName, is, sql } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { useKey } from "../../worker/accounts/key-store.ts";
import { connectStore } from "../../worker/connect/store.ts";
import { keptPlace } from "../../worker/disconnect/tables.ts";
import { configOf } from "../../worker/env.ts";
import { gunzip, unsealBytes } from "../../worker/lib/crypto.ts";
import * as schema from "../../worker/lib/db/schema/tables.ts";
import type { AccountId, StoreHash } from "../../worker/lib/ids.ts";
import { ACCOUNT, bindings, db, OTHER_STORE, STORE, twoMerchants } from "./world.ts";

/**
 * A merchant of whom something is known in every text of every table, in D1 and in the SQLite of every object: made from the schema,
 * so that a table or a column that is added is there too, and what is left of it is asked after.
 */
export const DAY = 86_400_000;
export const iso = (at = Date.now()) => new Date(at).toISOString();
const KEY = "11111111-2222-3333-4444-555555555555";
export const SHOPPER = "ana.keller@example.org";
const PERSON = "Ana Keller, ana.keller@example.org, +61 400 000 000, 1 Secret Street";
/** What is searched for afterwards: who bought, the merchant's account, keys and tokens. */
const KNOWN = new RegExp(`Ana|Keller|ana\\.keller|400 000|Secret|the-token|the-client-secret|${KEY}|${ACCOUNT}`);

/**
 * Texts of an order that name nobody, whatever this fixture puts there: words of ours, numbers and statuses of both vendors. They
 * stay when a shopper is erased, and sealed for a reconnect. A column that is added stands here or goes with the person.
 */
const of = (table: string, columns: string) => columns.split(" ").map((column) => `${table}.${column}`);
export const OF_ORDERS: readonly string[] = [
  ...of("orders", "facts invoice_number invoice_task_id note rounding status unpaid_method"),
  ...of("order_payments", "account amount cin7_payment_id mark method reference why"),
  ...of("documents", "cin7_id items mark number state"),
  ...of("sale_lines", "lines location net rate sold tax"),
  ...of("day_sales", "location stem zone"),
];

/** All that D1 has. */
export const tables = Object.values(schema as Record<string, unknown>).filter((t): t is SQLiteTable => is(t, SQLiteTable));
export const inSchema = () => tables.map((table) => getTableName(table)).sort();
type Column = ReturnType<typeof getTableColumns>[string];

/** What a column must hold for its row to be found and read; of every other text, the person. */
const GIVEN: Record<string, unknown> = {
  store_hash: STORE,
  account_id: ACCOUNT,
  order_id: 7,
  sku_fold: "tee",
  total: "12.00",
  currency: "AUD",
  stages: "",
  waits_for: "",
  expires_at: iso(Date.now() + DAY / 2),
  keep_until: iso(Date.now() + 30 * DAY),
};
const ROWS: Record<string, Record<string, unknown>> = {
  orders: { state: "sent", email: SHOPPER, saleId: "s-7", saleNumber: "SO-7", erasedAt: null, reserved: [], ordered: [] },
  problems: { kind: "cin7-refused", facts: { kind: "cin7-refused", orderId: 7, step: "invoice", text: PERSON }, key: "invoice:7" },
  problem_orders: { key: "invoice:7" },
  settings_versions: { document: {} },
  one_time_codes: { subject: { store: STORE, who: PERSON } },
  shared_things: { kind: "charge" },
  used_tokens: { jti: "one-jti" },
};
/** Filled by the product's own hand: what is sealed, and whose keys are known. */
const BY_HAND = new Set(["stores", "accounts", "users", "store_credentials", "account_keys", "kept_links", "disconnects"]);

function textFor(name: string, column: Column): unknown {
  if (column.name in GIVEN) return GIVEN[column.name];
  if (column.enumValues?.length) return column.enumValues[0];
  if (column.dataType === "json") return { who: PERSON };
  if (column.dataType === "boolean") return false;
  if (column.dataType === "number") return 1;
  return /(^|_)(at|since|until|day|cut|for)$/.test(column.name) ? iso() : `${PERSON} in ${name}.${column.name}`;
}
const rowFor = (table: SQLiteTable) => ({
  ...Object.fromEntries(Object.entries(getTableColumns(table)).map(([key, column]) => [key, textFor(getTableName(table), column)])),
  ...ROWS[getTableName(table)],
});

/** One merchant alone, with a row in every table of D1, and what its queue, its account's queue and its key's gate hold. */
export async function fillAll(): Promise<void> {
  await twoMerchants();
  const { sealingKeys } = configOf(bindings);
  const credentials = { hash: STORE as StoreHash, clientId: "id", token: "the-token", clientSecret: "the-client-secret" };
  const account = ACCOUNT as AccountId;
  await connectStore(db(), sealingKeys, { ...credentials, connection: "store-api", scopes: [], info: null, account }, iso());
  await useKey(db(), sealingKeys, account, KEY, iso());
  for (const table of tables.filter((t) => !BY_HAND.has(getTableName(t)))) await db().insert(table).values(rowFor(table)).run();
  // Where rows are there already: every text that is not a key of something.
  const known = (table: SQLiteTable, names: string[]) =>
    Object.fromEntries(names.map((name) => [name, textFor(getTableName(table), getTableColumns(table)[name] as Column)]));
  const texts = ["storeId", "name", "domain", "controlPanelUrl", "country"];
  await db()
    .update(schema.stores)
    .set({ ...known(schema.stores, texts), differing: { account: ACCOUNT, orders: [7], at: iso() } })
    .where(sql`hash = ${STORE}`)
    .run();
  await db()
    .update(schema.accounts)
    .set({
      ...known(schema.accounts, ["company", "taxCalculation"]),
      chargeTrial: { askedAt: iso(), by: PERSON, endedAt: iso(), note: PERSON },
    })
    .where(sql`id = ${ACCOUNT}`)
    .run();
  await db().update(schema.users).set({ email: sql`'Ana' || user_id || '@example.org'` }).where(sql`store_hash = ${STORE}`).run();
  await db().delete(schema.users).where(sql`store_hash = ${OTHER_STORE}`).run();
  for (const [, object] of await objects()) await object(fillSqlite);
}

// ---- D1 ----------------------------------------------------------------------------------------------------------------

/** Columns in which something of the merchant or a shopper stands, opened where it is sealed; e.g. `audit.by`. */
export async function left(words = KNOWN): Promise<string[]> {
  const found = new Set<string>();
  for (const table of tables) {
    const name = getTableName(table);
    for (const row of await db().all<Record<string, unknown>>(sql`SELECT * FROM ${table}`)) {
      for (const [column, value] of Object.entries(row)) if (words.test(String(value))) found.add(`${name}.${column}`);
      if (name === "kept_links")
        for (const kept of JSON.parse(await opened(row)) as Record<string, unknown>[])
          for (const [column, value] of Object.entries(kept)) if (words.test(String(value))) found.add(`sealed ${row["source"]}.${column}`);
    }
  }
  return [...found].sort();
}
const opened = async ({ id, store_hash, sealed }: Record<string, unknown>) =>
  gunzip(await unsealBytes(configOf(bindings).sealingKeys, keptPlace(String(store_hash), String(id)), String(sealed)));

/** Every table of D1 that has a row of the store or of the account. */
export async function tablesLeft(): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await db().all<Record<string, unknown>>(sql`SELECT * FROM ${table}`);
    if (rows.some((row) => Object.values(row).some((value) => value === STORE || value === ACCOUNT))) found.push(getTableName(table));
  }
  return found.sort();
}

// ---- the objects -------------------------------------------------------------------------------------------------------

type Run = <T>(work: (sql: SqlStorage) => T) => Promise<T>;
const inside =
  (stub: DurableObjectStub): Run =>
  (work) =>
    runInDurableObject(stub, (_, state) => work(state.storage.sql));

/** The store's queue, the account's, and the gate of its key; in the order of their names. */
let gates: string[] = [];
async function objects(): Promise<[string, Run][]> {
  const keys = await db()
    .select({ id: schema.accountKeys.id })
    .from(schema.accountKeys)
    .where(and(sql`account_id = ${ACCOUNT}`))
    .all();
  if (keys.length > 0) gates = keys.map(({ id }) => id);
  return [
    ["account's queue", inside(env.INBOX.getByName(`account:${ACCOUNT}`))],
    ...gates.map((id): [string, Run] => ["gate", inside(env.GATE.getByName(id))]),
    ["store's queue", inside(env.INBOX.getByName(`store:${STORE}`))],
  ];
}

const tablesOf = (sql: SqlStorage) =>
  sql
    .exec<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'migrations'",
    )
    .toArray()
    .map(({ name }) => name);

/** With what a text begins, where something is done by it. */
const BEFORE: Record<string, string> = { "claims.step": "customer:", "attempts.path": "/customer?", "order_calls.path": "/customer?" };

/** A row in every table, parked where it is work, with the person in every text. */
function fillSqlite(sql: SqlStorage): void {
  for (const table of tablesOf(sql)) {
    if (table === "identity") continue;
    const columns = sql.exec<{ name: string; type: string }>(`PRAGMA table_info(${table})`).toArray();
    const value = ({ name, type }: { name: string; type: string }) =>
      type !== "TEXT" ? (name === "order_id" ? 7 : 1) : `${BEFORE[`${table}.${name}`] ?? ""}${PERSON}`;
    sql.exec(
      `INSERT OR REPLACE INTO ${table} (${columns.map(({ name }) => name).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
      ...columns.map(value),
    );
  }
}

/** Every table of an object that holds a row, and the columns in which the person stands. */
export async function inObjects(): Promise<Record<string, { rows: string[]; known: string[] }>> {
  const all: Record<string, { rows: string[]; known: string[] }> = {};
  for (const [name, run] of await objects())
    all[name] = await run((sql) => {
      const known = new Set<string>();
      const rows = tablesOf(sql).filter((table) => {
        const there = sql.exec(`SELECT * FROM ${table}`).toArray();
        for (const row of there)
          for (const [column, value] of Object.entries(row)) if (/Ana|Keller/.test(String(value))) known.add(`${table}.${column}`);
        return there.length > 0;
      });
      return { rows: rows.sort(), known: [...known].sort() };
    });
  return all;
}
