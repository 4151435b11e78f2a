import { Hono } from "hono";
import type { ApiEnv } from "../api/access.ts";
import type { DailyAdvice } from "../contract/index.ts";
import { dayIn } from "../lib/days.ts";
import { ordersWaiting } from "../orders/figures-store.ts";
import { currentSettings } from "../settings/store.ts";
import { adviceOn } from "./daily-advice-flow.ts";

/** What to know before one sale a day is chosen (contract: DailyAdvice), mounted under /api/stores/:hash. */
export const dailyRoutes = new Hono<ApiEnv>();

dailyRoutes.get("/settings/daily", async (c) => {
  const { db, tenant, store, now } = c.var;
  const asked = c.req.query("customer") ?? "";
  const id = /^[0-9a-f-]{36}$/i.test(asked) ? asked : (await currentSettings(db, tenant)).settings.customers.defaultCustomer?.id;
  const { cin7 } = await c.var.clients();
  const day = dayIn(new Date(now()).toISOString(), store.timeZone);
  const warnings = cin7 && id ? await adviceOn(cin7, id, day) : [];
  return c.json({ waiting: await ordersWaiting(db, tenant), warnings } satisfies DailyAdvice);
});
