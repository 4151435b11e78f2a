import { env } from "cloudflare:workers";
import { getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { keyOf } from "../../../../worker/lib/db/row-key.ts";
import * as schema from "../../../../worker/lib/db/schema/tables.ts";

const tables = Object.values(schema as Record<string, unknown>).flatMap((table) => (is(table, SQLiteTable) ? [getTableName(table)] : []));

it("a row of every table is known by what the database really has: its row ID, or the key beside the store", async () => {
  expect(tables).toEqual(expect.arrayContaining(["orders", "documents", "sale_lines"]));
  for (const table of tables) await env.DB.prepare(`SELECT ${keyOf(table).join(", ")} FROM ${table} LIMIT 1`).all();
  expect(tables.filter((table) => keyOf(table)[0] !== "rowid")).toHaveLength(2);
  expect(keyOf("documents")).toEqual(["order_id", "generation", "kind", "mark"]);
  expect(keyOf("sale_lines")).toEqual(["order_id", "generation"]);
});
