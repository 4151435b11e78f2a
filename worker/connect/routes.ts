import { Hono } from "hono";
import type { ApiContext, ApiEnv } from "../api/access.ts";
import { allowed, networkIn } from "../api/limits.ts";
import { type Callback, readCallback } from "../bigcommerce/callback.ts";
import { storeInbox } from "../inbox/client.ts";
import { log, logBug } from "../lib/log.ts";
import { installApp } from "./app/action.ts";
import { handCode } from "./app/store.ts";
import { landing, type PageStatus, STYLE, STYLE_PATH, type Trouble, troublePage } from "./pages.ts";
import { isOwnPanel } from "./panel.ts";
import { removeUser, seeUser, storeRow, tenantOfRow, useToken } from "./store.ts";

/**
 * BigCommerce's callbacks, mounted at `/` (F8; facts/bigcommerce.md 1.1). Needs `config`, `db` and `now` in the context.
 * Every failure is one page with *Open the app again from Apps*; why is only in our log.
 */
export const callbackRoutes = new Hono<ApiEnv>();

const HEADERS = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

function refuse(c: ApiContext, status: PageStatus, trouble: Trouble, reason: string, store?: string): Response {
  log({ event: "callback", kind: c.req.path.slice(1, 20), status, reason, ...(store ? { store } : {}) });
  return c.html(troublePage(trouble), status, HEADERS) as Response;
}

callbackRoutes.onError((error, c) => {
  logBug(error, { kind: c.req.path.slice(1, 20) });
  return c.html(troublePage("our-error"), 500, HEADERS);
});

const move = (code: string, to: string | null, store: string | null = null): Response =>
  new Response(null, { status: 302, headers: { ...HEADERS, location: landing(code, to, store) } });

const mayTry = (c: ApiContext, of = ""): Promise<boolean> => allowed(c, "PUBLIC_LIMIT", `callback:${networkIn(c)}${of}`);

callbackRoutes.get(STYLE_PATH, (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=3600" }));

/** Install and re-consent: an upsert (F8). The code is swapped before anything is answered. */
callbackRoutes.get("/auth", async (c) => {
  if (!(await mayTry(c))) return refuse(c, 429, "too-many", "rate");
  const { code = "", scope = "", context = "" } = c.req.query();
  if (!code || code.length > 500 || scope.length > 5000 || context.length > 100) return refuse(c, 400, "open-again", "form");
  const done = await installApp(c, { code, scope, context });
  if (!done.ok) return refuse(c, done.error.status, done.error.trouble, done.error.reason);
  log({ event: "install", store: done.value.store, outcome: "app" });
  return move(done.value.code, null);
});

/**
 * A callback's JWT, once over all callbacks; a fixed word when it does not count. What BigCommerce signed is counted for its
 * store, what it did not for the sender alone: a stranger's tries never keep BigCommerce's own out, wherever they come from.
 */
async function accept(c: ApiContext): Promise<Callback | string> {
  const { config, db, now } = c.var;
  const read = await readCallback(config.bigcommerce, c.req.query("signed_payload_jwt"), now());
  if (!(await mayTry(c, read.ok ? `:${read.value.store}` : ""))) return TOO_MANY;
  if (!read.ok) return read.error;
  const first = await useToken(db, read.value.jti, new Date(read.value.expiresAt * 1000).toISOString());
  return first ? read.value : "replayed";
}

const TOO_MANY = "rate";
const refused = (c: ApiContext, why: string): Response =>
  why === TOO_MANY ? refuse(c, 429, "too-many", why) : refuse(c, 401, "open-again", why);

/** BigCommerce opens the frame in the moment in which it signs; its own `exp` is a day later. */
const LAUNCH_MS = 5 * 60_000;

/** A person opens the app in the control panel. */
callbackRoutes.get("/load", async (c) => {
  const callback = await accept(c);
  if (typeof callback === "string") return refused(c, callback);
  const { db, now } = c.var;
  // The address with this JWT stays in a browser's history: what was not used at once is good for nothing.
  if (callback.issuedAt * 1000 < now() - LAUNCH_MS) return refuse(c, 401, "open-again", "late", callback.store);
  const row = await storeRow(db, callback.store);
  if (!row || row.state === "disconnected") return refuse(c, 403, "not-installed", "no-store", callback.store);
  const tenant = tenantOfRow(row, callback.store);
  const { user, owner, issuedAt, to } = callback;
  const known = await seeUser(db, tenant, { ...user, owner, issuedAt }, new Date(now()).toISOString());
  if (!known) return refuse(c, 401, "open-again", "removed", callback.store);
  const own = isOwnPanel(c.var.config.controlPanelOf, row) ? callback.store : null;
  return move(await handCode(db, tenant, user.id, now()), to, own);
});

/**
 * A hint, nothing more: BigCommerce itself is asked with the stored token (design 1). Nothing is ever purged by it, and a
 * launch's JWT, which has the same claims, was used up by the launch.
 */
callbackRoutes.get("/uninstall", async (c) => {
  const callback = await accept(c);
  if (typeof callback === "string") return refused(c, callback);
  await storeInbox(c.env, callback.store).put([{ kind: "uninstall.check" }]);
  return c.body(null, 200, HEADERS);
});

/**
 * The person's access ends at once. The owner of the moment is never removed: BigCommerce cannot mean that, but the
 * owner's own launch JWT says exactly the same.
 */
callbackRoutes.get("/remove_user", async (c) => {
  const callback = await accept(c);
  if (typeof callback === "string") return refused(c, callback);
  const { db, now } = c.var;
  const row = await storeRow(db, callback.store);
  if (row && !callback.owner) {
    await removeUser(db, tenantOfRow(row, callback.store), callback.user, callback.issuedAt, new Date(now()).toISOString());
  }
  log({ event: "callback", kind: "remove_user", store: callback.store, outcome: callback.owner ? "owner-kept" : "removed" });
  return c.body(null, 200, HEADERS);
});
