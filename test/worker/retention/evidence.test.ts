import { getTableColumns, getTableName, is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import * as schema from "../../../worker/lib/db/schema/tables.ts";
import { COLUMNS, fileName, PARTS } from "../../../worker/retention/evidence.ts";

it("M46: the file says whose evidence it is, of what, of which day, in which form", () => {
  expect(fileName("demostore1", "orders", "2026-11-21", "csv")).toBe("lockstep-demostore1-orders-2026-11-21.csv");
  expect(fileName("demostore1", null, "2026-11-21", "ndjson")).toBe("lockstep-demostore1-evidence-2026-11-21.ndjson");
});

it("each part names its columns once, and each is a column of the database", () => {
  const columns = new Set(
    Object.values(schema as Record<string, unknown>)
      .filter((table): table is SQLiteTable => is(table, SQLiteTable))
      .flatMap((table) => Object.values(getTableColumns(table)).map(({ name }) => name)),
  );
  for (const part of PARTS) {
    const names = COLUMNS[part].map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(COLUMNS[part].filter(([, column]) => !columns.has(column) && column !== "orders")).toEqual([]);
  }
  expect(getTableName(schema.orders)).toBe("orders");
});
