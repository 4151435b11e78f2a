import { expect, it } from "vitest";
import { csvLine, plain } from "../../../worker/lib/csv.ts";

it("a line is RFC 4180: what holds a comma, a quotation mark or a line end is quoted, and nothing is null", () => {
  expect(csvLine(["a", 'say "b"', "c,d", "e\nf", null, 7])).toBe('a,"say ""b""","c,d","e\nf",,7\r\n');
});

it("what a spreadsheet would run as a formula does not run, also behind a line end or a semicolon", () => {
  for (const text of ["=1+1", "+SUM(A1)", "-cmd", "@x", "  =1", "\t=1"]) expect(csvLine([text]), text).toMatch(/^"?'/);
  expect(csvLine(["a\n=1"])).toBe('"a\n\'=1"\r\n');
  expect(csvLine(["a;=1"])).toBe('"a;\'=1"\r\n');
});

it("a number stays one, below zero too", () => {
  expect(csvLine(["-12.50", "0", -3])).toBe("-12.50,0,-3\r\n");
});

it("reading a cell back gives the text as it was, also one that had the apostrophe itself", () => {
  for (const text of ["=1+1", "'=1", "a\n-b", "it's", "-1", "''=x"]) {
    const cell = csvLine([text])
      .slice(0, -2)
      .replace(/^"([\s\S]*)"$/, "$1")
      .replaceAll('""', '"');
    expect(plain(cell), text).toBe(text);
  }
});
