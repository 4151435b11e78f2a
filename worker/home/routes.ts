import { Hono } from "hono";
import type { ApiContext, ApiEnv } from "../api/access.ts";
import type { Header, Home, OrderRow, Pace } from "../contract/index.ts";
import { stateOf } from "../first-run/other-connection.ts";
import { boundsOf, dayIn, iso } from "../lib/days.ts";
import { logBug } from "../lib/log.ts";
import { orderRow, waitingOf, withWait } from "../orders/pages/list-row.ts";
import { checklist, isReady } from "./checklist.ts";
import { demandOf } from "./demand.ts";
import { paceOf } from "./pace.ts";
import { firstRunOf, headerCounts, newestOrders, paceRows, placedSince, setUpOf, undecidedPeople } from "./store.ts";
import { todayOf } from "./today.ts";

/** *Home* and the line on top of every page (contract), mounted under /api/stores/:hash. */
export const homeRoutes = new Hono<ApiEnv>();

const RECENT = 10;

homeRoutes.get("/home", async (c) => {
  const { db, tenant, store, now } = c.var;
  const day = dayIn(new Date(now()).toISOString(), store.timeZone);
  const from = new Date(boundsOf(day, store.timeZone).from).toISOString();
  const [setUp, found, newPeople, meter, states, recent] = await Promise.all([
    setUpOf(db, tenant),
    firstRunOf(db, tenant),
    c.var.session.role === "configure" ? undecidedPeople(db, tenant) : [],
    meterOf(c),
    placedSince(db, tenant, from),
    newestOrders(db, tenant, RECENT),
  ]);
  const { mail, timeScale } = c.var.config;
  const { heardBy, unconfirmed, openBy } = found;
  const first = {
    heardBy,
    unconfirmed,
    openBy,
    mail: mail !== null,
    other: stateOf(found.row, now(), timeScale),
    tried: triedOf(found.row),
  };
  const home: Home = {
    checklist: checklist(setUp, store.timeZone, first),
    ready: isReady(setUp, first),
    ordersOn: setUp.account !== null && setUp.settings.orders.on,
    newPeople,
    header: await headerOf(c),
    today: todayOf(states),
    meter: meter && {
      used: meter.used,
      quota: meter.quota,
      windowMs: meter.windowMs,
      waitingCalls: meter.waitingCalls,
      clearsAt: meter.clearsAt,
      demand: demandOf(meter.demand),
    },
    recent: await withWaits(
      c,
      recent.map(({ row, problems }) => orderRow(c.var, row, problems)),
    ),
  };
  return c.json(home);
});

homeRoutes.get("/home/pace", async (c) => {
  const { db, tenant, now } = c.var;
  const { placed, passed } = await paceRows(db, tenant, iso(now() - 25 * 3_600_000));
  return c.json(paceOf(placed, passed, now()) satisfies Pace);
});

homeRoutes.get("/header", async (c) => c.json(await headerOf(c)));

const triedOf = (row: { triedAt: string | null; triedOrders: number | null; triedTie: number | null } | null) =>
  row?.triedAt ? { orders: row.triedOrders ?? 0, tie: row.triedTie ?? 0 } : null;

/** A page still opens while the queue does not answer. */
async function headerOf(c: ApiContext): Promise<Header> {
  const { db, tenant, inbox } = c.var;
  const [counts, status] = await Promise.all([headerCounts(db, tenant), orNull(() => inbox.status(), "header.queue")]);
  const calls = counts.waiting > 0 ? (status?.calls ?? 0) : 0;
  // While a side is away nobody can say when.
  const known = calls > 0 && status?.down.length === 0;
  return { ...counts, clearsAt: known ? await orNull(() => c.var.clearsAt(calls), "header.clears") : null, down: status?.down ?? [] };
}

async function withWaits(c: ApiContext, rows: OrderRow[]): Promise<OrderRow[]> {
  const ids = waitingOf(rows);
  const waits = ids.length > 0 ? await orNull(() => c.var.waits(ids), "home.waits") : null;
  return waits ? rows.map((row) => withWait(row, waits.get(row.id))) : rows;
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
