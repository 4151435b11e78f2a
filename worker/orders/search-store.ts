import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../lib/db/open.ts";
import { soughtNumbers, soughtPerson } from "../lib/db/schema/sought.ts";
import { orders } from "../lib/db/schema/tables.ts";
import type { Tenant } from "../lib/ids.ts";

/** So many orders are looked at in one statement: D1 answers one at a time, and everybody else's come in between (decision 0036). */
const LOOKED_AT_ONCE = 5_000;

export type Sought = {
  /** Order number, sale number, SKU, customer, e-mail; "": every order, for a list in an order that no index has. */
  q: string;
  /** May customer and e-mail be searched, too? Who may only look cannot try out who bought. */
  persons: boolean;
  /** Which orders, and by what they stand in order; ties go by order number. */
  of: SQL | undefined;
  by: SQL;
  dir: "asc" | "desc";
  limit: number;
  offset: number;
};

type Hit = [id: number, key: string | number];
type Looked = { until: number; looked: number; found: number; best: string };

/** The orders of one page, and how many there are: all of the store's are looked through, the newest first. */
export async function lookThrough(
  db: Db,
  tenant: Tenant,
  sought: Sought,
  atOnce = LOOKED_AT_ONCE,
): Promise<{ ids: number[]; total: number }> {
  const most = sought.offset + sought.limit;
  let best: Hit[] = [];
  let total = 0;
  for (let below = Number.MAX_SAFE_INTEGER, looked = atOnce; looked === atOnce; ) {
    const [part] = (await db.all<Looked>(looking(tenant, sought, { below, most, atOnce }))) as [Looked];
    best = [...best, ...(JSON.parse(part.best) as Hit[])].sort(inOrder(sought.dir)).slice(0, most);
    total += part.found;
    [below, looked] = [part.until, part.looked];
  }
  return { ids: best.slice(sought.offset).map(([id]) => id), total };
}

/** `MATERIALIZED`: looked at once, whatever is asked of it then. */
function looking(tenant: Tenant, sought: Sought, part: { below: number; most: number; atOnce: number }): SQL {
  const { q, persons, of, by, dir } = sought;
  const { hit, sure } = q === "" ? { hit: sql`1`, sure: sql`1` } : matchOf(q, persons);
  const towards = sql.raw(dir);
  return sql`WITH looked AS MATERIALIZED (SELECT s.order_id AS id, ${hit} AS hit FROM orders AS s INDEXED BY orders_sought
      WHERE s.store_hash = ${tenant.store} AND s.order_id > 0 AND s.order_id < ${part.below} ORDER BY s.order_id DESC LIMIT ${part.atOnce}),
    hits AS MATERIALIZED (SELECT ${orders.orderId} AS id, ${by} AS key FROM looked CROSS JOIN ${orders}
      WHERE looked.hit AND ${orders.storeHash} = ${tenant.store} AND ${orders.orderId} = looked.id AND ${of ?? sql`1`} AND ${sure})
    SELECT (SELECT MIN(id) FROM looked) AS until, (SELECT COUNT(*) FROM looked) AS looked, (SELECT COUNT(*) FROM hits) AS found,
      (SELECT json_group_array(json_array(id, key)) FROM (SELECT id, key FROM hits ORDER BY key ${towards}, id ${towards} LIMIT ${part.most})) AS best`;
}

/**
 * `hit`: by the index alone. `instr` instead of LIKE: no wildcards to escape and no 50-byte limit of a pattern (D1). `sure`: by the row,
 * where what is sought could be the form of what is kept: the digits of a quantity, or what JSON writes in another way.
 */
function matchOf(q: string, persons: boolean): { hit: SQL; sure: SQL } {
  const text = q.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const quoted = JSON.stringify(text).slice(1, -1);
  const number = /^#?\d{1,12}$/.test(q) ? Number(q.replace("#", "")) : -1;
  const any = (...conditions: (SQL | false)[]) =>
    sql`(${sql.join(
      conditions.filter((one) => one !== false),
      sql` OR `,
    )})`;
  const has = (what: SQL, part = text) => sql`instr(${what}, ${part}) > 0`;
  const hit = any(
    sql`s.order_id = ${number}`,
    has(soughtNumbers("s.")),
    quoted !== text && has(soughtNumbers("s."), quoted),
    persons && has(soughtPerson("s.")),
  );
  if (quoted === text && !/^[\d.e+-]*$/.test(text)) return { hit, sure: sql`1` };
  const sku = sql`EXISTS (SELECT 1 FROM json_each(${orders.ordered}) AS line WHERE ${has(sql`lower(line.value ->> 'sku')`)})`;
  const sale = has(sql`lower(COALESCE(${orders.saleNumber}, ''))`);
  const sure = any(sql`${orders.orderId} = ${number}`, sale, persons && has(soughtPerson('"orders".')), sku);
  return { hit, sure };
}

const inOrder =
  (dir: "asc" | "desc") =>
  ([idA, a]: Hit, [idB, b]: Hit): number => {
    const [x, y] = a === b ? [idA, idB] : [a, b];
    return (x < y ? -1 : 1) * (dir === "asc" ? 1 : -1);
  };
