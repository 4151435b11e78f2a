import type { Connected, Place } from "../../scripts/connect.ts";
import { endOf, journalOf, untilJournal } from "./journal.ts";
import type { Row } from "./row.ts";
import { isWrite, placeOrder } from "./trace.ts";

const WAITING = 1000;

/** Five stores of one account, one of them with 1,000 orders waiting: how long a single order of another store waits, in windows. */
export async function fairnessRows(place: Place, stores: Connected[], trace: string, windowMs: number): Promise<Row[]> {
  const [big, ...others] = stores as [Connected, ...Connected[]];
  const single = others[others.length - 1] as Connected;
  const order = { lines: [{ sku: "TEE-MER-NVY-S", quantity: 1 }] };
  for (let n = 0; n < WAITING; n += 25) await Promise.all(Array.from({ length: 25 }, () => placeOrder(place.twins, big.store, order)));
  const backlog = WAITING - journalOf(trace).filter((x) => isWrite(x, "/sale/order")).length;
  const placed = Date.now();
  const id = await placeOrder(place.twins, single.store, order);
  const mark = `ls:${single.store}:${id}:g1`;
  const isHeader = (x: { requestBody: unknown }) => JSON.stringify(x.requestBody ?? "").includes(mark);
  const seen = await untilJournal(trace, (all) => all.some((x) => isWrite(x, "/sale") && isHeader(x)), 120);
  const header = seen.find((x) => isWrite(x, "/sale") && isHeader(x));
  const saleId = (header as { responseBody?: { ID?: string } } | undefined)?.responseBody?.ID;
  const after = await untilJournal(
    trace,
    (all) => all.some((x) => isWrite(x, "/sale/order") && JSON.stringify(x.requestBody).includes(String(saleId))),
    60,
  );
  const authorised = after.find((x) => isWrite(x, "/sale/order") && JSON.stringify(x.requestBody).includes(String(saleId)));
  const windows = authorised ? Math.round(((endOf(authorised) - placed) / windowMs) * 10) / 10 : Number.POSITIVE_INFINITY;
  return [
    {
      name: `single order beside ${backlog} waiting of another store: authorised after`,
      value: windows,
      unit: "windows",
      bar: "≤ 2",
      ok: windows <= 2,
    },
  ];
}
