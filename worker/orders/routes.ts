import { Hono } from "hono";
import * as z from "zod";
import { type ApiEnv, fail, need } from "../access.ts";
import type { OrderDetail, OrderList, Queued } from "../contract.ts";
import { rowOf } from "../exceptions/row.ts";
import { hasOrder, listOrders, orderWhole } from "./list-store.ts";
import { orderRow, orderUrl, PENDING, pictureFrom } from "./row.ts";

/** *Pending orders*, *Log* and an order's page (contract), mounted under /api/stores/:hash. */
export const orderRoutes = new Hono<ApiEnv>();

const query = z.object({
  view: z.enum(["pending", "log"]).catch("log").default("log"),
  q: z
    .string()
    .trim()
    .catch("")
    .default("")
    .transform((q) => q.slice(0, 100)),
  state: z.enum(["pending", "sending", "held", "sent", "not-taken", "failed"]).nullable().catch(null).default(null),
  sort: z.enum(["id", "placedAt", "total", "customer", "updatedAt"]).catch("id").default("id"),
  dir: z.enum(["asc", "desc"]).catch("desc").default("desc"),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1).default(1),
  perPage: z.coerce.number().int().min(1).max(100).catch(25).default(25),
});

orderRoutes.get("/orders", async (c) => {
  const { view, q, state, sort, dir, page, perPage } = query.parse(c.req.query());
  const inView = view === "pending" ? PENDING : null;
  const states = state === null ? inView : inView === null || inView.includes(state) ? [state] : [];
  const { rows, total } = await listOrders(c.var.db, c.var.tenant, { states, q, sort, dir, limit: perPage, offset: (page - 1) * perPage });
  return c.json({ rows: rows.map((row) => orderRow(row, row.problems)), total, page, perPage } satisfies OrderList);
});

orderRoutes.get("/orders/:id", async (c) => {
  const orderId = orderIdOf(c.req.param("id"));
  const { db, tenant, store, inbox } = c.var;
  const whole = await orderWhole(db, tenant, orderId);
  if (!whole) return notHere();
  const { order, payments, problems } = whole;
  const detail: OrderDetail = {
    order: orderRow(order, problems.length),
    ...pictureFrom(order.picture),
    payments: payments.map(({ method, amount, account, reference, paidAt, state, why }) => ({
      method,
      amount,
      account,
      reference,
      at: paidAt,
      state,
      why,
    })),
    problems: problems.map(rowOf),
    attempts: await inbox.attempts(orderId),
    bigcommerceUrl: orderUrl(store.controlPanelUrl, orderId),
  };
  return c.json(detail);
});

/** A wake-up: two people who press at once get the same one (F107). */
orderRoutes.post("/orders/:id/process", async (c) => {
  need(c, "operate");
  const orderId = orderIdOf(c.req.param("id"));
  if (!(await hasOrder(c.var.db, c.var.tenant, orderId))) return notHere();
  await c.var.inbox.put([{ kind: "order.changed", orderId, pressed: true }]);
  return c.json({ queued: true } satisfies Queued);
});

const orderIdOf = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : notHere());

function notHere(): never {
  return fail(404, "not-found", "Lockstep does not know this order. It appears here after BigCommerce tells of it.");
}
