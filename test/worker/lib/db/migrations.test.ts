import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { open } from "../../../../worker/lib/db/open.ts";
import * as schema from "../../../../worker/lib/db/schema/tables.ts";

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

it("the schema in the code is the one that the migrations make: no column on one side only", async () => {
  for (const table of tables) {
    const inCode = Object.values(getTableColumns(table)).map((c) => c.name);
    const inDatabase = (await columnsOf(getTableConfig(table).name)).map((c) => c.name);
    expect(inDatabase.sort(), getTableConfig(table).name).toEqual(inCode.sort());
  }
});
