import { Hono } from "hono";
import type { ApiContext, ApiEnv, MeterNow } from "../access.ts";
import type { Header, Home } from "../contract.ts";
import { boundsOf, dayIn } from "../lib/days.ts";
import { logBug } from "../lib/log.ts";
import { orderRow } from "../orders/row.ts";
import { checklist, isReady } from "./checklist.ts";
import { headerCounts, newestOrders, placedSince, setUpOf } from "./store.ts";
import { todayOf } from "./today.ts";

/** *Home* and the line on top of every page (contract), mounted under /api/stores/:hash. */
export const homeRoutes = new Hono<ApiEnv>();

const RECENT = 10;

homeRoutes.get("/home", async (c) => {
  const { db, tenant, store, now } = c.var;
  const day = dayIn(new Date(now()).toISOString(), store.timeZone);
  const from = new Date(boundsOf(day, store.timeZone).from).toISOString();
  const [setUp, meter, states, recent] = await Promise.all([
    setUpOf(db, tenant),
    meterOf(c),
    placedSince(db, tenant, from),
    newestOrders(db, tenant, RECENT),
  ]);
  const home: Home = {
    checklist: checklist(setUp, store.timeZone),
    ready: isReady(setUp),
    ordersOn: setUp.account !== null && setUp.settings.orders.on,
    header: await headerOf(c, meter),
    today: todayOf(states),
    meter: meter && {
      used: meter.used,
      quota: meter.quota,
      windowMs: meter.windowMs,
      waitingCalls: meter.waitingCalls,
      clearsAt: meter.clearsAt,
    },
    recent: recent.map(({ row, problems }) => orderRow(row, problems)),
  };
  return c.json(home);
});

homeRoutes.get("/header", async (c) => c.json(await headerOf(c, await meterOf(c))));

/** A page still opens while the queue does not answer. */
async function headerOf(c: ApiContext, meter: MeterNow | null): Promise<Header> {
  const { db, tenant, inbox } = c.var;
  const [counts, status] = await Promise.all([headerCounts(db, tenant), orNull(() => inbox.status(), "header.queue")]);
  return { ...counts, clearsAt: counts.waiting > 0 ? (meter?.clearsAt ?? null) : null, down: status?.down ?? [] };
}

const meterOf = (c: ApiContext) => orNull(() => c.var.meter(), "header.meter");

async function orNull<T>(ask: () => Promise<T>, kind: string): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    logBug(error, { kind });
    return null;
  }
}
