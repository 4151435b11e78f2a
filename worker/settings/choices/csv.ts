import { csvLine, plain } from "../../lib/csv.ts";
import { err, ok, type Result } from "../../lib/result.ts";

/**
 * CSV by RFC 4180, strictly: comma, double quotes, CRLF or LF; a byte order mark is skipped. A cell that a spreadsheet would
 * run as a formula is written with an apostrophe before it, which reading takes off again.
 */
export type CsvRow = { line: number; cells: string[] };

export const writeCsv = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join("");

/** Where a cell without quotation marks ends. */
function cellEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "," && text[at] !== "\r" && text[at] !== "\n") at++;
  return at;
}

/** Rows with the line on which each begins, from 1; empty lines are left out. An error names its line. */
export function readCsv(text: string): Result<CsvRow[], { line: number; why: string }> {
  const rows: CsvRow[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const began = line;
    const cells: string[] = [];
    for (;;) {
      let value = "";
      if (text[at] === '"') {
        at++;
        for (;;) {
          const end = text.indexOf('"', at);
          if (end < 0) return err({ line: began, why: "A quoted cell does not end." });
          value += text.slice(at, end);
          at = end + 1;
          if (text[at] !== '"') break;
          value += '"';
          at++;
        }
        line += value.split("\n").length - 1;
        if (at < text.length && !/[,\r\n]/.test(text[at] as string))
          return err({ line, why: "After a quoted cell a comma or the end of the line must follow." });
      } else {
        const end = cellEnd(text, at);
        value = text.slice(at, end);
        at = end;
        if (value.includes('"')) return err({ line, why: "A cell with quotation marks must be quoted as a whole." });
      }
      cells.push(plain(value.trim()));
      if (text[at] !== ",") break;
      at++;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    if (at < text.length) at++;
    line++;
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: began, cells });
  }
  return ok(rows);
}
