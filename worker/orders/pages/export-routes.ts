import { Hono } from "hono";
import type { ApiContext, ApiEnv } from "../../api/access.ts";
import { fairUseHere } from "../../api/limits.ts";
import { asFile, csvLine } from "../../lib/csv.ts";
import { dayIn } from "../../lib/days.ts";
import { askedBy, type ListQuery, listQuery } from "./asked.ts";
import { noteOf, orderRow } from "./list-row.ts";
import { listOrders } from "./list-store.ts";

/** Mounted under /api/stores/:hash. */
export const exportRoutes = new Hono<ApiEnv>();

const COLUMNS = [
  "order",
  "placedAt",
  "customer",
  "total",
  "currency",
  "status",
  "state",
  "reason",
  "saleNumber",
  "stages",
  "updatedAt",
] as const;
const AT_ONCE = 500;

/** `GET /orders.csv`: exactly what the list of the same address shows, all of it, by order number. Streamed. */
exportRoutes.get("/orders.csv", async (c) => {
  await fairUseHere(c, "file");
  const { store, now } = c.var;
  const query = listQuery.parse(c.req.query());
  const day = dayIn(new Date(now()).toISOString(), store.timeZone);
  return asFile(lines(c, query), "text/csv; charset=utf-8", `lockstep-${store.hash}-orders-${day}.csv`);
});

function lines({ var: seer }: ApiContext, query: ListQuery): ReadableStream<Uint8Array> {
  const { db, tenant, session, store } = seer;
  const encoder = new TextEncoder();
  const asked = {
    ...askedBy(query, { role: session.role, zone: store.timeZone }),
    sort: "id",
    dir: "asc",
    limit: AT_ONCE,
    offset: 0,
  } as const;
  let after = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(COLUMNS))),
    async pull(controller) {
      const { rows } = await listOrders(db, tenant, { ...asked, after });
      const last = rows.at(-1);
      if (!last) return controller.close();
      after = last.orderId;
      controller.enqueue(encoder.encode(rows.map((row) => csvLine(line(row))).join("")));
    },
  });

  function line(stored: Parameters<typeof orderRow>[1]) {
    const { id, placedAt, customer, total, currency, status, state, saleNumber, stages, updatedAt } = orderRow(seer, stored, 0);
    const note = noteOf(stored);
    const reason = state !== "sent" && note.is === "said" ? note.text : "";
    return [id, placedAt, customer, total, currency, status, state, reason, saleNumber, stages.join(" "), updatedAt];
  }
}
