import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onPorts, type Ports } from "./ports.ts";
import { must, ROOT, type Running, ready, start } from "./processes.ts";

/** The Worker (under `wrangler dev`) and the twins, with persistent data in one folder. */
export type StackOptions = {
  dataDir: string;
  /** Divides the Worker's own durations and the twins' (journeys, benchmark). */
  timeScale?: number;
  trace?: string;
  vars?: Record<string, string>;
  /** A line for each request is not written: load is measured, not wrangler's terminal. */
  quiet?: boolean;
  /** Another entry than wrangler.toml's, for the benchmark's counters. */
  entry?: string;
  /** The data folder has its tables already: a restart (prove) does not look for migrations. */
  migrated?: boolean;
};
type Placed = StackOptions & Ports;
export type Stack = {
  app: string;
  twins: string;
  worker: Running;
  twinsProcess: Running;
  stop(): Promise<void>;
  secrets: Record<string, string>;
  /** What starts it again on the same data and ports. */
  again: Placed & { migrated: true };
};

const node = process.execPath;
const wrangler = join(ROOT, "node_modules", "wrangler", "bin", "wrangler.js");

export async function buildUi(): Promise<void> {
  await must(node, [join(ROOT, "node_modules", "vite", "bin", "vite.js"), "build"], "building the pages");
}

export async function startTwins(o: Placed): Promise<Running> {
  const secrets = secretsIn(o.dataDir);
  const env: Record<string, string> = {
    ...secrets,
    TWINS_PORT: String(o.twinsPort),
    DATA_DIR: resolve(o.dataDir),
    APP_URL: `http://127.0.0.1:${o.appPort}`,
    ...(o.trace ? { TWINS_TRACE: resolve(o.trace) } : {}),
  };
  const running = start(node, ["--disable-warning=ExperimentalWarning", "test/twins/node.ts"], {
    env,
    logFile: join(resolve(o.dataDir), "twins.log"),
  });
  const control = `http://127.0.0.1:${o.twinsPort}/control`;
  await ready(`${control}/clock`, running, "the simulated BigCommerce and Cin7 Core");
  if (o.timeScale)
    await fetch(`${control}/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ speed: o.timeScale }),
    });
  return running;
}

/** Makes or brings up to date the tables of a state folder. */
export async function migrate(state: string): Promise<void> {
  await must(node, [wrangler, "d1", "migrations", "apply", "DB", "--local", "--persist-to", state], "the migrations");
}

/** Where `npm test` has made the tables once, for each of its stacks to begin with. */
export const TABLES = "LOCKSTEP_TABLES";

export async function startWorker(o: Placed): Promise<Running> {
  secretsIn(o.dataDir);
  const state = join(resolve(o.dataDir), "state");
  const tables = process.env[TABLES];
  if (!o.migrated && tables) cpSync(tables, state, { recursive: true });
  else if (!o.migrated) await migrate(state);
  const app = `http://127.0.0.1:${o.appPort}`;
  const twins = `http://127.0.0.1:${o.twinsPort}`;
  const vars: Record<string, string> = {
    APP_URL: app,
    CONTROL_PANEL_ORIGINS: twins,
    BIGCOMMERCE_LOGIN_URL: `${twins}/bigcommerce-login`,
    BIGCOMMERCE_API_URL: `${twins}/bigcommerce-api`,
    CIN7_API_URL: `${twins}/cin7`,
    BIGCOMMERCE_ORDER_URL: `${twins}/panel/{store}/orders/{order}`,
    CIN7_SALE_URL: `${twins}/cin7-console/{account}/sales/{sale}`,
    MAIL_API_URL: `${twins}/mail`,
    MAIL_API_TOKEN: "twins-need-no-real-token",
    MAIL_FROM: "Lockstep <alerts@lockstep.example>",
    ...(o.timeScale ? { TIME_SCALE: String(o.timeScale) } : {}),
    ...o.vars,
  };
  const running = start(
    node,
    [
      wrangler,
      "dev",
      ...(o.entry ? [o.entry] : []),
      "--ip",
      "127.0.0.1",
      "--port",
      String(o.appPort),
      // Whichever is free: nobody asks for it.
      "--inspector-port",
      "0",
      "--persist-to",
      state,
      "--env-file",
      join(resolve(o.dataDir), "secrets.env"),
      "--show-interactive-dev-session=false",
      ...(o.quiet ? ["--log-level", "error"] : []),
      ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    {
      // wrangler's own recorder of every request would cost each of them more than we do.
      env: { X_LOCAL_OBSERVABILITY: "false" },
      logFile: join(resolve(o.dataDir), "worker.log"),
    },
  );
  await ready(`${app}/health`, running, "the Worker");
  return running;
}

/** On the ports given, else on two that are its own. */
export async function startStack(o: StackOptions & Partial<Ports>): Promise<Stack> {
  const { appPort, twinsPort } = o;
  return appPort && twinsPort ? startOn({ ...o, appPort, twinsPort }) : onPorts((ports) => startOn({ ...o, ...ports }));
}

async function startOn(o: Placed): Promise<Stack> {
  mkdirSync(o.dataDir, { recursive: true });
  const [twins, started] = await Promise.allSettled([startTwins(o), startWorker(o)]);
  if (twins.status === "rejected" || started.status === "rejected") {
    for (const each of [twins, started]) if (each.status === "fulfilled") await each.value.kill();
    throw twins.status === "rejected" ? twins.reason : (started as PromiseRejectedResult).reason;
  }
  const [twinsProcess, worker] = [twins.value, started.value];
  return {
    app: `http://127.0.0.1:${o.appPort}`,
    twins: `http://127.0.0.1:${o.twinsPort}`,
    worker,
    twinsProcess,
    secrets: secretsIn(o.dataDir),
    again: { ...o, migrated: true },
    stop: async () => {
      await Promise.all([worker.stop(), twinsProcess.stop()]);
    },
  };
}

/** Random secrets, made once per data folder and readable by its owner only. */
export function secretsIn(dataDir: string): Record<string, string> {
  const file = join(dataDir, "secrets.env");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const text = (bytes: number) => randomBytes(bytes).toString("base64url");
    const secrets = {
      BIGCOMMERCE_CLIENT_ID: `lockstep-${text(9)}`,
      BIGCOMMERCE_CLIENT_SECRET: text(32),
      SESSION_KEY: text(32),
      SEALING_KEYS: JSON.stringify({ current: 1, keys: { 1: text(32) } }),
    };
    writeFileSync(
      file,
      Object.entries(secrets)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(""),
      { mode: 0o600 },
    );
    chmodSync(file, 0o600);
  }
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 2, -1)]));
}
