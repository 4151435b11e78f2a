import type { Connected, Place } from "../../scripts/connect.ts";
import { endOf, journalOf, untilJournal } from "./journal.ts";
import type { Row } from "./row.ts";
import { isWrite, placeOrder } from "./trace.ts";

const ORDERS = 200;

/** With the quota lifted on both sides: what the machinery itself can do, from the first webhook to the last payment. */
export async function throughputRows(place: Place, c: Connected, trace: string): Promise<Row[]> {
  await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await untilJournal(trace, (seen) => seen.some((x) => isWrite(x, "/sale/payment")), 60);
  const since = Date.now();
  for (let n = 0; n < ORDERS; n += 20) {
    await Promise.all(
      Array.from({ length: 20 }, () => placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: 9 })),
    );
  }
  await untilJournal(trace, (all) => all.filter((x) => isWrite(x, "/sale/payment") && Date.parse(x.at) >= since).length >= ORDERS, 180);
  const paid = journalOf(trace).filter((x) => isWrite(x, "/sale/payment") && Date.parse(x.at) >= since);
  const seconds = (Math.max(...paid.map(endOf)) - since) / 1000;
  return [
    {
      name: `orders a second, quota lifted, all stages (${paid.length} orders)`,
      value: Math.round((paid.length / seconds) * 10) / 10,
      unit: "orders/s",
      bar: "reported",
      ok: null,
    },
  ];
}
