import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Browsers that may already be here, most wanted first. */
const INSTALLED = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The path of a Chromium for the UI tests: one that is installed, else Playwright's own, else the distribution's package.
 * Throws with what to do.
 */
export async function ensureBrowser(): Promise<string> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  if (installed) return installed;
  const { chromium } = await import("playwright-core");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log("No browser found; installing one for the UI tests …");
  spawnSync(process.execPath, ["node_modules/playwright-core/cli.js", "install", "chromium"], { stdio: "ignore", timeout: 180_000 });
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "inherit", env });
    if (existsSync("/usr/bin/chromium")) return "/usr/bin/chromium";
  }
  throw new Error("No browser for the UI tests: install Chromium or Google Chrome, or set CHROMIUM_PATH.");
}

/**
 * For a machine without a desktop or an open network. Whoever launches it hears the signals that end a run (`processes.ts`) and
 * takes it along: a listener of the browser's own would keep that from happening, and the Worker and the twins would stay.
 */
export const BROWSER_LAUNCH = {
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
  handleSIGTERM: false,
  handleSIGHUP: false,
};
