import { Hono } from "hono";
import * as z from "zod";
import type { ApiEnv } from "../api/access.ts";
import type { DailySales } from "../contract/index.ts";
import { orderRow } from "../orders/pages/list-row.ts";
import { isDailyChosen, listDays } from "./list-store.ts";

/** *Daily sales* (contract), mounted under /api/stores/:hash. One of them has the page of an order, under its own number. */
export const dailySaleRoutes = new Hono<ApiEnv>();

const query = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1).default(1),
  perPage: z.coerce.number().int().min(1).max(100).catch(25).default(25),
});

dailySaleRoutes.get("/daily-sales", async (c) => {
  const { page, perPage } = query.parse(c.req.query());
  const { db, tenant } = c.var;
  const { rows, total } = await listDays(db, tenant, perPage, (page - 1) * perPage);
  const shown = total > 0 || (await isDailyChosen(db, tenant));
  const sales = rows.map(({ day: { day, zone, location, members }, order, problems }) => ({
    sale: orderRow(c.var, order, problems),
    day,
    zone,
    location,
    orders: members,
  }));
  return c.json({ rows: sales, total, page, perPage, shown } satisfies DailySales);
});
