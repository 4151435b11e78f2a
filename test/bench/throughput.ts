import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Connected, Place } from "../../scripts/connect.ts";
import { must } from "../../scripts/processes.ts";
import { ORDER_BARS } from "../harness/rows.ts";
import { type Bill, billOf, costRows, rowsReadEach, statementsOf, statementTable } from "./cost.ts";
import { endOf, followJournal } from "./journal.ts";
import { atMost, type Row, reported } from "./row.ts";
import { isWrite, placeOrder, type Seen } from "./trace.ts";

/** Orders at once, of which each run takes so many: what one costs and how fast they go is not to depend on it. */
export const SIZES = [100, 200, 2000, 5000] as const;
export type Throughput = { orders: number; perSecond: number; before: Bill; after: Bill };

const LINE = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: 9 };
const AT_ONCE = 20;
/** So many orders at the most whose webhook is not acknowledged: what is not answered in time BigCommerce brings again a minute later. */
const UNTOLD = 40;
/** Slower than this and it is told as it stands. */
const SLOWEST = 1.5;

const isPaid = (seen: Seen): boolean => isWrite(seen, "/sale/payment");
/** The sale's number on the order in BigCommerce: the last that is done for it (M45). */
const isTold = ({ peer, method, url }: Seen): boolean => peer === "bigcommerce" && method !== "GET" && url.includes("/metafields");
/** The order that an acknowledged webhook told of. */
const isAcknowledged = ({ peer, method, status }: Seen): boolean => peer === "app" && method === "POST" && status === 200;
const orderOf = ({ requestBody }: Seen): unknown => (requestBody as { data?: { id?: unknown } } | null)?.data?.id;

/**
 * With the quota lifted on both sides: what the machinery itself can do, from the first order to the last payment. `waiting`: all
 * orders wait before the first goes, and it counts from there; else they come while others go, as an older release's bench has it.
 * `group`: the process group of the Worker. `statements`: a file for what each statement cost an order.
 */
export async function throughputOf(
  place: Place,
  c: Connected,
  trace: string,
  group: number,
  { orders, waiting, statements }: { orders: number; waiting: boolean; statements?: string | undefined },
): Promise<Throughput> {
  const traffic = followJournal(trace, (seen) => isPaid(seen) || isTold(seen) || isAcknowledged(seen));
  const until = async (count: () => number, n: number, seconds: number, every = 1000) => {
    for (const end = Date.now() + seconds * 1000; count() < n && Date.now() < end; ) await new Promise((done) => setTimeout(done, every));
  };
  const of = (which: (seen: Seen) => boolean) => () => traffic().filter(which).length;
  // The shopper is known, the isolate warm.
  await placeOrder(place.twins, c.store, LINE);
  await until(of(isTold), 1, 60);
  const before = await billOf(place.app, group);
  const dearBefore = statements ? await statementsOf(place.app) : [];
  const acknowledged = (n: number) => until(() => new Set(traffic().filter(isAcknowledged).map(orderOf)).size, n, 60, 50);
  if (waiting) await fetch(`${place.app}/spent/paused`);
  let since = Date.now();
  for (let n = 0; n < orders; n += AT_ONCE) {
    if (waiting) await acknowledged(n - UNTOLD);
    await Promise.all(Array.from({ length: AT_ONCE }, () => placeOrder(place.twins, c.store, LINE)));
  }
  if (waiting) {
    await acknowledged(orders + 1);
    since = Date.now();
    await fetch(`${place.app}/spent/running`);
  }
  await until(of(isPaid), orders + 1, 60 + orders / SLOWEST);
  // What follows an order belongs to its cost.
  await until(of(isTold), orders + 1, 60);
  const after = await billOf(place.app, group);
  if (statements) writeFileSync(statements, statementTable(dearBefore, await statementsOf(place.app), orders));
  const paid = traffic().filter((seen) => isPaid(seen) && Date.parse(seen.at) >= since);
  const seconds = (Math.max(...paid.map(endOf)) - since) / 1000;
  return { orders: paid.length, perSecond: paid.length / seconds, before, after: { ...after, at: before.at + seconds * 1000 } };
}

const within = (name: string, [a, b]: [number, number], percent: number): Row => {
  const off = Math.round((Math.abs(a - b) / Math.max(a, b)) * 1000) / 10;
  return atMost(name, off, "%", percent);
};

/** What one size says of itself. */
export function eachSizeRows({ before, after, orders, perSecond }: Throughput): Row[] {
  const name = `orders a second, quota lifted, all stages, ${orders} orders waiting`;
  return [reported(name, Math.round(perSecond * 10) / 10, "orders/s"), ...costRows(before, after, orders)];
}

/** `coming`: 200 orders while they come, as the older release's bench has it; `landed`: what it made of them in this very run; null: none was given. */
export function throughputRows(runs: ReadonlyMap<number, Throughput>, coming: Throughput, landed: number | null): Row[] {
  const run = (size: (typeof SIZES)[number]) => runs.get(size) as Throughput;
  const each = (size: (typeof SIZES)[number]): Row => ({
    name: `orders a second, quota lifted, all stages (${run(size).orders} of ${size} orders that wait)`,
    value: Math.round(run(size).perSecond * 10) / 10,
    unit: "orders/s",
    bar: `all ${size}`,
    ok: run(size).orders === size,
  });
  const read = (size: (typeof SIZES)[number]) => rowsReadEach(run(size).before, run(size).after, run(size).orders);
  const reads = (size: (typeof SIZES)[number]): Row =>
    atMost(`Durable Object rows read an order, ${size} orders waiting`, Math.round(read(size)), "rows", ORDER_BARS.objectRead);
  const { before, after, orders } = run(200);
  return [
    each(200),
    each(2000),
    within("… apart", [run(200).perSecond, run(2000).perSecond], 15),
    ...(landed === null ? [] : besideLanded(coming.perSecond, landed)),
    ...costRows(before, after, orders),
    reads(100),
    reads(5000),
    within("… apart", [read(100), read(5000)], 20),
  ];
}

function besideLanded(ours: number, landed: number): Row[] {
  const times = Math.round((ours / landed) * 100) / 100;
  return [
    reported("200 orders while they come", Math.round(ours * 10) / 10, "orders/s"),
    reported("… of the older release, in the same run", landed, "orders/s"),
    { name: "… as many times faster", value: times, unit: "×", bar: "≥ 1.5 ×", ok: times >= 1.5 },
  ];
}

/** What the older release, checked out in this folder with its packages, says of itself: its own bench, on this machine, in this run. */
export async function landedPerSecond(folder: string): Promise<number> {
  const out = mkdtempSync(join(tmpdir(), "lockstep-landed-"));
  try {
    const json = join(out, "rows.json");
    await must(
      process.execPath,
      [join(resolve(folder), "scripts/run.mjs"), "scripts/bench.ts", "--only", "throughput", "--json", json],
      "the older release's bench",
    );
    const rows = JSON.parse(readFileSync(json, "utf8")) as Row[];
    return rows.find((row) => row.unit === "orders/s")?.value ?? Number.NaN;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
