import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./browser.ts";
import { ROOT } from "./processes.ts";
import { buildUi, migrate, TABLES } from "./stack.ts";

/**
 * `npm test`: the rules inside workerd, then the journeys over real HTTP and the pages in a real browser. `npm test -- unit`
 * or `-- journeys` runs one half; further words are file filters.
 */
const [which = "all", ...filters] = process.argv.slice(2);
const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
const halves: [name: string, config: string][] = [
  ["unit", "vitest.config.ts"],
  ["journeys", "vitest.node.config.ts"],
];

const tables = mkdtempSync(join(tmpdir(), "lockstep-tables-"));
let failed = false;
console.log("Building the pages …");
await buildUi();
for (const [name, config] of halves) {
  if (which !== "all" && which !== name) continue;
  if (name === "journeys") {
    rmSync(join(ROOT, ".traffic"), { recursive: true, force: true });
    process.env["CHROMIUM_PATH"] = await ensureBrowser();
    await migrate(tables);
    process.env[TABLES] = tables;
  }
  const { status } = spawnSync(process.execPath, [vitest, "run", "--config", config, ...filters], {
    cwd: ROOT,
    stdio: "inherit",
    env: process.env,
  });
  failed ||= status !== 0;
}
rmSync(tables, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
