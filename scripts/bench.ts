import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callRows } from "../test/bench/calls.ts";
import { latencyRows } from "../test/bench/latency.ts";
import type { Row } from "../test/bench/row.ts";
import { sizeRows } from "../test/bench/sizes.ts";
import { connect } from "./connect.ts";
import { freePort } from "./processes.ts";
import { buildUi, startStack } from "./stack.ts";

/**
 * `npm run bench [-- --json FILE]`: the table of bars. The quota's window is a second here, in the Worker and in the twin
 * alike, so that counting and timing do not wait for minutes; nothing else is scaled.
 */
const dataDir = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
await buildUi();
const rows: Row[] = await sizeRows();
const stack = await startStack({
  dataDir,
  appPort: await freePort(),
  twinsPort: await freePort(),
  vars: { CIN7_QUOTA_WINDOW_MS: "1000" },
});
try {
  await fetch(`${stack.twins}/control/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ speed: 60 }),
  });
  const connected = await connect(stack, {
    change: (settings) => {
      settings.invoice.status = "none";
    },
  });
  rows.push(...(await latencyRows(stack, connected)), ...(await callRows(stack, connected)));
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

console.log("| What | Measured | Bar | |\n|---|---|---|---|");
for (const { name, value, unit, bar, ok } of rows)
  console.log(`| ${name} | ${value} ${unit} | ${bar} | ${ok === null ? "reported" : ok ? "met" : "**missed**"} |`);
const at = process.argv.indexOf("--json");
if (at > 0) writeFileSync(process.argv[at + 1] as string, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.some((row) => row.ok === false) ? 1 : 0);
