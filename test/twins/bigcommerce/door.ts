import type { Context, MiddlewareHandler } from "hono";
import { mixedDecimals, problem } from "./codecs.ts";
import type { Store } from "./state.ts";
import { type ApiEnv, storeOf, type Twin } from "./twin.ts";

/** Before every API call: store, token, scope, quota (facts 1.2, 1.5, 10). After it: headers, and the mixed-decimals switch. */

const WINDOW_MS = 30_000;
const PLANS: Record<string, number> = { standard: 150, pro: 450, unlimited: 1_000_000 };
const HOURLY: Record<string, number> = { standard: 20_000, pro: 60_000, unlimited: 7_000_000 };

type Needs = { read: string[]; write: string[] } | null;
const pair = (scope: string): Needs => ({ read: [scope, `${scope}_read_only`], write: [scope] });

const SCOPES: readonly (readonly [path: RegExp, needs: Needs])[] = [
  [/^\/v3\/orders\/\d+\/transactions/, pair("store_v2_transactions")],
  [/^\/v3\/orders/, pair("store_v2_orders")],
  [/^\/v2\/(orders|order_statuses)/, pair("store_v2_orders")],
  [/^\/v2\/payments/, { read: ["store_payments_methods_read"], write: [] }],
  [/^\/v2\/(store|currencies|tax_classes)/, pair("store_v2_information")],
  [/^\/v3\/(settings|tax)/, pair("store_v2_information")],
  [/^\/v3\/catalog/, pair("store_v2_products")],
  [/^\/(v3\/customers|v2\/customer_groups)/, pair("store_v2_customers")],
  [/^\/v3\/channels/, pair("store_channel_settings")],
  [/^\/v3\/inventory\/locations/, pair("store_locations")],
  [/^\/v3\/inventory/, pair("store_inventory")],
];

function allowed(path: string, method: string, scopes: string[] | null): boolean {
  // The null-scope token of an exchange without context is refused everywhere (facts 1.2).
  if (scopes === null) return false;
  const needs = SCOPES.find(([pattern]) => pattern.test(path))?.[1];
  if (!needs) return true;
  return (method === "GET" ? needs.read : needs.write).some((scope) => scopes.includes(scope));
}

/** Counts the call. Answers what is left; below 0 the call is refused. */
function spend(twin: Twin, store: Store): { left: number; resetMs: number; windowMs: number; quota: number; hourLeft: number } {
  const { clock } = twin.world;
  const now = clock.now();
  const windowMs = Math.max(1, Math.round(WINDOW_MS / clock.speed));
  const { quota } = store;
  if (now - quota.windowStart >= windowMs) Object.assign(quota, { windowStart: now, used: 0 });
  if (now - quota.hourStart >= 3_600_000 / clock.speed) Object.assign(quota, { hourStart: now, hourUsed: 0 });
  const limit = PLANS[twin.switches.plan] ?? 150;
  quota.used += 1;
  quota.hourUsed += 1;
  const hourLeft = Math.max(0, (HOURLY[twin.switches.plan] ?? 20_000) - quota.hourUsed);
  return { left: limit - quota.used, resetMs: Math.max(0, quota.windowStart + windowMs - now), windowMs, quota: limit, hourLeft };
}

async function mixed(c: Context<ApiEnv>): Promise<void> {
  if (!c.res.headers.get("content-type")?.includes("json")) return;
  c.res = Response.json(mixedDecimals(await c.res.json()), c.res);
}

export function door(twin: Twin): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const path = c.req.path.replace(/^.*?\/stores\/[^/]+/, "");
    const hash = c.req.param("hash") ?? "";
    if (path.startsWith("/v3") && path.endsWith("/") && twin.switches.trailingSlashForbidden)
      return problem(c, 403, "Authentication Required");
    const store = storeOf(twin, hash);
    const token = c.req.header("x-auth-token") ?? "";
    const known = store?.tokens[token];
    if (!store || !known) {
      return problem(c, 401, "Unauthorized - the v3 Auth client ID or token in your request are not authorized or active for this API.");
    }
    const spent = spend(twin, store);
    if (spent.left < 0) {
      c.res = problem(c, 429, "Too many requests");
      c.header("x-retry-after", String(Math.max(1, Math.ceil(spent.resetMs / 1000))));
    } else if (!allowed(path, c.req.method, known.scopes)) {
      c.res = problem(c, 403, "You don't have a required scope to access the endpoint");
    } else {
      c.set("store", store);
      c.set("clientId", known.clientId);
      c.set("scopes", known.scopes ?? []);
      await next();
      if (twin.switches.decimals === "mixed" && path.startsWith("/v2")) await mixed(c);
    }
    c.header("x-rate-limit-requests-left", String(Math.max(0, spent.left)));
    c.header("x-rate-limit-requests-quota", String(spent.quota));
    c.header("x-rate-limit-time-reset-ms", String(spent.resetMs));
    c.header("x-rate-limit-time-window-ms", String(spent.windowMs));
    c.header("x-bc-apilimit-remaining", String(spent.hourLeft));
    c.header("x-bc-store-version", "8.0.0");
  };
}
