import { Hono } from "hono";
import * as z from "zod";
import { addresses } from "../alerts/store.ts";
import { type ApiContext, type ApiEnv, bodyOf, fail, need } from "../api/access.ts";
import { fairUseHere } from "../api/limits.ts";
import { busy, linked, noAnswer, sidesOf } from "../api/sides.ts";
import type { LeftOutside, OpenOrders, OtherConnection, TakenOrders, Trial } from "../contract/index.ts";
import { auditLine } from "../lib/db/audit.ts";
import { isLinked } from "../lib/ids.ts";
import { decide, decideAbout, openOrdersDecided } from "../orders/decisions-store.ts";
import { settingsNow } from "../settings/current-store.ts";
import { savedVersion } from "../settings/store.ts";
import { tryOrders } from "./dry-run-step.ts";
import { leftOutside } from "./left-outside-action.ts";
import { openOrders } from "./open-orders-action.ts";
import { sentenceOf, stateOf } from "./other-connection.ts";
import { lookForOthers } from "./other-connections-action.ts";
import { firstRun, note } from "./store.ts";

/** The first run (ui.md 10.3): trial, open orders, another connection; mounted under /api/stores/:hash before the settings. */
export const firstRunRoutes = new Hono<ApiEnv>();

const ids = z.array(z.int().positive()).min(1).max(250);

// ---- the trial (N4) --------------------------------------------------------------------------------------------

firstRunRoutes.post("/trial", async (c) => {
  need(c, "operate");
  const { config, db, store, now } = c.var;
  const body = z.object({ ids: ids.max(20).optional() }).safeParse(await bodyOf(c));
  if (!body.success) return fail(400, "not-readable", "Name at most 20 orders by their numbers, or none for the last 20.");
  const { tenant, bigcommerce, cin7 } = await sidesOf(c);
  if (!(await c.env.PUBLIC_LIMIT.limit({ key: `trial:${tenant.store}` })).success)
    return fail(429, "too-many", "Too many trials. Wait a minute.");
  const tried = await tryOrders({ config, db, tenant, store, bigcommerce, cin7, now }, body.data.ids ?? null);
  if (!tried.ok) return tried.error.is === "wait" ? busy(tried.error.at, now()) : noAnswer(tried.error.side);
  const { orders, tie } = tried.value;
  const wanted = orders.filter((order) => order.verdict !== "not-taken").length;
  // Our own note for the checklist, nothing of the orders.
  if (!body.data.ids) await note(db, tenant, { triedAt: new Date(now()).toISOString(), triedOrders: wanted, triedTie: tie });
  return c.json(tried.value satisfies Trial);
});

// ---- open orders (M21) -----------------------------------------------------------------------------------------

firstRunRoutes.get("/open-orders", async (c) => {
  need(c, "operate");
  return c.json((await openOrders(c)) satisfies OpenOrders);
});

firstRunRoutes.get("/left-outside", async (c) => {
  need(c, "operate");
  await fairUseHere(c, "vendors");
  return c.json((await leftOutside(c, c.req.query("from") ?? null)) satisfies LeftOutside);
});

firstRunRoutes.post("/open-orders", async (c) => {
  need(c, "operate");
  const { db, inbox, session, now } = c.var;
  const body = z.object({ ids }).safeParse(await bodyOf(c));
  if (!body.success)
    return fail(422, "not-valid", "Choose at least one order, at most 250 at once.", { ids: "Choose at least one order." });
  const tenant = linked(c);
  if (!(await settingsNow(db, tenant)).settings.orders.on)
    return fail(409, "orders-off", "Switch orders on first: then the chosen orders go to Cin7 Core at once.");
  const chosen = [...new Set(body.data.ids)];
  await decideAbout(db, tenant, ["chosen"], chosen, { by: session.name, at: new Date(now()).toISOString() });
  await decide(db, tenant, openOrdersDecided, session.name, new Date(now()).toISOString());
  await inbox.put(chosen.map((orderId) => ({ kind: "order.changed", orderId, pressed: true })));
  return c.json({ taken: chosen.length } satisfies TakenOrders);
});

/** A named person leaves out whatever is not chosen yet; each can still be chosen later. */
firstRunRoutes.post("/open-orders/leave", async (c) => {
  need(c, "operate");
  const { db, session, now } = c.var;
  await decide(db, linked(c), openOrdersDecided, session.name, new Date(now()).toISOString());
  return c.json({ taken: 0 } satisfies TakenOrders);
});

// ---- another connection (M22) ----------------------------------------------------------------------------------

firstRunRoutes.get("/other-connection", async (c) =>
  c.json(stateOf(await firstRun(c.var.db, c.var.tenant), c.var.now(), c.var.config.timeScale) satisfies OtherConnection),
);

firstRunRoutes.post("/other-connection", async (c) => {
  need(c, "operate");
  return c.json((await lookForOthers(c)) satisfies OtherConnection);
});

/** A named person says that it is off: stored with name and time. */
firstRunRoutes.post("/other-connection/off", async (c) => {
  need(c, "configure");
  const { config, db, session, now } = c.var;
  const tenant = linked(c);
  const at = new Date(now()).toISOString();
  await note(db, tenant, { offBy: session.name, offAt: at });
  await auditLine(db, tenant, { at, by: session.name, what: "Said that the other connection is switched off" });
  return c.json(stateOf(await firstRun(db, tenant), now(), config.timeScale) satisfies OtherConnection);
});

// ---- before orders are switched on -----------------------------------------------------------------------------

/**
 * Whatever switches orders on passes here: they go on only when somebody hears of trouble (M42) and nothing else sends them
 * (M22). A reconnect brings Setup back with orders off, so it passes here too. Everything else about it is Setup's.
 */
async function goLive(c: ApiContext): Promise<void> {
  const { db, tenant } = c.var;
  if (!isLinked(tenant) || (await settingsNow(db, tenant)).settings.orders.on) return;
  need(c, "configure");
  const tell = (code: string, sentence: string): never => fail(409, code, `${sentence} Nothing was saved.`);
  if ((await addresses(db, tenant)).length < 2)
    return tell("no-alerts", "Before orders are switched on, give two addresses for alerts under Setup, People and alerts.");
  const other = await lookForOthers(c);
  if (other.blocks)
    return tell(
      "other-connection",
      `${sentenceOf(other)} Switch it off first, or say on Home that it is off: else orders would come twice.`,
    );
}

firstRunRoutes.put("/settings", async (c, next) => {
  const sent = (await bodyOf(c)) as { settings?: { orders?: { on?: unknown } } } | null;
  if (sent?.settings?.orders?.on === true) await goLive(c);
  return next();
});

firstRunRoutes.post("/settings/orders", async (c, next) => {
  const sent = (await bodyOf(c)) as { on?: unknown } | null;
  if (sent?.on === true) await goLive(c);
  return next();
});

firstRunRoutes.post("/settings/rollback", async (c, next) => {
  const sent = (await bodyOf(c)) as { version?: unknown } | null;
  const again = Number.isSafeInteger(sent?.version) ? await savedVersion(c.var.db, c.var.tenant, sent?.version as number) : null;
  if (again?.settings.orders.on) await goLive(c);
  return next();
});
