import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { CONNECTED, DROPPED, KEPT } from "../../../worker/disconnect/tables.ts";
import * as schema from "../../../worker/lib/db/schema/tables.ts";

const names = (tables: readonly SQLiteTable[]) => tables.map((table) => getTableName(table)).sort();

it("what nobody decided to keep goes: each table of a store is kept whole, kept in part, dropped or of the connection", () => {
  const ofStore = Object.values(schema as Record<string, unknown>)
    .filter((table): table is SQLiteTable => is(table, SQLiteTable))
    .filter((table) => Object.values(getTableColumns(table)).some(({ name }) => name === "store_hash"));
  const placed = new Set([...names(KEPT.map(({ table }) => table)), ...names(DROPPED), ...names(CONNECTED)]);
  expect(names(ofStore).filter((name) => !placed.has(name))).toEqual(["audit", "disconnects", "kept_links"]);
});

it("decision 1.17: a kept order names nobody, and who decided or saved is not told", () => {
  const scrubbed = (name: string, row: Record<string, string>) => KEPT.find((kept) => kept.name === name)?.scrub(row);
  expect(scrubbed("orders", { order_id: "1042", customer: "Ana Keller", email: "a@b.cc", picture: "{}" })).toEqual({
    order_id: "1042",
    customer: "",
    email: "",
    picture: null,
  });
  expect(scrubbed("decisions", { by: "Ann" })).toEqual({ by: "a person, before the disconnect" });
  expect(scrubbed("settings_versions", { saved_by: "Ann" })).toEqual({ saved_by: "before the disconnect" });
});

it("of problems and decisions the rest goes, as of tables that nobody decided to keep", () => {
  expect(names(DROPPED)).toEqual(expect.arrayContaining(["problems", "decisions"]));
  expect(names(DROPPED)).not.toContain("orders");
});
