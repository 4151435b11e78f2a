import { isNode, type Node, treeOf } from "./functions.ts";
import { filesOf, textOf, withoutComments } from "./imports.ts";

/** Where a file's test is looked for: `worker/orders/marks.ts` has `test/worker/orders/marks.test.ts`. */
const testOf = (file: string) => `test/${file.replace(/\.ts$/, ".test.ts")}`;

/** Tested by what they do to the world, in tests that tell a story. */
const TOUCHES = /(^|[-/])(flow|step|store|routes|session|action)\.ts$/;
const WORLD =
  /\bawait\b|\basync\b|Date\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|crypto\.(subtle|getRandomValues|randomUUID)|\bSqlStorage\b|\bDb\b/;
/**
 * Registers: what stands in them is held for all entries at once. Words of problems byte for byte by `problems/texts.test.ts`, a slice's
 * kinds of work by `app/compose.test.ts`, columns by the migrations, forms of what vendors say by their contract tests.
 */
const REGISTERS = /^worker\/contract\/|\/schema\/|\/schemas?[./]|\/problems\.ts$|^worker\/(?!inbox\/).*\/work\.ts$/;

/** What chooses: a condition, a case, one value or else another. A type chooses nothing. */
const CHOICES = new Set(["IfStatement", "SwitchStatement", "ConditionalExpression", "LogicalExpression"]);
const chooses = (node: Node): boolean =>
  CHOICES.has(node.type) ||
  Object.values(node)
    .flat()
    .some((child) => isNode(child) && chooses(child));

const decides = (file: string): boolean => !TOUCHES.test(file) && !REGISTERS.test(file) && !isOfWorld(file) && chooses(treeOf(file));
const isOfWorld = (file: string): boolean => WORLD.test(withoutComments(textOf(file)).replace(/^import [^;]*;/gm, ""));

/** Pure files of the Worker that decide something and have no test of their path. */
export const untested = (): string[] => {
  const tests = new Set(filesOf("test/worker"));
  return filesOf("worker").filter((file) => decides(file) && !tests.has(testOf(file)));
};

/** Those that have none, each with why. None comes to it, and each that gets its test leaves it. */
export const WITHOUT_TEST: Readonly<Record<string, string>> = {
  "worker/home/checklist.ts": "is judged with its page and its routes, in home.test.ts",
  "worker/home/today.ts": "is judged with its page and its routes, in home.test.ts",
  "worker/orders/reading/picture.ts": "is judged with what the order's page shows of it, in orders/pages/picture.test.ts",
};
