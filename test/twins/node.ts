import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { createTwins, type Twins, type TwinsOptions } from "./index.ts";
import type { Exchange } from "./world.ts";

/** The twins as one Node process with real HTTP on loopback. The only file here that knows Node. */

export type ServeOptions = Partial<Omit<TwinsOptions, "toApp">> & {
  port?: number;
  /** `twins.json` is kept here: stopping and starting again keeps the data. Absent: nothing is kept. */
  dataDir?: string;
  /** Appends every unfaulted exchange as NDJSON. */
  traceFile?: string;
};

export type ServedTwins = { twins: Twins; url: string; close(): Promise<void> };

const SAVE_EVERY_MS = 1_000;

/** Redirects are the browser's to follow, and a hook that is redirected has failed. */
const toApp = (request: Request) => fetch(request, { redirect: "manual" });

function saver(twins: Twins, file: string | null) {
  let last = "";
  let pause = SAVE_EVERY_MS;
  const save = () => {
    if (!file) return;
    const started = performance.now();
    const text = JSON.stringify(twins.dump());
    if (text === last) return;
    last = text;
    // Written aside and moved: a kill in the middle leaves the older state whole.
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    // The large scenario takes seconds to write: then seldom, and on exit.
    pause = Math.max(SAVE_EVERY_MS, (performance.now() - started) * 200);
  };
  let timer: NodeJS.Timeout | null = null;
  return {
    save,
    soon() {
      if (!file || timer) return;
      timer = setTimeout(() => {
        timer = null;
        save();
      }, pause);
      timer.unref();
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}

export async function serveTwins(options: ServeOptions = {}): Promise<ServedTwins> {
  const { port = 8788, dataDir, traceFile, ...rest } = options;
  if (dataDir) mkdirSync(dataDir, { recursive: true });
  const file = dataDir ? join(dataDir, "twins.json") : null;
  // Opened once: the recording may be cleared away under a run without breaking it.
  if (traceFile) mkdirSync(dirname(traceFile), { recursive: true });
  const trace = traceFile ? openSync(traceFile, "a") : null;
  const traceSink = trace === null ? undefined : (exchange: Exchange) => appendFileSync(trace, `${JSON.stringify(exchange)}\n`);
  const twins = createTwins({ seed: 1, ...(traceSink && { traceSink }), ...rest, toApp });
  if (file && existsSync(file)) twins.load(JSON.parse(readFileSync(file, "utf8")));
  const keeper = saver(twins, file);

  const answer = async (request: Request, { incoming }: { incoming: IncomingMessage }) => {
    try {
      return await twins.app.fetch(request, { reset: () => incoming.socket.destroy() });
    } finally {
      keeper.soon();
    }
  };
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serve({ fetch: answer as Parameters<typeof serve>[0]["fetch"], port, hostname: "127.0.0.1" }, () => resolve(starting));
    starting.on("error", reject);
  });
  const address = server.address();
  const actual = typeof address === "object" && address ? address.port : port;
  return {
    twins,
    url: `http://127.0.0.1:${actual}`,
    async close() {
      keeper.stop();
      keeper.save();
      twins.world.clock.clear();
      twins.world.faults.release();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

if (import.meta.filename === process.argv[1]) {
  const { TWINS_PORT, DATA_DIR, TWINS_TRACE, APP_URL, BIGCOMMERCE_CLIENT_ID, BIGCOMMERCE_CLIENT_SECRET, TWINS_SEED } = process.env;
  const served = await serveTwins({
    port: Number(TWINS_PORT ?? 8788),
    dataDir: DATA_DIR ?? ".data",
    seed: Number(TWINS_SEED ?? 1),
    appUrl: APP_URL ?? "http://127.0.0.1:8787",
    ...(TWINS_TRACE && { traceFile: TWINS_TRACE }),
    ...(BIGCOMMERCE_CLIENT_ID && { clientId: BIGCOMMERCE_CLIENT_ID }),
    ...(BIGCOMMERCE_CLIENT_SECRET && { clientSecret: BIGCOMMERCE_CLIENT_SECRET }),
  });
  console.log(`twins on ${served.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => void served.close().then(() => process.exit(0)));
  }
}
