import { describe, expect, it } from "vitest";
import { readLinkCode } from "../../../worker/accounts/link-code.ts";
import { readSignIn } from "../../../worker/accounts/sign-in-form.ts";
import { readAddress } from "../../../worker/alerts/mail.ts";
import { readDelivery } from "../../../worker/app/webhook-work.ts";
import { speaksOfLicence } from "../../../worker/cin7/licence.ts";
import { readStoreHash } from "../../../worker/connect/stores/hash-form.ts";
import type { Attempt } from "../../../worker/contract/index.ts";
import { parseJson } from "../../../worker/lib/body.ts";
import { csvLine, plain } from "../../../worker/lib/csv.ts";
import { decimal } from "../../../worker/lib/money.ts";
import { holdsAddress, looksLikeAddress, withoutAddresses, withoutEnd } from "../../../worker/lib/text.ts";
import { markIn, markOf } from "../../../worker/orders/marks.ts";
import { numberIn } from "../../../worker/orders/order-number.ts";
import { attemptFor } from "../../../worker/orders/pages/masked.ts";
import { readCsv } from "../../../worker/settings/choices/csv.ts";
import { importMappings } from "../../../worker/settings/choices/mappings.ts";
import { defaults } from "../../../worker/settings/defaults.ts";
import { parseDocument } from "../../../worker/settings/document.ts";
import { expressions, madeFromText } from "./expressions.ts";

/**
 * Text that a stranger writes (a shopper, a vendor, whoever sends a request) costs time in proportion to its length: 100,000
 * characters at most 50 ms of this process, or one of them stops everybody for seconds. The best of three counts, so that a
 * busy machine fails nothing; quadratic work takes seconds at this length.
 */
const LENGTH = 100_000;
const MOST_MS = 50;
/** An eighth of it for the many, at an eighth of the price: what is quadratic takes a hundred times that even here. */
const PART = 8;

const cpuMs = (run: () => void): number => {
  const began = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
};
const best = (run: () => void, enough: number): number => {
  let least = cpuMs(run);
  for (let n = 0; n < 2 && least > enough; n++) least = Math.min(least, cpuMs(run));
  return least;
};

const UNITS = [
  "a",
  "A",
  "0",
  " ",
  "\n",
  "\t",
  "@",
  "a@",
  ".",
  "a.",
  "-",
  "-a",
  "_",
  "/",
  "\\",
  "?",
  "#",
  "=",
  "'",
  '"',
  ",",
  ":",
  ";",
  "<",
  "&",
  "é",
  "\u0301",
  "a@a.",
  "ID ",
  "NOT ",
  "UTC ",
  "stores/",
  "order -",
  "ls:a",
  "stock ",
  "lock ",
  "{",
  "[",
];
const AROUND = [
  ["", ""],
  ["", "!"],
  ["", "\n"],
  ["", "@"],
  ["a@", "@"],
  ["https://", "a"],
] as const;
const texts = (units: readonly string[], length: number, around: readonly (readonly [string, string])[] = AROUND): string[] =>
  units.flatMap((unit) => {
    const many = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
    return around.map(([start, end]) => start + many + end);
  });
const PARTS = texts(UNITS, LENGTH / PART);
const WHOLE = texts(UNITS, LENGTH, [["", "!"]]);
/** Of what an expression itself says in plain words: most damage is done by what nearly fits. */
function wordsOf(expression: RegExp): string[] {
  const words = expression.source.match(/[A-Za-z]{2,}/g) ?? [];
  return [...words, ...words.map((word) => `${word} `)];
}

const slowOn = (expression: RegExp, among: readonly string[], most: number): string | undefined =>
  among.find((text) => best(() => void text.replace(expression, ""), most) > most);

describe("every regular expression of the Worker", () => {
  it("is written out, none is made from text", () => expect(madeFromText()).toEqual([]));

  it("takes 100,000 hostile characters in 50 ms", () => {
    const slow: string[] = [];
    const all = expressions();
    expect(all.length).toBeGreaterThan(100);
    for (const { where, expression } of all) {
      const part = [...PARTS, ...texts(wordsOf(expression), LENGTH / PART)];
      const text = slowOn(expression, part, MOST_MS / PART) ?? slowOn(expression, WHOLE, MOST_MS);
      if (text !== undefined) slow.push(`${where} ${expression} on ${JSON.stringify(text.slice(0, 12))}…${JSON.stringify(text.slice(-3))}`);
    }
    expect(slow).toEqual([]);
  });
});

