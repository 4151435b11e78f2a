import { csvLine, plain } from "../../lib/csv.ts";
import { err, ok, type Result } from "../../lib/result.ts";

/**
 * CSV by RFC 4180, strictly: comma, double quotes, CRLF or LF; a byte order mark is skipped. A cell that a spreadsheet would
 * run as a formula is written with an apostrophe before it, which reading takes off again.
 */
export type CsvRow = { line: number; cells: string[] };

export const writeCsv = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join("");

/** More than any table of ours has rows and columns: what a file has beyond is not read. */
const MAX_ROWS = 2000;
const MAX_CELLS = 20;

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

type Cell = { value: string; end: number; lines: number };

/** Without quotation marks: up to a comma or the end of the line. Null: there is one inside. */
function bareCell(text: string, from: number): Cell | null {
  let end = from;
  for (; end < text.length; end++) {
    const char = text.charCodeAt(end);
    if (char === COMMA || char === LF || char === CR) break;
    if (char === QUOTE) return null;
  }
  return { value: text.slice(from, end), end, lines: 0 };
}

/** Behind its first quotation mark; two of them are one. Null: it does not end. */
function quotedCell(text: string, from: number): Cell | null {
  let value = "";
  for (let at = from; ; ) {
    const end = text.indexOf('"', at);
    if (end < 0) return null;
    value += text.slice(at, end);
    if (text.charCodeAt(end + 1) !== QUOTE) return { value, end: end + 1, lines: value.split("\n").length - 1 };
    value += '"';
    at = end + 2;
  }
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
      const quoted = text.charCodeAt(at) === QUOTE;
      const cell = quoted ? quotedCell(text, at + 1) : bareCell(text, at);
      if (!cell && quoted) return err({ line: began, why: "A quoted cell does not end." });
      if (!cell) return err({ line, why: "A cell with quotation marks must be quoted as a whole." });
      at = cell.end;
      line += cell.lines;
      if (cells.push(plain(cell.value.trim())) > MAX_CELLS) return err({ line, why: `It has more than ${MAX_CELLS} cells.` });
      const next = text.charCodeAt(at);
      if (next === COMMA) at++;
      else if (at >= text.length || next === LF || next === CR) break;
      else return err({ line, why: "After a quoted cell a comma or the end of the line must follow." });
    }
    if (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF) at++;
    if (at < text.length) at++;
    line++;
    if (cells.length === 1 && cells[0] === "") continue;
    // The first row names the columns.
    if (rows.push({ line: began, cells }) > MAX_ROWS + 1)
      return err({ line: began, why: `The file has more than ${MAX_ROWS} lines. Import at most so many at once.` });
  }
  return ok(rows);
}
