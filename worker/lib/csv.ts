/**
 * A spreadsheet runs what begins like a formula, also behind a semicolon or a line end, where it may see the beginning of a
 * cell that we did not write: an apostrophe stands before it. One more where there is one already, so that reading finds the
 * text again as it was.
 */
const FORMULA = /(^|[;\t\r\n])( *'*[=+\-@＝＋－＠\t\r])/g;
const NEUTRAL = /(^|[;\t\r\n])'( *'*[=+\-@＝＋－＠\t\r])/g;
const NUMBER = /^-?\d+(\.\d+)?$/;

const neutral = (text: string): string => (NUMBER.test(text) ? text : text.replace(FORMULA, "$1'$2"));
/** The text as it was before `neutral`. */
export const plain = (text: string): string => (text.includes("'") ? text.replace(NEUTRAL, "$1$2") : text);

/** One cell: quoted where needed. */
function cell(value: string | number | null): string {
  if (value === null) return "";
  const safe = typeof value === "string" ? neutral(value) : String(value);
  return /[",;\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** A line of CSV (RFC 4180) with its end. */
export const csvLine = (values: readonly (string | number | null)[]): string => `${values.map(cell).join(",")}\r\n`;

/** A file that the browser saves; kept by nobody on the way. */
export const asFile = (body: string | ReadableStream<Uint8Array>, type: "text/csv; charset=utf-8" | "application/x-ndjson", name: string) =>
  new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
