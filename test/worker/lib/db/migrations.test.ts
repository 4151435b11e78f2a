import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import type { OrderNote } from "../../../../worker/contract/index.ts";
import { open } from "../../../../worker/lib/db/open.ts";
import * as schema from "../../../../worker/lib/db/schema/tables.ts";
import { noteOf } from "../../../../worker/orders/pages/list-row.ts";
import type { Problem } from "../../../../worker/problems/define-problem.ts";
import { keyOf, wordsOf } from "../../../../worker/problems/registry.ts";

const tables: SQLiteTable[] = Object.values(schema as Record<string, unknown>).filter((value) => is(value, SQLiteTable));
type Column = { name: string; type: string };

const columnsOf = async (table: string) =>
  (await env.DB.prepare(`SELECT name, type FROM pragma_table_info('${table}')`).all<Column>()).results;

/** A row with something in each column that the table has at this point. */
async function fill(table: string): Promise<void> {
  const columns = await columnsOf(table);
  const values = columns.map((c) => (c.type.toLowerCase() === "integer" ? 1 : "{}"));
  const names = columns.map((c) => `"${c.name}"`).join(", ");
  await env.DB.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => "?").join(", ")})`)
    .bind(...values)
    .run();
}

const existing = async () =>
  (await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all<{ name: string }>()).results
    .map((row) => row.name)
    .filter((name) => !/^(sqlite_|_cf_|d1_)/.test(name));

it("the data of every earlier release is whole under the newest code: each migration on a filled database (design 5)", async () => {
  for (let release = 1; release <= env.TEST_MIGRATIONS.length; release++) {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, release));
    const filled = await existing();
    for (const table of filled) await fill(table);
    const before = await Promise.all(filled.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).first()));

    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    for (const [i, table] of filled.entries()) {
      expect(await env.DB.prepare(`SELECT * FROM ${table}`).first(), table).toMatchObject(before[i] as object);
    }
    const db = open(env);
    for (const table of tables.filter((t) => filled.includes(getTableName(t)))) expect(await db.select().from(table).all()).toHaveLength(1);
  }
});

it("what an earlier release noted as a finished sentence is data under the newest code, and is shown in the same words", async () => {
  await reset();
  const before = env.TEST_MIGRATIONS.findIndex((migration) => migration.name.includes("notes-as-data"));
  // With all tables of today, as the newest code reads them; the migration itself runs again below.
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  for (const table of ["orders", "problems"]) await fill(table);
  const { DB } = env;
  const note = (state: string, text: string) =>
    DB.prepare("UPDATE orders SET order_id = 7, account_id = 'a', state = ?, note = ?, noted_for = NULL, waits_for = ''").bind(state, text);
  const method = (name: string) =>
    DB.prepare("UPDATE problems SET kind = 'payment-unmapped', facts = ?").bind(JSON.stringify({ kind: "payment-unmapped", method: name }));
  const migrate = async (): Promise<[OrderNote, Problem]> => {
    for (const query of env.TEST_MIGRATIONS[before]?.queries ?? []) await DB.prepare(query).run();
    const db = open(env);
    const [order, problem] = [await db.select().from(schema.orders).get(), await db.select().from(schema.problems).get()];
    return [noteOf(order as typeof schema.orders.$inferSelect), problem?.facts as Problem];
  };
  await DB.batch([note("held", "Held: tax, SKU"), method("Zip in NZD")]);
  const title = 'No account is chosen for the payment method "Zip in NZD".';
  const [held, unmapped] = await migrate();
  expect(held).toEqual({ is: "said", text: "tax, SKU" });
  expect(unmapped).toEqual({ kind: "payment-unmapped", method: "Zip", currency: "NZD" });
  expect([keyOf(unmapped), wordsOf(unmapped, { orders: [7], orderCount: 1 }).title]).toEqual(["payment-unmapped:zip in nzd", title]);
  // A second time, and what has the newer form already, nothing changes.
  expect(await migrate()).toEqual([held, unmapped]);
  await DB.batch([note("not-taken", "Held: is what its customer wrote"), method("Paid in full")]);
  expect(await migrate()).toEqual([
    { is: "said", text: "Held: is what its customer wrote" },
    { kind: "payment-unmapped", method: "Paid in full" },
  ]);
});

it("the schema in the code is the one that the migrations make: no column on one side only", async () => {
  for (const table of tables) {
    const inCode = Object.values(getTableColumns(table)).map((c) => c.name);
    const inDatabase = (await columnsOf(getTableConfig(table).name)).map((c) => c.name);
    expect(inDatabase.sort(), getTableConfig(table).name).toEqual(inCode.sort());
  }
});