const attempt = (text: string): Attempt => ({
  id: 1,
  at: "2026-01-05T09:00:00.000Z",
  step: "Read the order",
  side: "BigCommerce",
  method: "GET",
  path: `/v2/orders${text}`,
  status: 200,
  outcome: "ok",
  ms: 1,
  note: text,
  request: text,
  response: text,
});

/** What else goes through text that others wrote: each is given the same hostile texts, and some made for it. */
const settings = defaults();
const PARSERS: Record<string, (text: string) => unknown> = {
  "a CSV file": readCsv,
  "an import of tax rules": (text) => importMappings("tax", text, settings),
  "an import of payment methods": (text) => importMappings("payments", text, settings),
  "a cell of a CSV file": (text) => plain(csvLine([text])),
  JSON: parseJson,
  "a webhook": readDelivery,
  "a store's address": (text) => readStoreHash(text, "https://api.bigcommerce.com"),
  "a sign-in": (text) => readSignIn({ accountId: text, applicationKey: text, name: text }),
  "an e-mail address": readAddress,
  "a link code": readLinkCode,
  "a mark": (text) => [markOf(text), markIn(text), numberIn(text)],
  "an address in a text": (text) => [holdsAddress(text), looksLikeAddress(text), withoutAddresses(text, ""), withoutEnd(text, "/")],
  "what a viewer sees of a message": (text) => [
    attemptFor("view", attempt(text)),
    attemptFor("view", attempt(JSON.stringify({ product_options: [{ display_value: text }], [text]: text }))),
  ],
  "a refusal of Cin7 Core": (text) => speaksOfLicence(text, 400),
  "a price": decimal,
  "a setup": (text) => {
    const methods = [{ key: text, name: text }];
    return [parseDocument(text), parseDocument({ ...settings, payments: { ...settings.payments, methods } })];
  },
  "a setup of many parts": (text) => parseDocument({ ...settings, payments: { ...settings.payments, methods: text.split("") } }),
};
const SHAPES: readonly string[] = [
  `Class ID,Tax class,When tax was charged,No tax charged\r\n${"1,a,b,c\n".repeat(12_000)}`,
  `Class ID,Tax class,When tax was charged,No tax charged\r\n${"x,,,\n".repeat(20_000)}`,
  `Method,Name,Currency,Account,Counts as paid\r\n${Array.from({ length: 6000 }, (_, i) => `m${i},n,,1,captured\n`).join("")}`,
  `Method,Name,Currency,Account,Counts as paid\r\n${Array.from({ length: 6000 }, (_, i) => `m${i},n,,1,?\n`).join("")}`,
  `Method,Name,Currency,Account,Counts as paid\r\nm,n,,1,captured\n${Array.from({ length: 6000 }, (_, i) => `m,n,${[i % 26, (i / 26) % 26, (i / 676) % 26].map((n) => String.fromCharCode(65 + n)).join("")},1,\n`).join("")}`,
];

describe("every parser of foreign text", () => {
  it("takes 100,000 hostile characters in 50 ms", () => {
    const slow: string[] = [];
    for (const [name, parse] of Object.entries(PARSERS))
      for (const text of [...WHOLE, ...SHAPES]) {
        const ms = best(() => void parse(text), MOST_MS);
        if (ms > MOST_MS) slow.push(`${name} on ${JSON.stringify(text.slice(-30))}: ${Math.round(ms)} ms`);
      }
    expect(slow).toEqual([]);
  });

  it("objects to a file in an answer that a person can read: fifty lines and how many more", () => {
    for (const shape of SHAPES)
      for (const kind of ["tax", "payments"] as const) {
        const imported = importMappings(kind, shape, settings);
        if (!imported.ok) expect(JSON.stringify(imported.error).length).toBeLessThan(10_000);
      }
  });
});
