import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { burstRows } from "../test/bench/burst.ts";
import { callRows } from "../test/bench/calls.ts";
import { fairnessRows } from "../test/bench/fairness.ts";
import { firstRunRows } from "../test/bench/first-run.ts";
import { diskRows, type HookLoad, hookLoad, itemsKept, pausedRows, runningRows } from "../test/bench/hooks.ts";
import { hostileTextRows } from "../test/bench/hostile-text.ts";
import { latencyRows } from "../test/bench/latency.ts";
import type { Row } from "../test/bench/row.ts";
import { fillOrders, neighbourRows, searchRows } from "../test/bench/search.ts";
import { setupRows } from "../test/bench/setup.ts";
import { sizeRows } from "../test/bench/sizes.ts";
import { eachSizeRows, landedPerSecond, SIZES, type Throughput, throughputOf, throughputRows } from "../test/bench/throughput.ts";
import { type Connected, connect, post } from "./connect.ts";
import { buildUi, type Stack, type StackOptions, startStack } from "./stack.ts";

/**
 * `npm run bench [-- --only NAME] [--json FILE] [--beside FOLDER] [--statements FILE] [--size N]`: the table of bars. `--beside`: an
 * older release, checked out there, is measured in the same run. `--statements`: what each statement costs an order. `--size`: of
 * the throughput's sizes only this one, for who works on it. Each part has a stack of its own: a Worker under
 * `wrangler dev`, the twins without delay, both on loopback on this machine, with the load generator beside them.
 */
type Bench = { stack: Stack; trace: string; dataDir: string };

