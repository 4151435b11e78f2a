import { describe, expect, it } from "vitest";
import { readCsv, writeCsv } from "../../../../worker/settings/choices/csv.ts";

describe("CSV by RFC 4180", () => {
  const rows = (text: string) => {
    const read = readCsv(text);
    return read.ok ? read.value.map((r) => r.cells) : read.error;
  };
  it("reads quotes, commas and line ends inside cells, CRLF and LF, with or without the last line end", () => {
    expect(rows('a,"b, c"\r\n"say ""hi""",\n"two\nlines",x')).toEqual([
      ["a", "b, c"],
      ['say "hi"', ""],
      ["two\nlines", "x"],
    ]);
    expect(rows("\uFEFFa,b\r\n\r\n")).toEqual([["a", "b"]]);
    expect(rows("")).toEqual([]);
  });
  it("names the line of what is malformed", () => {
    expect(rows('a,b\n"open')).toEqual({ line: 2, why: "A quoted cell does not end." });
    expect(rows('a\n"b"c')).toMatchObject({ line: 2 });
    expect(rows('a\nb"c')).toMatchObject({ line: 2 });
    const after = readCsv('"x\ny",1\nz,2');
    expect(after.ok && after.value.map((r) => r.line)).toEqual([1, 3]);
  });
  it("what a spreadsheet would run as a formula is written as text and comes back as it was", () => {
    const odd = ["=1+1", "+61", "-5", "@x", 'a"b', "c,d", "", "plain", "'quoted", "a;=1", "a; @b", "x\n+y", "a;'=1", "''=z"];
    expect(writeCsv([odd])).toMatch(/^'=1\+1,'\+61,-5,'@x,/);
    expect(rows(writeCsv([odd, odd]))).toEqual([odd, odd]);
  });
});
