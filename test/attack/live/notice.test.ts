import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What ships is named with its licence: every library that the code is built with, and what those bring along. */
const read = (name: string) => readFileSync(join(new URL("../../..", import.meta.url).pathname, name), "utf8");
type Locked = { license?: string; dependencies?: Record<string, string> };
const locked = (JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> }).packages;

function shipped(): Map<string, string> {
  const found = new Map<string, string>();
  const todo = [...Object.keys(locked[""]?.dependencies ?? {}), "@fontsource-variable/source-sans-3"];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const one = locked[`node_modules/${name}`];
    if (!one || found.has(name)) continue;
    found.set(name, one.license ?? "");
    todo.push(...Object.keys(one.dependencies ?? {}));
  }
  return found;
}

it("NOTICE names everything that ships, with its licence", () => {
  const notice = read("NOTICE");
  const lines = notice.split("\n");
  const missing = [...shipped()].filter(([name, licence]) => {
    if (name.startsWith("@fontsource")) return !notice.includes(name) || !notice.includes("SIL Open Font License");
    return !lines.some((line) => line.trim().split(/\s+/)[0] === name && line.includes(licence));
  });
  expect(shipped().size).toBeGreaterThan(12);
  expect(missing).toEqual([]);
});
