import { env } from "cloudflare:workers";
import { and, eq, isNotNull, type SQL } from "drizzle-orm";
import { expect, it } from "vitest";
import { orders, waitingFor } from "../../../worker/lib/db/schema/tables.ts";
import { db } from "../../harness/api.ts";

/** Indexes that hold few rows only help a question that names their condition. */
const planOf = async (where: SQL | undefined): Promise<string> => {
  const { sql, params } = db().select({ id: orders.orderId }).from(orders).where(where).toSQL();
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...params)
    .all<{ detail: string }>();
  return results.map((row) => row.detail).join("\n");
};
const ours = eq(orders.storeHash, "abc123");

it.each([
  ["orders_waiting", "what waits for something in Cin7", and(ours, waitingFor("books"))],
  ["orders_held_unpaid", "unpaid orders that hold their stock", and(ours, isNotNull(orders.unpaidMethod))],
  ["orders_of_day", "the orders of a daily sale", and(ours, eq(orders.daySale, -5))],
])("%s finds %s without a look at the others", async (index, _, where) => {
  expect(await planOf(where)).toContain(`INDEX ${index} `);
});
