import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import { keyRoutes } from "../accounts/key-routes.ts";
import { accountRoutes, signInRoutes } from "../accounts/routes.ts";
import { alertRoutes } from "../alerts/routes.ts";
import { type ApiContext, type ApiEnv, fail, type Wait } from "../api/access.ts";
import { fairUseHere } from "../api/limits.ts";
import type { WorkClass } from "../cin7/priority.ts";
import { panelOrigin } from "../connect/panel.ts";
import { callbackRoutes } from "../connect/routes.ts";
import { storeRoutes } from "../connect/stores/routes.ts";
import { dailySaleRoutes } from "../daily-sales/routes.ts";
import { leaveRoutes } from "../disconnect/routes.ts";
import { type Config, configOf, type Env } from "../env.ts";
import { proposalRoutes } from "../first-run/proposal-routes.ts";
import { firstRunRoutes } from "../first-run/routes.ts";
import { homeRoutes } from "../home/routes.ts";
import { type OrderPlace, storeInbox } from "../inbox/client.ts";
import { ITS_TURN } from "../inbox/outcome.ts";
import { type Db, open } from "../lib/db/open.ts";
import type { Tenant } from "../lib/ids.ts";
import { logBug } from "../lib/log.ts";
import { exceptionRoutes } from "../orders/pages/attention-routes.ts";
import { exportRoutes } from "../orders/pages/export-routes.ts";
import { orderRoutes } from "../orders/pages/routes.ts";
import { unpaidRoutes } from "../orders/pages/unpaid-routes.ts";
import { peopleRoutes } from "../people/routes.ts";
import { healthRoutes } from "../reconcile/routes.ts";
import { lifecycleRoutes } from "../retention/routes.ts";
import { sessionOf, storeOf } from "../sessions/action.ts";
import { sessionRoutes } from "../sessions/routes.ts";
import { dailyRoutes } from "../setup/daily-routes.ts";
import { settingsRoutes } from "../setup/routes.ts";
import { trialSaleRoutes } from "../test-sale/routes.ts";
import { clientsForPerson, forecastOf, loadKey, meterOf } from "./clients.ts";
import { webhookRoutes } from "./webhooks.ts";

/**
 * The whole route table. Webhooks come first and touch nothing else; everything under /api is JSON and, but for signing in
 * and redeeming a code, needs a session; everything under /api/stores/:hash belongs to a store that the session may see.
 * The rest are pages, which carry the headers of a framed app (design 1; ui.md 4).
 */
export const app = new Hono<ApiEnv>();

app.route("/", webhookRoutes);

