import { reseal, type SealedAt, type SealingKeys, sealedNow } from "../../lib/crypto.ts";
import { logBug } from "../../lib/log.ts";
import type { Resealed, ResealedUpTo } from "../client.ts";
import { frozenPlace } from "../forgotten.ts";
import { placeOf, SEALED } from "./recorder.ts";

/**
 * What an inbox keeps sealed, under the present key: so that an older one can be taken away (docs/runbook.md). A part of some
 * hundred rows at a time, by key; what is forgotten meanwhile stays forgotten, because only what is still there as it was
 * read is written.
 */
type TableName = ResealedUpTo["table"];
const TABLES: readonly TableName[] = ["drafts", "frozen", "order_calls", "attempts"];
const PART = 200;

/** Columns that hold sealed text, wholly or behind a mark. */
const COLUMNS: Record<TableName, readonly string[]> = {
  drafts: ["draft"],
  frozen: ["body"],
  order_calls: ["request", "response", "path", "note"],
  attempts: ["request", "response", "path", "note"],
};
const NTH: Record<TableName, string> = { drafts: "0", frozen: "step", order_calls: "n", attempts: "id" };

/** Where sealed text begins in a column; below 0: there is none. */
const beginOf = (column: string, text: string): number => {
  if (column !== "path" && column !== "note") return 0;
  const at = text.indexOf(SEALED);
  return at < 0 ? at : at + SEALED.length;
};

type Row = { order_id: number; n: number | string } & Record<string, string | number | null>;

function older(sql: SqlStorage, keys: SealingKeys, after: ResealedUpTo): Row[] {
  const { table } = after;
  const now = sealedNow(keys);
  const marked = (column: string) => `(instr(${column}, '${SEALED}') > 0 AND instr(${column}, '${SEALED}' || ?3) = 0)`;
  const whole = (column: string) => `(${column} IS NOT NULL AND substr(${column}, 1, length(?3)) <> ?3)`;
  const is = COLUMNS[table].map((column) => (column === "path" || column === "note" ? marked(column) : whole(column))).join(" OR ");
  const nth = NTH[table];
  return sql
    .exec<Row>(
      `SELECT order_id, ${nth} AS n, ${COLUMNS[table].join(", ")} FROM ${table} WHERE (order_id, ${nth}) > (?1, ?2) AND (${is})
       ORDER BY 1, 2 LIMIT ${PART}`,
      after.order,
      after.n,
      now,
    )
    .toArray();
}

/** Where it is sealed, and where it may have been. */
function placesOf(inbox: string, table: TableName, column: string, { order_id, n }: Row): [SealedAt, SealedAt] {
  if (table !== "drafts" && table !== "frozen") return [placeOf(inbox, column, String(order_id)), placeOf(inbox, column, "*")];
  const place = frozenPlace(inbox, order_id, table === "drafts" ? null : String(n));
  return [place, place];
}

async function resealRow(sql: SqlStorage, keys: SealingKeys, inbox: string, table: TableName, row: Row): Promise<void> {
  for (const column of COLUMNS[table]) {
    const text = row[column];
    const begin = typeof text === "string" ? beginOf(column, text) : -1;
    if (typeof text !== "string" || begin < 0) continue;
    const [place, former] = placesOf(inbox, table, column, row);
    const fresh = await reseal(keys, place, text.slice(begin), former);
    if (fresh === null) continue;
    const which = `order_id = ? AND ${NTH[table]} = ? AND ${column} = ?`;
    sql.exec(`UPDATE ${table} SET ${column} = ? WHERE ${which}`, text.slice(0, begin) + fresh, row.order_id, row.n, text);
  }
}

/** The next part after one (null: from the beginning): how many rows it had, and up to where; null: nothing is left. */
export async function resealPart(sql: SqlStorage, keys: SealingKeys, inbox: string, after: ResealedUpTo | null): Promise<Resealed> {
  const under = keys.current;
  const from = after ?? { table: "drafts" as const, order: Number.MIN_SAFE_INTEGER, n: 0 };
  const rows = older(sql, keys, from);
  // What cannot be opened is lost already.
  for (const row of rows)
    await resealRow(sql, keys, inbox, from.table, row).catch((error) => logBug(error, { kind: "reseal", store: inbox }));
  const last = rows.length === PART ? rows.at(-1) : undefined;
  if (last) return { rows: rows.length, under, upTo: { table: from.table, order: last.order_id, n: last.n } };
  const next = TABLES[TABLES.indexOf(from.table) + 1];
  return { rows: rows.length, under, upTo: next ? { table: next, order: Number.MIN_SAFE_INTEGER, n: 0 } : null };
}
