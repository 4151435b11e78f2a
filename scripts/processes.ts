import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { dirname } from "node:path";

/** Child processes of our scripts, journeys and benchmarks: each in a group of its own, ended together with this process. */
export const ROOT = dirname(import.meta.dirname);

export type Running = {
  child: ChildProcess;
  log(): string;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

const groups = new Set<number>();
process.on("exit", () => {
  for (const pid of groups) end(pid, "SIGKILL");
});
// A test runner ends its workers with a signal, and a signal that nobody hears ends a process without an "exit".
for (const signal of ["SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(1);
  });

/** False: nothing of the group is left. */
function end(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

export function start(command: string, args: string[], options: { env?: Record<string, string>; logFile?: string } = {}): Running {
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "1", ...options.env },
  });
  const pid = child.pid as number;
  groups.add(pid);
  let text = "";
  const hear = (data: Buffer) => {
    text = (text + data.toString()).slice(-200_000);
    if (options.logFile) appendFileSync(options.logFile, data);
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  child.on("exit", () => {
    // What the leader left behind ends with it.
    end(pid, "SIGKILL");
    groups.delete(pid);
  });
  const signal = async (name: NodeJS.Signals) => {
    if (!groups.has(pid)) return;
    const left = once(child, "exit");
    end(pid, name);
    const late = setTimeout(() => end(pid, "SIGKILL"), 60_000);
    await left;
    clearTimeout(late);
    await gone(pid);
  };
  return { child, log: () => text, stop: () => signal("SIGINT"), kill: () => signal("SIGKILL") };
}

/** Until nothing of the group is left, with its ports and files: a killed process ends a moment after its leader. */
async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (end(pid, 0) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 10));
}

/** What never gets better by waiting: wrangler says it and stays there for the next edit. */
const HOPELESS = /Build failed with \d+ error|Address already in use/;

/**
 * Waits until `url` answers 2xx; ends the process and throws with its own words when it ends, when it says that it cannot go on,
 * or when it takes three minutes: that of a busy machine.
 */
export async function ready(url: string, running: Running, what: string): Promise<void> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const over = running.child.exitCode !== null || Date.now() > deadline;
    if (over || HOPELESS.test(running.log())) {
      await running.kill();
      throw new Error(`${what} did not start:\n${running.log().slice(-4000)}`);
    }
    const answered = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A command that must succeed; its output is shown only when it fails. */
export async function must(command: string, args: string[], what: string): Promise<void> {
  const running = start(command, args);
  const [code] = (await once(running.child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${what} failed:\n${running.log().slice(-6000)}`);
}
