import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
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

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
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
  child.on("exit", () => groups.delete(pid));
  const signal = async (name: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    end(pid, name);
    const late = setTimeout(() => end(pid, "SIGKILL"), 5000);
    await gone;
    clearTimeout(late);
  };
  return { child, log: () => text, stop: () => signal("SIGINT"), kill: () => signal("SIGKILL") };
}

/** What never gets better by waiting: wrangler says it and stays there for the next edit. */
const HOPELESS = /Build failed with \d+ error/;

/**
 * Waits until `url` answers 2xx; ends the process and throws with its own words when it ends, when its build fails, or when it
 * takes longer than 60 s.
 */
export async function ready(url: string, running: Running, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
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

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A command that must succeed; its output is shown only when it fails. */
export async function must(command: string, args: string[], what: string): Promise<void> {
  const running = start(command, args);
  const [code] = (await once(running.child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${what} failed:\n${running.log().slice(-6000)}`);
}
