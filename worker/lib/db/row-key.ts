import { getTableName } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { documents, saleLines } from "./schema/tables.ts";

const WITHOUT_ROW_ID = new Map(
  [documents, saleLines].map((table) => {
    const columns = getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
    return [getTableName(table) as string, columns.filter((name) => name !== "store_hash")];
  }),
);

/** By what a row of a store's table is known: its row ID, or the key of a table that has none (decision 0026). */
export const keyOf = (table: string): readonly string[] => WITHOUT_ROW_ID.get(table) ?? ["rowid"];
