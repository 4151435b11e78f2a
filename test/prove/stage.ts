import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { json, post } from "../../scripts/connect.ts";
import type { Running } from "../../scripts/processes.ts";
import { startStack, startWorker } from "../../scripts/stack.ts";

/** The real Worker process and the twins' process, in a data folder of their own; the Worker may be killed and started again. */
export type Stage = {
  app: string;
  twins: string;
  dataDir: string;
  /** `kill -9` of the Worker's whole process group, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  /** Takes the database's write lock away from the Worker; the answer gives it back. Null: it could not be had just now. */
  lockDatabase(): (() => void) | null;
  /** Kills it, keeps the database as it is, starts it again. */
  backup(): Promise<void>;
  /** Kills it, puts the kept database back with the runbook's words, starts it again; queues stay as they are. */
  restore(): Promise<void>;
  stop(keep?: boolean): Promise<void>;
};

/** What `docs/runbook.md` has the operator do after D1 Time Travel. */
const RUNBOOK = "UPDATE stores SET look_before = strftime('%Y-%m-%dT%H:%M:%fZ','now'), epoch = epoch + 1";

function rollBack(d1: string, kept: string): void {
  rmSync(d1, { recursive: true });
  cpSync(kept, d1, { recursive: true });
  const db = openD1(d1);
  db.exec(RUNBOOK);
  db.close();
}

function openD1(folder: string): DatabaseSync {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new DatabaseSync(join(folder, files.find((name) => name.endsWith(".sqlite") && !name.includes("metadata")) as string));
}

function lock(d1: string): (() => void) | null {
  const db = openD1(d1);
  const give = () => db.close();
  try {
    db.exec("PRAGMA busy_timeout = 3000");
    db.exec("BEGIN IMMEDIATE");
    return give;
  } catch {
    give();
    return null;
  }
}

export async function openStage(timeScale: number, seed: number): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), "lockstep-prove-"));
  process.env["TWINS_SEED"] = String(seed);
  const stack = await startStack({ dataDir, timeScale });
  const control = `${stack.twins}/control`;
  await json(await post(`${control}/reset`, { scenario: "prove", seed }));
  await json(await post(`${control}/clock`, { speed: timeScale }));
  let worker: Running = stack.worker;
  const [d1, kept] = [join(dataDir, "state/v3/d1"), join(dataDir, "d1-of-before")];
  const whileDown = async (work: () => void) => {
    await worker.kill();
    work();
    worker = await startWorker(stack.again);
  };
  return {
    app: stack.app,
    twins: stack.twins,
    dataDir,
    kill: () => worker.kill(),
    async restart() {
      worker = await startWorker(stack.again);
    },
    lockDatabase: () => lock(d1),
    backup: () => whileDown(() => cpSync(d1, kept, { recursive: true })),
    restore: () => whileDown(() => rollBack(d1, kept)),
    async stop(keep = false) {
      await Promise.all([worker.stop(), stack.twinsProcess.stop()]);
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
