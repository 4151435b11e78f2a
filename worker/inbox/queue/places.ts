import type { OrderPlace } from "../client.ts";
import { reasonOf } from "../sides.ts";
import { CALLS, SCHEDULED } from "../work.ts";
import { barsOf, goesAt } from "./due.ts";
import { readTurn } from "./turn.ts";

/** What screens ask of the queue: how much waits, and where an order stands in it. */

/** Items waiting by class; those that schedule themselves are nobody's waiting. */
export function waiting(sql: SqlStorage): { cls: number; n: number }[] {
  return sql
    .exec<{ cls: number; n: number }>(
      `SELECT rank AS cls, COUNT(*) AS n FROM work WHERE parked = 0 AND kind NOT IN (SELECT value FROM json_each(?)) GROUP BY rank`,
      JSON.stringify(SCHEDULED),
    )
    .toArray();
}

/** Where orders stand in the queue, in the order of their coming. */
export function placesOf(sql: SqlStorage, orderIds: readonly number[], now: number): OrderPlace[] {
  type Row = OrderPlace & { turn: number };
  const rows = sql.exec<Row>(
    `SELECT orderId, turn, due, why, calls FROM (
       SELECT json_extract(data, '$.orderId') AS orderId, turn, due, why, SUM(calls) OVER (ORDER BY since, key) AS calls
       FROM work WHERE parked = 0 AND kind IN ('order.changed', 'order.send'))
     WHERE orderId IN (SELECT value FROM json_each(?))`,
    JSON.stringify(orderIds),
  );
  const bars = { ...barsOf(sql, now), front: { rank: Number.POSITIVE_INFINITY, until: 0 } };
  return rows.toArray().map(({ turn, ...place }) => {
    const side = readTurn(turn).sides.find((each) => (bars.away.get(each) ?? 0) > place.due);
    return { ...place, due: goesAt(readTurn(turn), place.due, bars), why: side ? reasonOf(side) : place.why };
  });
}

/** Every Cin7 call that the orders waiting here will take, with invoice and payment of those that are not sent yet. */
export const callsAhead = (sql: SqlStorage): number =>
  sql
    .exec<{ n: number | null }>(
      `SELECT SUM(calls + CASE WHEN kind IN ('order.changed', 'order.send') THEN ${CALLS["order.money"]} ELSE 0 END) AS n
       FROM work WHERE parked = 0 AND kind LIKE 'order.%'`,
    )
    .one().n ?? 0;
