import { afterAll, describe, expect, it } from "vitest";
import { importMappings } from "../../../worker/settings/choices/mappings.ts";
import { LENGTH, slowness } from "./cpu.ts";
import { expressions, madeFromText } from "./expressions.ts";
import { allOf, type Hostile, PLAIN } from "./hostile.ts";
import { FILES, PARSERS, settings } from "./parsers.ts";

/**
 * Text that a stranger writes (a shopper, a vendor, whoever sends a request) costs time in proportion to its length, or one of
 * them stops everybody for seconds.
 */
const shown = (make: Hostile): string => `${JSON.stringify(make(12))} …`;

/** What an expression itself says in plain words: most damage is done by what nearly fits. */
function wordsOf(expression: RegExp): string[] {
  const words = expression.source.match(/[A-Za-z]{2,}/g) ?? [];
  return [...words, ...words.map((word) => `${word} `)];
}

/** An eighth of the length for the many: what is quadratic is seen there too. */
const PART = LENGTH / 8;
const EVERY = allOf();

function slowOn(expression: RegExp): string | null {
  const run = (text: string) => text.replace(expression, "");
  for (const make of [...EVERY, ...allOf(wordsOf(expression))]) {
    const slow = slowness(run, make, PART);
    if (slow) return `${shown(make)}: ${slow}`;
  }
  for (const make of PLAIN) {
    const slow = slowness(run, make);
    if (slow) return `${shown(make)}: ${slow}`;
  }
  return null;
}

describe("what is slow", () => {
  it("is work that grows faster than the text, found at once; a long text that takes long is not", () => {
    const each = (text: string, times: (n: number) => number) => {
      let sum = 0;
      for (let i = 0; i < text.length; i++) for (let j = 0; j < times(i); j++) sum += j & 3;
      return sum;
    };
    const [make] = PLAIN as [Hostile];
    expect(slowness((text) => each(text, (i) => i / 32), make)).toMatch(/ ms for /);
    expect(slowness((text) => each(text, () => 200), make)).toBeNull();
  });
});

describe("every regular expression of the Worker", () => {
  it("is written out, none is made from text", () => expect(madeFromText()).toEqual([]));

  it("takes 100,000 hostile characters in time that grows as they do", () => {
    const all = expressions();
    expect(all.length).toBeGreaterThan(100);
    const slow = all.flatMap(({ where, expression }) => {
      const said = slowOn(expression);
      return said ? [`${where} ${expression} on ${said}`] : [];
    });
    expect(slow).toEqual([]);
  });
});

describe("every parser of foreign text", () => {
  /** The README's number. */
  afterAll(() =>
    console.log(
      `attack: ${Object.keys(PARSERS).length} parsers × ${PLAIN.length + FILES.length} hostile texts of 100,000 characters, ${expressions().length} expressions × ${EVERY.length + PLAIN.length} and more`,
    ),
  );

  it("takes 100,000 hostile characters in time that grows as they do", () => {
    const slow = Object.entries(PARSERS).flatMap(([name, parse]) =>
      [...PLAIN, ...FILES].flatMap((make) => {
        const said = slowness(parse, make);
        return said ? [`${name} on ${shown(make)}: ${said}`] : [];
      }),
    );
    expect(slow).toEqual([]);
  });

  it("objects to a file in an answer that a person can read: fifty lines and how many more", () => {
    for (const make of FILES)
      for (const kind of ["tax", "payments"] as const) {
        const imported = importMappings(kind, make(LENGTH), settings);
        if (!imported.ok) expect(JSON.stringify(imported.error).length).toBeLessThan(10_000);
      }
  });
});
