import { join } from "node:path";
import { must, ROOT } from "./processes.ts";

/** `npm run check`: types, lint, the tree's own rules, unused code. Everything is run; the first failures are shown together. */
const bin = (name: string) => join(ROOT, "node_modules", ".bin", name);
const checks: [name: string, command: string, args: string[]][] = [
  ["types of the Worker", bin("tsc"), ["-p", "."]],
  ["types of the UI", bin("tsc"), ["-p", "ui"]],
  ["types of tests and scripts", bin("tsc"), ["-p", "test"]],
  ["types of browser tests", bin("tsc"), ["-p", "test/ui"]],
  ["lint and format", bin("biome"), ["check", "."]],
  ["architecture", process.execPath, [join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", "--config", "vitest.tree.config.ts"]],
  ["unused code", bin("knip"), []],
];

const failures: string[] = [];
for (const [name, command, args] of checks) {
  const started = Date.now();
  try {
    await must(command, args, name);
    console.log(`ok      ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    console.log(`FAILED  ${name}`);
    failures.push(String((error as Error).message));
  }
}
if (failures.length > 0) {
  console.error(`\n${failures.join("\n\n")}`);
  process.exit(1);
}
