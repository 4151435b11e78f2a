import { isNode, type Node, treeOf } from "./functions.ts";

/**
 * Places where a finished sentence is taken apart: a pattern or a search text that reads like English, in a regular expression or in
 * the argument of a method that searches text.
 */
const SEARCHES = new Set([
  "startsWith",
  "endsWith",
  "includes",
  "indexOf",
  "lastIndexOf",
  "split",
  "replace",
  "replaceAll",
  "match",
  "search",
]);
/** Two words beside each other, a word before a colon, or the sign for a gap that is filled later. */
const ENGLISH = /[A-Za-z]{2,}(\\s[+*]?| )[A-Za-z(\\]{2,}|[A-Z][a-z]+(\\s|: )|(^|[^\w])(in|at|of|by) [[(\\]|…/;

function patternsOf(node: Node): string[] {
  if (node.type === "Literal" && node.regex) return [node.regex.pattern];
  if (node.type !== "CallExpression" || !SEARCHES.has(node.callee?.property?.name ?? "")) return [];
  const [first] = node.arguments ?? [];
  if (first?.type === "TemplateLiteral") return [(first.quasis ?? []).map(({ value }) => value.cooked).join("Xx")];
  return typeof first?.value === "string" ? [first.value] : [];
}

export function proseSearchedIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    for (const pattern of patternsOf(node)) if (ENGLISH.test(pattern)) found.push(pattern);
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child);
  };
  visit(treeOf(file));
  return found;
}

/** Who searches words that are not ours: what the vendors and the platform say, and names that people give. */
export const READS_OTHERS: ReadonlySet<string> = new Set([
  "worker/accounts/lock-date.ts",
  "worker/assembly/assembly-step.ts",
  "worker/cin7/client.ts",
  "worker/cin7/licence.ts",
  "worker/first-run/propose.ts",
  "worker/inbox/pass.ts",
  "worker/orders/changes/may-void.ts",
  "worker/orders/mapping/amounts/unclear-money.ts",
  "worker/orders/mapping/could-be-refused.ts",
  "worker/orders/sending/charge-names.ts",
  "worker/orders/sending/customer-step.ts",
  "worker/orders/stocktake-words.ts",
  "worker/settings/choices/charge-items.ts",
  "worker/setup/charges-flow.ts",
  "worker/setup/web-customer-step.ts",
]);

/**
 * Who still searches words of ours: labels of a stored picture, so that who may only look sees no shopper. This list only shrinks.
 */
export const READS_OURS: ReadonlySet<string> = new Set(["worker/orders/pages/masked.ts"]);