/** Of every answer but those to webhooks: https for good, no guessing of types, no address told to others. */
const EVERYWHERE = {
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
/** An answer of the assets cannot be changed, and what Hono is given first is merged into what it is given next. */
function withHeaders(c: ApiContext, headers: Record<string, string>): void {
  const response = new Response(c.res.body, c.res);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  c.res = undefined;
  c.res = response;
}
app.use(async (c, next) => {
  await next();
  const page = c.res.headers.get("content-type")?.startsWith("text/html");
  withHeaders(c, { ...EVERYWHERE, ...(page ? pageHeaders(framedBy(configOf(c.env), c.req.query("store"))) : {}) });
});

app.get("/health", (c) => c.json({ ok: true }));

app.use(async (c, next) => {
  c.set("config", configOf(c.env));
  c.set("db", open(c.env));
  c.set("now", Date.now);
  await next();
});

// ---- /api ------------------------------------------------------------------------------------------------------

const json = createMiddleware<ApiEnv>(async (c, next) => {
  await next();
  c.header("cache-control", "no-store");
});
app.use("/api/*", json);

/** Open to everybody, with rate limits of their own. */
app.route("/", sessionRoutes);
app.route("/", signInRoutes);

app.use("/api/*", async (c, next) => {
  c.set("session", await sessionOf(c));
  await next();
});

app.use("/api/stores/:hash/*", async (c, next) => {
  const { tenant, store } = await storeOf(c, c.var.session, c.req.param("hash"));
  const { db } = c.var;
  // What is written while a store closes would stay behind (design 5).
  if (store.state === "closing" && c.req.method !== "GET")
    fail(409, "closing", "This store is being disconnected, so nothing can be changed any more.");
  c.set("tenant", tenant);
  c.set("store", store);
  c.set("inbox", storeInbox(c.env, tenant.store));
  c.set("clients", async () => {
    await fairUseHere(c, "vendors");
    const clients = await clientsForPerson(c.env, db, tenant.store);
    return (
      clients ??
      fail(409, "not-connected", "The store is not connected to BigCommerce. Open the app again from Apps in your control panel.")
    );
  });
  c.set("meter", async () => {
    const key = tenant.account && (await loadKey(c.env, db, tenant.account));
    return key ? meterOf(c.env, key.id) : null;
  });
  c.set("clearsAt", async (calls) => (await forecast(c.env, db, tenant, "money", [calls]))[0] ?? null);
  c.set("waits", async (orderIds) => {
    const places = await c.var.inbox.places(orderIds);
    const kept = (place: OrderPlace) => place.why !== "" && place.why !== ITS_TURN && place.due > Date.now();
    const waits = new Map<number, Wait>(
      places.filter(kept).map(({ orderId, why, due }) => [orderId, { why, at: new Date(due).toISOString() }]),
    );
    const turns = places.filter((place) => !kept(place));
    const times = await forecast(
      c.env,
      db,
      tenant,
      "order",
      turns.map((place) => place.calls),
    );
    turns.forEach(({ orderId }, i) => void waits.set(orderId, { why: "", at: times[i] ?? null }));
    return waits;
  });
  await next();
});

/** When the n-th of the calls that this store wants in a class goes, as things are now; null: it has no Cin7 account. */
async function forecast(env: Env, db: Db, tenant: Tenant, cls: WorkClass, nths: number[]): Promise<(string | null)[]> {
  const key = tenant.account && nths.length > 0 ? await loadKey(env, db, tenant.account) : null;
  if (!key) return nths.map(() => null);
  return (await forecastOf(env, key.id, cls, `store:${tenant.store}`, nths)).map((at) => new Date(at).toISOString());
}

app.route("/", accountRoutes);
app.route("/", storeRoutes);
for (const routes of [
  homeRoutes,
  // Before the settings: what keeps orders from being switched on is asked first.
  firstRunRoutes,
  proposalRoutes,
  trialSaleRoutes,
  dailyRoutes,
  settingsRoutes,
  unpaidRoutes,
  exportRoutes,
  orderRoutes,
  dailySaleRoutes,
  exceptionRoutes,
  healthRoutes,
  alertRoutes,
  peopleRoutes,
  keyRoutes,
  lifecycleRoutes,
  leaveRoutes,
])
  app.route("/api/stores/:hash", routes);

app.all("/api/*", () => fail(404, "no-such-route", "There is nothing here."));

// ---- pages -----------------------------------------------------------------------------------------------------

/** A launch of a store whose control panel is known is framed by that alone; whoever writes another store there frames a page without a session. */
const framedBy = ({ controlPanelOf, controlPanelOrigins }: Config, store: string | undefined): string =>
  panelOrigin(controlPanelOf, store) ?? controlPanelOrigins;

/** No inline anything, no other origin, Trusted Types; framed by the control panel only. */
const pageHeaders = (origins: string): Record<string, string> => ({
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cache-control": "no-store",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
});

app.route("/", callbackRoutes);

/** Every other path is the UI's own: index.html for deep links, files where they exist. */
app.get("*", (c) => c.env.ASSETS.fetch(c.req.raw));
app.all("*", (c) => c.text("", 405));

app.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse();
  logBug(error, { kind: c.req.method });
  const message = "Something went wrong on our side. It was noted; try again in a minute.";
  return c.json({ error: { code: "our-error", message } }, 500, { "cache-control": "no-store" });
});
