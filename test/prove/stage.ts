import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Running } from "../../scripts/processes.ts";
import { startTwins, startWorker } from "../../scripts/stack.ts";

/** The real Worker process and the twins' process, in a data folder of their own; the Worker may be killed and started again. */
export type Stage = {
  app: string;
  twins: string;
  dataDir: string;
  /** `kill -9` of the Worker's whole process group, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  stop(keep?: boolean): Promise<void>;
};

export async function openStage(timeScale: number, seed: number): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), "lockstep-prove-"));
  const options = { dataDir, appPort: await freePort(), twinsPort: await freePort(), timeScale };
  process.env["TWINS_SEED"] = String(seed);
  const twins = await startTwins(options);
  let worker: Running = await startWorker(options);
  return {
    app: `http://127.0.0.1:${options.appPort}`,
    twins: `http://127.0.0.1:${options.twinsPort}`,
    dataDir,
    kill: () => worker.kill(),
    async restart() {
      worker = await startWorker({ ...options, migrated: true });
    },
    async stop(keep = false) {
      await Promise.all([worker.stop(), twins.stop()]);
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
