import type { Connected, Place } from "../../scripts/connect.ts";
import { endOf, untilJournal } from "./journal.ts";
import type { Row } from "./row.ts";
import { isWrite, placeOrder, type Seen } from "./trace.ts";

const ORDERS = 300;
const CALLS_PER_ORDER = 4;

/**
 * 300 orders at once at the real quota, time scaled: 55 calls a window. *Possible* are the calls of every window that began
 * while the run lasted, the first included, from the first webhook to the last payment, less what the sweep of sales takes
 * of right (one a window, counted); the orders' own are four each, whatever else was asked for them.
 */
export async function burstRows(place: Place, c: Connected, trace: string, window: { calls: number; ms: number }): Promise<Row[]> {
  // The shopper is known, the isolate warm.
  await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await untilJournal(trace, (seen) => seen.some((x) => isWrite(x, "/sale/payment")), 60);
  await new Promise((done) => setTimeout(done, 2 * window.ms));
  const since = Date.now();
  for (let n = 0; n < ORDERS; n += 20) {
    await Promise.all(
      Array.from({ length: Math.min(20, ORDERS - n) }, () =>
        placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: 9 }),
      ),
    );
  }
  const during = (seen: readonly Seen[]) => seen.filter((x) => Date.parse(x.at) >= since);
  const all = during(await untilJournal(trace, (seen) => during(seen).filter((x) => isWrite(x, "/sale/payment")).length >= ORDERS, 480));
  const first = Math.min(...all.filter((x) => x.peer === "app").map((x) => Date.parse(x.at)));
  const times = (path: string) => all.filter((x) => isWrite(x, path)).map(endOf);
  const [authorised, invoiced, paid] = [times("/sale/order"), times("/sale/invoice"), times("/sale/payment")];
  const took = Math.max(...paid) - first;
  const sweeps = all.filter((x) => x.peer === "cin7" && x.url.includes("/saleList?") && x.url.includes("UpdatedSince")).length;
  const possible = window.calls * (Math.floor(took / window.ms) + 1) - sweeps;
  const share = Math.round(Math.min((paid.length * CALLS_PER_ORDER) / possible, 1) * 1000) / 10;
  const throttled = all.filter((x) => x.peer === "cin7" && x.status === 429).length;
  const early = invoiced.filter((at) => at < Math.max(...authorised)).length;
  return [
    { name: `${ORDERS} orders at once: paid`, value: paid.length, unit: `of ${ORDERS}`, bar: `${ORDERS}`, ok: paid.length === ORDERS },
    { name: "… throttled calls", value: throttled, unit: "calls", bar: "0", ok: throttled === 0 },
    { name: `… of the possible calls used (the sweep took ${sweeps} more)`, value: share, unit: "%", bar: "≥ 95 %", ok: share >= 95 },
    { name: "… invoices before the last order was authorised", value: early, unit: "invoices", bar: "0", ok: early === 0 },
  ];
}
