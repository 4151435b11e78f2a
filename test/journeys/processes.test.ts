import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { onPorts, reservePorts } from "../../scripts/ports.ts";
import { type Running, ready, start } from "../../scripts/processes.ts";
import { until } from "../harness/until.ts";

/** What our scripts start ends with them, also when it never becomes ready; and it gets its ports, whoever else starts. */
const started: Running[] = [];
const script = (text: string) => {
  const running = start(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", text]);
  started.push(running);
  return running;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map((running) => running.kill()));
});
const NOWHERE = "http://127.0.0.1:9/health";
const HOLDS = "setInterval(() => {}, 1000);";

it("a build that fails is told at once in its own words, and its processes are gone", async () => {
  const running = script(`console.log('Build failed with 1 error: no such file'); ${HOLDS}`);
  await expect(ready(NOWHERE, running, "the Worker")).rejects.toThrow(/the Worker did not start:[\s\S]*no such file/);
  expect(running.child.signalCode).toBe("SIGKILL");
});

it("a process that ends by itself is not waited for", async () => {
  await expect(ready(NOWHERE, script("console.error('port taken'); process.exit(3)"), "the twins")).rejects.toThrow(/port taken/);
});

/** Null: somebody has the port. */
async function serve(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  return once(server, "listening").then(
    () => server,
    () => null,
  );
}

it("what was killed has left its port, that of a child of its own too", async () => {
  const { appPort } = await reservePorts();
  const child = `require("node:net").createServer().listen(${appPort}, "127.0.0.1", () => console.log("listens"))`;
  const running = script(`
    import { spawn } from "node:child_process";
    spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); ${HOLDS}`);
  await until("it to listen", async () => running.log().includes("listens"));
  expect(await serve(appPort)).toBeNull();
  await running.kill();
  const server = await serve(appPort);
  expect(server).not.toBeNull();
  server?.close();
});

describe("ports (a busy machine starts many at once)", () => {
  const GROUP = 1 + Math.floor(Math.random() * 2_000);

  it("are one process's alone, also before it uses them, and are free again when it ends", async () => {
    const other = script(`
      import { reservePorts } from "./scripts/ports.ts";
      console.log("got " + JSON.stringify(await reservePorts(${GROUP}))); ${HOLDS}`);
    const line = await until("the other's ports", async () => /got (.*)/.exec(other.log())?.[1]);
    const theirs = JSON.parse(line);
    const ours = await reservePorts(GROUP);
    expect(ours.appPort).toBeGreaterThan(theirs.twinsPort);
    await other.kill();
    expect(await reservePorts(GROUP)).toEqual(theirs);
  });

  it("that a stranger listens on are passed over", async () => {
    const first = await reservePorts(GROUP + 100);
    const stranger = await serve(first.twinsPort + 2);
    const next = await reservePorts(GROUP + 100);
    expect(next.appPort).toBeGreaterThan(first.appPort + 3);
    stranger?.close();
  });

  it("taken by a stranger between reserving and binding: it starts again on two others", async () => {
    const strangers: (Awaited<ReturnType<typeof serve>> | null)[] = [];
    const got = await onPorts(async ({ appPort, twinsPort }) => {
      if (strangers.length === 0) strangers.push(await serve(appPort));
      const ours = createServer().listen(appPort, "127.0.0.1");
      await once(ours, "listening");
      ours.close();
      return [appPort, twinsPort];
    });
    expect(strangers[0]?.address()).not.toMatchObject({ port: got[0] });
    await expect(onPorts(async () => Promise.reject(new Error("Build failed")))).rejects.toThrow("Build failed");
    strangers[0]?.close();
  });
});
