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
/** Slower than this and it is told as it stands. */
const SLOWEST = 1.5;

const isPaid = (seen: Seen): boolean => isWrite(seen, "/sale/payment");
/** The sale's number on the order in BigCommerce: the last that is done for it (M45). */
const isTold = ({ peer, method, url }: Seen): boolean => peer === "bigcommerce" && method !== "GET" && url.includes("/metafields");

/**
 * With the quota lifted on both sides: what the machinery itself can do, from the first webhook to the last payment. `group`:
 * the process group of the Worker. `statements`: a file for what each statement cost an order.
 */
export async function throughputOf(
  place: Place,
  c: Connected,
  trace: string,
  group: number,
  { orders, statements }: { orders: number; statements?: string | undefined },
): Promise<Throughput> {
  const traffic = followJournal(trace, (seen) => isPaid(seen) || isTold(seen));
  const until = async (which: (seen: Seen) => boolean, n: number, seconds: number) => {
    for (const end = Date.now() + seconds * 1000; traffic().filter(which).length < n && Date.now() < end; )
      await new Promise((done) => setTimeout(done, 1000));
  };
  // The shopper is known, the isolate warm.
  await placeOrder(place.twins, c.store, LINE);
  await until(isTold, 1, 60);
  const before = await billOf(place.app, group);
  const dearBefore = statements ? await statementsOf(place.app) : [];
  const since = Date.now();
  for (let n = 0; n < orders; n += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => placeOrder(place.twins, c.store, LINE)));
  await until(isPaid, orders + 1, 60 + orders / SLOWEST);
  // What follows an order belongs to its cost.
  await until(isTold, orders + 1, 60);
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
  const name = `orders a second, quota lifted, all stages, ${orders} orders`;
  return [reported(name, Math.round(perSecond * 10) / 10, "orders/s"), ...costRows(before, after, orders)];
}

/** `landed`: orders a second of the older release, measured in this very run; null: none was given. */
export function throughputRows(runs: ReadonlyMap<number, Throughput>, landed: number | null): Row[] {
  const run = (size: (typeof SIZES)[number]) => runs.get(size) as Throughput;
  const each = (size: (typeof SIZES)[number]): Row => ({
    name: `orders a second, quota lifted, all stages (${run(size).orders} of ${size} orders)`,
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
    ...(landed === null ? [] : besideLanded(run(200).perSecond, landed)),
    ...costRows(before, after, orders),
    reads(100),
    reads(5000),
    within("… apart", [read(100), read(5000)], 20),
  ];
}

function besideLanded(ours: number, landed: number): Row[] {
  const times = Math.round((ours / landed) * 100) / 100;
  return [
    reported("the older release beside it, 200 orders", landed, "orders/s"),
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
