import { entries, textOf } from "./imports.ts";

/**
 * Rules, decisions and facts that a comment, a test or a page names, as the anchors of docs/requirements.md: `F13`, `decision 1.6`,
 * `design 3.2`, `cin7-core.md 2.4`, facts with a number (of the vendor whose folder it stands in). `decision 0014` is a page of docs/decisions.
 */
const RULE = /\b([FKMJN])(\d{1,3})\b(?: to \1(\d{1,3})\b)?/g;
const DECISION = /\bdecisions? ((?:\d+(?:\.\d+)?(?:, | and )?)+)/g;
const SECTION = /\b(?:facts\/)?(cin7-core\.md|bigcommerce\.md|ui\.md|design|facts),? (\d[\d., ]*(?:(?:and|to|trap) \d[\d., ]*)*)/g;
const PREFIX: Record<string, string> = { "cin7-core.md": "cin7-", "bigcommerce.md": "bigcommerce-", "ui.md": "ui-", design: "design-" };

const anchors = new Set([...textOf("docs/requirements.md").matchAll(/<a id="([^"]+)">/g)].map((m) => m[1] as string));
const pages = new Set(entries("docs/decisions").files.map((file) => file.replace(/^docs\/decisions\/(\d{4}).*$/, "$1")));
const has = (...ids: string[]): boolean => ids.every((id) => anchors.has(id));
const numbersIn = (list: string): string[] => list.match(/\d+(\.\d+)*/g) ?? [];

const vendorOf = (file: string): string => (/cin7/i.test(file) ? "cin7-" : /bigcommerce/i.test(file) ? "bigcommerce-" : "?");

/** `11, trap 10` is 11.10; `7.5 to 7.12` names both ends. */
function sectionsIn(list: string): string[] {
  const numbers = numbersIn(list);
  return /trap/.test(list) ? [numbers[0] as string, numbers.slice(0, 2).join(".")] : numbers;
}

function lineErrors(file: string, line: string): string[] {
  const wrong: string[] = [];
  for (const [all, letter, from, to] of line.matchAll(RULE)) {
    const ids = to === undefined ? [`${letter}${from}`] : [`${letter}${from}`, `${letter}${to}`];
    if (!has(...ids.map((id) => id.toLowerCase()))) wrong.push(all);
  }
  for (const [all, list = ""] of line.matchAll(DECISION))
    for (const n of numbersIn(list)) if (!(n.includes(".") ? has(`decision-${n}`) : pages.has(n))) wrong.push(all);
  for (const [all, source = "", list = ""] of line.matchAll(SECTION))
    for (const n of sectionsIn(list)) if (!has(`${PREFIX[source] ?? vendorOf(file)}${n}`)) wrong.push(`${all} (${n})`);
  return wrong;
}

/** Citations of a file that lead nowhere. */
export const deadCitations = (file: string): string[] =>
  textOf(file)
    .split("\n")
    .flatMap((line, n) => lineErrors(file, line).map((wrong) => `${file}:${n + 1} ${wrong}`));