async function withStack<T>(options: Partial<StackOptions>, run: (bench: Bench) => Promise<T>, folder = tmpdir()): Promise<T> {
  const dataDir = mkdtempSync(join(folder, "lockstep-bench-"));
  const trace = join(dataDir, "traffic.ndjson");
  const stack = await startStack({ dataDir, trace, ...options });
  try {
    return await run({ stack, trace, dataDir });
  } finally {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * The window of a minute, five times as fast as on a clock: the work of the machine itself is not scaled, so at more it would
 * weigh more than it does in real minutes.
 */
const SCALE = 5;
const windowAt = (scale: number) => ({ calls: 55, ms: 60_000 / scale });
const clock = (stack: Stack, speed: number) => post(`${stack.twins}/control/clock`, { speed });
const unlimited = (stack: Stack) => post(`${stack.twins}/control/switches`, { plan: "unlimited" });

/** A folder in memory, where there is one. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const pausedLoad = (folder: string, rows: (load: HookLoad, kept: number) => Row[]): Promise<Row[]> =>
  withStack(
    { quiet: true, vars: { FLOWS_PAUSED: "yes" } },
    async ({ stack, dataDir }) => {
      const load = await hookLoad(stack.app, stack.secrets["BIGCOMMERCE_CLIENT_SECRET"] as string);
      await stack.stop();
      return rows(load, itemsKept(dataDir));
    },
    folder,
  );

const parts: Record<string, () => Promise<Row[]>> = {
  sizes: sizeRows,
  text: async () => hostileTextRows(),
  // The quota's window is a second here, in the Worker and in the twin alike, so that counting does not wait for minutes.
  order: () =>
    withStack({ vars: { CIN7_QUOTA_WINDOW_MS: "1000" } }, async ({ stack }) => {
      await clock(stack, 60);
      const connected = await connect(stack, {
        change: (settings) => {
          settings.invoice.status = "none";
          // What is written back to the order comes after the sale and is no read (M45, M48).
          settings.seen.metafield = false;
        },
      });
      return [...(await latencyRows(stack, connected)), ...(await callRows(stack, connected))];
    }),
  // Workerd's local storage writes on the thread that runs all Workers: on a disk, each wait for it keeps every request waiting.
  webhooks: async () => [...(await pausedLoad(MEMORY, pausedRows)), ...(await pausedLoad(tmpdir(), diskRows))],
  running: () =>
    withStack({ quiet: true }, async ({ stack }) =>
      runningRows(await hookLoad(stack.app, stack.secrets["BIGCOMMERCE_CLIENT_SECRET"] as string, 10)),
    ),
  burst: () =>
    withStack({ timeScale: SCALE }, async ({ stack, trace }) => {
      await unlimited(stack);
      return burstRows(stack, await connect(stack), trace, windowAt(SCALE));
    }),
  setup: () =>
    withStack({ timeScale: SCALE }, async ({ stack, trace }) => {
      await unlimited(stack);
      return setupRows(stack, await connect(stack), trace, windowAt(SCALE));
    }),
  fairness: () =>
    withStack({ timeScale: SCALE }, async ({ stack, trace }) => {
      await post(`${stack.twins}/control/reset`, { scenario: "fleet" });
      await clock(stack, SCALE);
      await unlimited(stack);
      const stores: Connected[] = [];
      for (const n of [1, 2, 3, 4, 5]) stores.push(await connect(stack, { store: `fleet0${n}` }));
      return fairnessRows(stack, stores, trace, windowAt(SCALE).ms);
    }),
  search: () =>
    withStack({ quiet: true, timeScale: SCALE }, async ({ stack, dataDir }) => {
      await post(`${stack.twins}/control/reset`, { scenario: "fleet" });
      await clock(stack, SCALE);
      await unlimited(stack);
      const noisy = await connect(stack, { store: "fleet01" });
      const other = await connect(stack, { store: "fleet02" });
      fillOrders(dataDir, noisy, 0, 5_000);
      const few = await searchRows(noisy, 5_000, false);
      fillOrders(dataDir, noisy, 5_000, 50_000);
      return [...few, ...(await searchRows(noisy, 50_000, true)), ...(await neighbourRows(noisy, other))];
    }),
  "first-run": firstRunRows,
  throughput: async () => {
    const only = Number(argument("--size") ?? 0);
    if (only) return eachSizeRows(await throughputOfSize(only, true));
    const beside = argument("--beside");
    // Right after one another, so that both meet the same machine.
    const landed = beside ? await landedPerSecond(beside) : null;
    const coming = await throughputOfSize(200, false);
    console.error(`    200 while they come: ${coming.perSecond.toFixed(1)} orders/s; the older release: ${landed ?? "not measured"}`);
    const runs = new Map<number, Throughput>();
    for (const orders of SIZES) {
      runs.set(orders, await throughputOfSize(orders, true));
      // Each size as soon as it is known: the last takes many minutes.
      for (const row of eachSizeRows(runs.get(orders) as Throughput)) console.error(`    ${row.name}: ${row.value} ${row.unit}`);
    }
    return throughputRows(runs, coming, landed);
  },
};

/** Each size has a stack of its own: what an older run left behind weighs on nothing. */
const throughputOfSize = (orders: number, waiting: boolean): Promise<Throughput> =>
  withStack(
    { entry: "test/bench/metered-worker.ts", vars: { CIN7_QUOTA_CALLS: "100000", CIN7_QUOTA_WINDOW_MS: "1000" } },
    async ({ stack, trace }) => {
      console.error(`  … ${orders} orders${waiting ? " that wait" : ""}`);
      await post(`${stack.twins}/control/switches`, { throttleOn: false, plan: "unlimited" });
      const group = stack.worker.child.pid as number;
      const statements = orders === 200 ? argument("--statements") : undefined;
      return throughputOf(stack, await connect(stack), trace, group, { orders, waiting, statements });
    },
  );

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : undefined;
}
const only = argument("--only");
await buildUi();
const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (only && only !== name) continue;
  console.error(`… ${name}`);
  rows.push(...(await part()));
}

console.log("| What | Measured | Bar | |\n|---|---|---|---|");
for (const { name, value, unit, bar, ok } of rows)
  console.log(`| ${name} | ${value} ${unit} | ${bar} | ${ok === null ? "reported" : ok ? "met" : "**missed**"} |`);
const json = argument("--json");
if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.some((row) => row.ok === false) ? 1 : 0);
