import type { Connected, Place } from "../../scripts/connect.ts";
import type { Choices, Header } from "../../worker/contract/index.ts";
import { until } from "../harness/until.ts";
import { untilJournal } from "./journal.ts";
import { atMost, below, exactly, percentile, type Row, reported } from "./row.ts";
import { isWrite, placeOrder } from "./trace.ts";

const WAITING = 1000;
/** A few more are placed, for some go while the last are still placed. */
const PLACED = 1150;
const TIMES = 30;
const REFRESHES = 3;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/**
 * A merchant at work in Setup while 1,000 orders wait for Cin7 Core, whose minute is full (docs/decisions/0039): everything that a page
 * of Setup asks for, *Refresh*, and *Pause* on *Home*, after which no sale begins.
 */
export async function setupRows(place: Place, c: Connected, trace: string, window: { ms: number }): Promise<Row[]> {
  const at = `/api/stores/${c.store}`;
  for (let n = 0; n < PLACED; n += 20)
    await Promise.all(
      Array.from({ length: 20 }, () => placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] })),
    );
  const waiting = async () => (await c.panel<Header>("GET", `${at}/header`)).waiting;
  await until("1,000 orders to wait", async () => (await waiting()) >= WAITING);
  const open = () => Promise.all(["/settings", "/choices", "/header"].map((path) => c.panel("GET", at + path)));
  const opened: number[] = [];
  for (let n = 0; n < TIMES; n++) opened.push(await timed(open));
  const fresh: number[] = [];
  // Each takes four calls and more: the share of a minute, so a minute lies between them.
  for (let n = 0; n < REFRESHES; n++) {
    fresh.push(await timed(() => c.panel<Choices>("GET", `${at}/choices?fresh=1`)));
    await new Promise((done) => setTimeout(done, window.ms));
  }
  const left = await waiting();
  const paused = await timed(() => c.panel("POST", `${at}/settings/orders`, { on: false }));
  // What had begun may still arrive.
  const since = Date.now() + 2000;
  await new Promise((done) => setTimeout(done, 2 * window.ms));
  const seen = await untilJournal(trace, () => true, 1);
  const begun = seen.filter((x) => x.peer === "cin7" && isWrite(x, "/sale") && Date.parse(x.at) >= since).length;
  const throttled = seen.filter((x) => x.peer === "cin7" && x.status === 429).length;
  return [
    below(
      `Setup opens with ${WAITING.toLocaleString("en")} orders waiting, p95 of ${TIMES}`,
      Math.round(percentile(opened, 95)),
      "ms",
      500,
    ),
    reported("… Refresh of all lists, the slowest", Math.round(Math.max(...fresh)), "ms"),
    atMost(`… Pause on Home, ${left.toLocaleString("en")} orders waiting`, Math.round(paused), "ms", 500),
    exactly("… sales begun after it", begun, "sales", 0),
    exactly("… throttled calls", throttled, "calls", 0),
  ];
}
