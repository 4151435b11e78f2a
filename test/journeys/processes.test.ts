import { expect, it } from "vitest";
import { ready, start } from "../../scripts/processes.ts";

/** What our scripts start ends with them, also when it never becomes ready. */
const script = (text: string) => start(process.execPath, ["-e", text]);
const NOWHERE = "http://127.0.0.1:9/health";

it("a build that fails is told at once in its own words, and its processes are gone", async () => {
  const running = script("console.log('Build failed with 1 error: no such file'); setInterval(() => {}, 1000)");
  const started = Date.now();
  await expect(ready(NOWHERE, running, "the Worker")).rejects.toThrow(/the Worker did not start:[\s\S]*no such file/);
  expect(Date.now() - started).toBeLessThan(20_000);
  expect(running.child.signalCode).toBe("SIGKILL");
});

it("a process that ends by itself is not waited for", async () => {
  await expect(ready(NOWHERE, script("console.error('port taken'); process.exit(3)"), "the twins")).rejects.toThrow(/port taken/);
});
