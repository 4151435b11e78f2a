import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** Every regular expression of the Worker, read out of its source: a new one is attacked from the day it is written. */
const ROOT = new URL("../../..", import.meta.url).pathname;

export type Expression = { where: string; expression: RegExp };

const filesOf = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesOf(join(dir, entry.name)) : entry.name.endsWith(".ts") ? [join(dir, entry.name)] : [],
  );

type Node = { type?: string; start?: number; regex?: { pattern: string; flags: string } };

function* literals(node: unknown): Generator<Required<Pick<Node, "regex" | "start">>> {
  if (Array.isArray(node)) for (const each of node) yield* literals(each);
  else if (node !== null && typeof node === "object") {
    const { regex, start } = node as Node;
    if (regex && start !== undefined) yield { regex, start };
    else for (const inner of Object.values(node)) yield* literals(inner);
  }
}

export const expressions = (dir = "worker"): Expression[] =>
  filesOf(dir).flatMap((file) => {
    const source = readFileSync(join(ROOT, file), "utf8");
    return [...literals(parseSync(file, source).program)].map(({ regex, start }) => ({
      where: `${file}:${source.slice(0, start).split("\n").length}`,
      expression: new RegExp(regex.pattern, regex.flags),
    }));
  });

/** Places where an expression is made from text are not seen by this list: there is to be none. */
export const madeFromText = (dir = "worker"): string[] =>
  filesOf(dir).filter((file) => /\bnew RegExp\(|[^.\w]RegExp\(/.test(readFileSync(join(ROOT, file), "utf8")));
