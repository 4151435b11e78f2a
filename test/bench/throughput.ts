import { writeFileSync } from "node:fs";
import type { Connected, Place } from "../../scripts/connect.ts";
import { billOf, costRows, statementsOf, statementTable } from "./cost.ts";
import { endOf, journalOf, untilJournal } from "./journal.ts";
import type { Row } from "./row.ts";
import { isWrite, placeOrder } from "./trace.ts";

const ORDERS = 200;

/**
 * With the quota lifted on both sides: what the machinery itself can do, from the first webhook to the last payment, and what
 * an order costs. `group`: the process group of the Worker.
 */
export async function throughputRows(place: Place, c: Connected, trace: string, group: number): Promise<Row[]> {
  await placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] });
  await untilJournal(trace, (seen) => seen.some((x) => isWrite(x, "/sale/payment")), 60);
  const before = await billOf(place.app, group);
  const statements = await statementsOf(place.app);
  const since = Date.now();
  for (let n = 0; n < ORDERS; n += 20) {
    await Promise.all(
      Array.from({ length: 20 }, () => placeOrder(place.twins, c.store, { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }], shipping: 9 })),
    );
  }
  await untilJournal(trace, (all) => all.filter((x) => isWrite(x, "/sale/payment") && Date.parse(x.at) >= since).length >= ORDERS, 180);
  // What follows an order (its number shown in BigCommerce) belongs to its cost.
  await new Promise((done) => setTimeout(done, 3000));
  const after = await billOf(place.app, group);
  if (process.env["STATEMENTS"])
    writeFileSync(process.env["STATEMENTS"], statementTable(statements, await statementsOf(place.app), ORDERS));
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
    ...costRows(before, { ...after, at: before.at + seconds * 1000 }, paid.length),
  ];
}
