import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./processes.ts";
import { buildUi } from "./stack.ts";

/** `npm run deploy`: pages, then D1 migrations (they only add, so the running release goes on), then the Worker (design 5). */
const wrangler = join(ROOT, "node_modules", "wrangler", "bin", "wrangler.js");
const run = (...args: string[]) => {
  const { status } = spawnSync(process.execPath, [wrangler, ...args], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};

await buildUi();
run("d1", "migrations", "apply", "DB", "--remote");
run("deploy", "--minify", ...process.argv.slice(2));
