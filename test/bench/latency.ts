import type { Connected, Place } from "../../scripts/connect.ts";
import { below, percentile, type Row } from "./row.ts";
import { clearTrace, isWrite, placeOrder, settledTrace } from "./trace.ts";

const ORDERS = 25;

/** From the first webhook's sending to the answer of the authorised order, one order at a time, twins without delay. */
export async function latencyRows(place: Place, c: Connected): Promise<Row[]> {
  const times: number[] = [];
  for (let n = 0; n < ORDERS + 3; n++) {
    await clearTrace(place.twins);
    await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: 9 });
    const seen = await settledTrace(place.twins, (all) => all.some((x) => isWrite(x, "/sale/order")));
    const sent = Math.min(...seen.filter((x) => x.peer === "app").map((x) => Date.parse(x.at)));
    const order = seen.find((x) => isWrite(x, "/sale/order"));
    // The first ones warm the isolate and make the shopper's customer.
    if (order && n >= 3) times.push(Date.parse(order.at) + order.durationMs - sent);
  }
  return [
    below(`webhook → sale authorised, idle, p50 of ${times.length}`, Math.round(percentile(times, 50)), "ms", 250),
    { name: "webhook → sale authorised, idle, p95", value: Math.round(percentile(times, 95)), unit: "ms", bar: "reported", ok: null },
  ];
}
