import { existsSync } from "node:fs";
import { filesOf, ROOT, textOf } from "./imports.ts";

/** The README's answers to a newcomer: rows of *Where is …?*, and what of them leads nowhere. */
const NAMED = /((?:`\w+`(?:, | and )?)+) in `([\w/.-]+)`/g;
const PATH = /`((?:worker|ui|test)\/[\w/.-]*)`/g;

export const answers = (): string[] =>
  (/## Where is …\?\n([\s\S]*?)\n## /.exec(textOf("README.md"))?.[1] ?? "").split("\n").filter((line) => /^\| .*\? \|/.test(line));

const isExported = (file: string, name: string): boolean =>
  new RegExp(`^export (?:async )?(?:function|const) ${name}\\b`, "m").test(textOf(file));

/** Paths that do not exist, and functions that their file does not export. */
export function deadAnswers(): string[] {
  const files = new Set([...filesOf("worker"), ...filesOf("ui")]);
  const named = [...answers().join("\n").matchAll(NAMED)].flatMap(([, names = "", file = ""]) =>
    [...names.matchAll(/`(\w+)`/g)]
      .filter(([, name = ""]) => !files.has(file) || !isExported(file, name))
      .map(([, name]) => `${name} in ${file}`),
  );
  const paths = [...textOf("README.md").matchAll(PATH)].map(([, path = ""]) => path).filter((path) => !existsSync(`${ROOT}${path}`));
  return [...named, ...paths];
}

/** Answers that name no function. */
export const vagueAnswers = (): string[] => answers().filter((line) => !line.match(NAMED));
