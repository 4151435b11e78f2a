// Runs one of our TypeScript scripts from a fresh clone: installs what the lockfile names when it is not there yet, and
// goes on under a Node that is new enough (the pinned one from the lockfile on Linux). Plain JavaScript, so that the
// host's Node 20 can start it.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const NODE = "24.21.0";
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const run = (command, args, options = {}) => {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (signal || status !== 0) process.exit(status ?? 1);
};

const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
const mark = join(root, "node_modules", ".lockstep-installed");
if (!existsSync(mark) || readFileSync(mark, "utf8") !== lock) {
  console.log("Installing dependencies (once) …");
  run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(mark, lock);
}

// TypeScript runs as it is from Node 22.18 on; wrangler asks for 22 too.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 18);
let node = existsSync(join(bin, "node")) ? join(bin, "node") : newEnough ? process.execPath : "";
if (!node) {
  // No binary for this platform in the lockfile: the `node` package fetches its own.
  const home = join(root, "node_modules", ".lockstep-node");
  node = join(home, "node_modules", "node", "bin", "node");
  if (!existsSync(node)) run(npm, ["install", "--no-save", "--no-package-lock", "--loglevel=error", "--prefix", home, `node@${NODE}`]);
}

const [script, ...args] = process.argv.slice(2);
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
  WRANGLER_SEND_METRICS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};
const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, script), ...args], { cwd: root, stdio: "inherit", env });
// Ctrl+C reaches the child by itself; a plain kill of this process is passed on.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
