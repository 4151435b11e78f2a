import { type SQL, sql } from "drizzle-orm";
import type { ProblemArea } from "../contract/index.ts";
import type { Db } from "../lib/db/open.ts";
import type { Tenant } from "../lib/ids.ts";
import { urgencyRanks } from "./registry.ts";
import type { StoredProblem } from "./row.ts";

/** *Needs attention*: what is open and what was read, in the order in which people should look at it. */

export type Asked = {
  area: ProblemArea | null;
  sort: "urgency" | "raisedAt" | "orders";
  dir: "asc" | "desc";
  limit: number;
  offset: number;
  /** What a person put aside, in place of what is open. */
  read?: boolean;
};
/** `itsOrder`: the searched number is one of its orders. */
export type Listed = StoredProblem & { itsOrder: boolean };

const ofTenant = (tenant: Tenant): SQL => sql`p.store_hash = ${tenant.store} AND p.account_id = ${tenant.account ?? ""}`;

/**
 * By urgency; in it the kinds of which there are fewest first, so that one *Do not ship* never stands under forty of something
 * else; in a kind the most orders, then the oldest.
 */
const BY_URGENCY = sql`COALESCE(u.rank, 99), COUNT(*) OVER (PARTITION BY p.kind, p.holds), p.kind, p.holds DESC, n DESC, p.raised_at, p.key`;

function inOrder({ sort, dir, read }: Asked): SQL {
  if (read) return sql`p.read_at DESC, p.key`;
  if (sort === "urgency") return BY_URGENCY;
  return sql.raw(`${sort === "orders" ? "n" : "p.raised_at"} ${dir === "asc" ? "ASC" : "DESC"}, p.raised_at DESC, p.key`);
}

/** Problems with the first 20 of their orders. `order`: mark those of this order. */
export async function listProblems(
  db: Db,
  tenant: Tenant,
  asked: Asked,
  order: number | null = null,
): Promise<{ rows: Listed[]; total: number }> {
  const area = asked.area === null ? sql`` : sql`AND p.area = ${asked.area}`;
  const shown = asked.read ? sql`p.cleared_at IS NOT NULL AND p.read_at IS NOT NULL` : sql`p.cleared_at IS NULL`;
  const mine = sql`o.store_hash = p.store_hash AND o.key = p.key`;
  const rows = await db.all<Row>(sql`SELECT p.key, p.facts, p.holds, p.raised_at, p.read_at, COUNT(*) OVER () AS total,
      (SELECT COUNT(*) FROM problem_orders o WHERE ${mine}) AS n,
      (SELECT json_group_array(order_id) FROM (SELECT order_id FROM problem_orders o WHERE ${mine} ORDER BY order_id LIMIT 20)) AS ids,
      EXISTS (SELECT 1 FROM problem_orders o WHERE ${mine} AND o.order_id = ${order}) AS its
    FROM problems p LEFT JOIN (SELECT value ->> 'kind' AS kind, value ->> 'holds' AS holds, value ->> 'rank' AS rank
      FROM json_each(${JSON.stringify(urgencyRanks())})) u ON u.kind = p.kind AND u.holds = p.holds
    WHERE ${ofTenant(tenant)} AND ${shown} ${area} ORDER BY ${inOrder(asked)} LIMIT ${asked.limit} OFFSET ${asked.offset}`);
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((r) => ({
      key: r.key,
      facts: JSON.parse(r.facts) as unknown,
      holds: r.holds === 1,
      raisedAt: r.raised_at,
      readAt: r.read_at,
      orders: JSON.parse(r.ids) as number[],
      orderCount: r.n,
      itsOrder: r.its === 1,
    })),
  };
}

type Row = {
  key: string;
  facts: string;
  holds: number;
  raised_at: string;
  read_at: string | null;
  n: number;
  ids: string;
  its: number;
  total: number;
};

/** What is open, by kind, with an example and the number of orders: the choices of a list of orders. */
export async function openKinds(db: Db, tenant: Tenant): Promise<{ facts: unknown; orders: number }[]> {
  type Kind = { facts: string; n: number };
  const rows = await db.all<Kind>(sql`SELECT MIN(p.facts) AS facts, COUNT(DISTINCT o.order_id) AS n FROM problems p
    JOIN problem_orders o ON o.store_hash = p.store_hash AND o.key = p.key
    WHERE ${ofTenant(tenant)} AND p.cleared_at IS NULL GROUP BY p.kind ORDER BY n DESC, p.kind`);
  return rows.map(({ facts, n }) => ({ facts: JSON.parse(facts) as unknown, orders: n }));
}
