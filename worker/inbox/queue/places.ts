import type { OrderPlace } from "../client.ts";
import { reasonNow } from "../sides.ts";
import { definitionOf, kindsThat, type WorkKind } from "../work.ts";
import { barsOf, goesAt } from "./due.ts";
import { readTurn } from "./turn.ts";

/** What screens ask of the queue: how much waits, and where an order stands in it. */

/** Items waiting by class; those that schedule themselves are nobody's waiting. */
export function waiting(sql: SqlStorage): { cls: number; n: number }[] {
  return sql
    .exec<{ cls: number; n: number }>(
      `SELECT rank AS cls, COUNT(*) AS n FROM work WHERE parked = 0 AND kind NOT IN (SELECT value FROM json_each(?)) GROUP BY rank`,
      JSON.stringify(kindsThat(({ scheduled }) => scheduled === true)),
    )
    .toArray();
}

/** Where orders stand in the queue, in the order of their coming. */
export function placesOf(sql: SqlStorage, orderIds: readonly number[], now: number): OrderPlace[] {
  type Row = OrderPlace & { turn: number };
  const rows = sql.exec<Row>(
    `SELECT orderId, turn, due, why, calls FROM (
       SELECT json_extract(data, '$.orderId') AS orderId, turn, due, why, SUM(calls) OVER (ORDER BY since, key) AS calls
       FROM work WHERE parked = 0 AND kind IN (SELECT value FROM json_each(?)))
     WHERE orderId IN (SELECT value FROM json_each(?))`,
    JSON.stringify(onTheirWay()),
    JSON.stringify(orderIds),
  );
  const bars = { ...barsOf(sql, now), front: { rank: Number.POSITIVE_INFINITY, until: 0 } };
  return rows.toArray().map(({ turn, ...place }) => {
    const side = readTurn(turn).sides.find((each) => (bars.away.get(each) ?? 0) > place.due);
    return { ...place, due: goesAt(readTurn(turn), place.due, bars), why: side ? reasonNow(sql, side) : place.why };
  });
}

/** Kinds of orders that are on their way to Cin7. */
const onTheirWay = (): WorkKind[] => kindsThat(({ followedBy }) => followedBy !== undefined);

/** Every Cin7 call that the orders waiting here will take, with invoice and payment of those that are not sent yet. */
export function callsAhead(sql: SqlStorage): number {
  const ahead = kindsThat(({ lane, settlesNothing }) => lane === "order" && !settlesNothing);
  const following = ahead.map((kind) => ({ kind, calls: definitionOf(kind).followedBy ?? 0 }));
  return (
    sql
      .exec<{ n: number | null }>(
        `SELECT SUM(work.calls + (each.value ->> 'calls')) AS n FROM work JOIN json_each(?) AS each ON each.value ->> 'kind' = work.kind
         WHERE parked = 0`,
        JSON.stringify(following),
      )
      .one().n ?? 0
  );
}
