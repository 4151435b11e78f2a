import { Hono } from "hono";
import { v3List, v3Problem } from "./codecs.ts";
import { blockedMs } from "./deliveries.ts";
import type { Hook, Store } from "./state.ts";
import type { ApiEnv, Twin } from "./twin.ts";

/** `/v3/hooks` (facts 3.1). A hook belongs to the client that made it; nobody else sees it. */

const SCOPE = /^store\/(\*|[A-Za-z]+)(\/[A-Za-z0-9_*]+)*$/;
const HOOKS_PER_SCOPE = 10;

type HookForm = { scope?: unknown; destination?: unknown; is_active?: unknown; headers?: unknown };

function mistakes({ scope, destination, headers }: HookForm, partial: boolean): Record<string, string> {
  const errors: Record<string, string> = {};
  if (scope === undefined ? !partial : typeof scope !== "string" || !SCOPE.test(scope)) {
    errors["scope"] = scope === undefined ? "error.path.missing." : "error.invalid.scope";
  }
  const url = typeof destination === "string" && URL.canParse(destination) ? new URL(destination) : null;
  const loopback = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  // The real one takes HTTPS on its default port only; on loopback the app has neither.
  const valid = url !== null && (loopback || (url.protocol === "https:" && url.port === ""));
  if (destination === undefined ? !partial : !valid) {
    errors["destination"] = destination === undefined ? "error.path.missing." : "error.invalid.destination";
  }
  const plain =
    headers === undefined ||
    headers === null ||
    (typeof headers === "object" && Object.values(headers).every((v) => typeof v === "string"));
  if (!plain) errors["headers"] = "error.expected.jsobject";
  return errors;
}

const own = (store: Store, clientId: string) => store.hooks.filter((hook) => hook.client_id === clientId);

export function hookRoutes(twin: Twin): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const seconds = () => Math.floor(twin.world.clock.now() / 1000);

  routes.get("/hooks/admin", (c) => {
    const store = c.get("store");
    const active = c.req.query("is_active");
    const list = own(store, c.get("clientId")).filter((hook) => active === undefined || hook.is_active === (active === "true"));
    const status = (hook: Hook) => (hook.is_active ? "active" : store.deactivatedHooks.includes(hook.id) ? "deactivated" : "inactive");
    const domains = [...new Set(list.map((hook) => new URL(hook.destination).hostname))];
    const blocked = domains
      .map((domain) => ({ domain, left: blockedMs(twin, `${c.get("clientId")} ${domain}`) }))
      .filter(({ left }) => left > 0)
      .map(({ domain, left }) => ({ destination: domain, time_left: Math.ceil(left / 1000), reasons: [] }));
    const hooks_list = list.map((hook) => ({ ...hook, status: status(hook) }));
    return c.json({ data: { emails: store.hookEmails, hooks_list, blocked_domains: blocked }, meta: {} });
  });
  routes.put("/hooks/admin", async (c) => {
    const { emails } = await c.req.json<{ emails?: string[] }>();
    c.get("store").hookEmails = emails ?? [];
    return c.body(null, 204);
  });

  routes.post("/hooks", async (c) => {
    const store = c.get("store");
    const clientId = c.get("clientId");
    const form = await c.req.json<HookForm>().catch(() => null);
    if (!form) return v3Problem(c, 400, "Input is invalid.");
    const errors = mistakes(form, false);
    if (Object.keys(errors).length > 0) return v3Problem(c, 422, "JSON data is missing or invalid", errors);
    const scope = String(form.scope);
    const destination = String(form.destination);
    if (twin.switches.hookNeedsScope && /order/.test(scope) && !c.get("scopes").some((each) => each.startsWith("store_v2_orders"))) {
      return v3Problem(c, 403, "You don't have a required scope to access the endpoint");
    }
    const same = own(store, clientId).filter((hook) => hook.scope === scope);
    if (same.some((hook) => hook.destination === destination))
      return v3Problem(c, 422, "A webhook for this scope and destination already exists.");
    if (same.length >= HOOKS_PER_SCOPE) return v3Problem(c, 422, "The limit of 10 webhooks per scope is reached.");
    const hook: Hook = {
      id: twin.state.nextHook++,
      client_id: clientId,
      store_hash: store.hash,
      scope,
      destination,
      headers: (form.headers as Record<string, string> | null | undefined) ?? null,
      is_active: form.is_active === undefined ? true : form.is_active === true,
      created_at: seconds(),
      updated_at: seconds(),
    };
    store.hooks.push(hook);
    if (twin.switches.hookPing)
      twin.world.clock.later(0, async () => void (await twin.world.toApp(new Request(destination)).catch(() => null)));
    return twin.switches.hookWrapped ? c.json({ data: hook, meta: {} }) : c.json(hook);
  });

  routes.get("/hooks", (c) => {
    const { is_active, scope, destination } = c.req.query();
    const rows = own(c.get("store"), c.get("clientId")).filter(
      (hook) =>
        (is_active === undefined || hook.is_active === (is_active === "true")) &&
        (scope === undefined || hook.scope === scope) &&
        (destination === undefined || hook.destination === destination),
    );
    return v3List(c, rows);
  });

  const find = (store: Store, clientId: string, id: string) => own(store, clientId).find((hook) => hook.id === Number(id));
  routes.get("/hooks/:id{\\d+}", (c) => {
    const hook = find(c.get("store"), c.get("clientId"), c.req.param("id"));
    return hook ? c.json({ data: hook, meta: {} }) : v3Problem(c, 404, `Webhook with id ${c.req.param("id")} not found`);
  });
  routes.put("/hooks/:id{\\d+}", async (c) => {
    const store = c.get("store");
    const hook = find(store, c.get("clientId"), c.req.param("id"));
    if (!hook) return v3Problem(c, 404, `Webhook with id ${c.req.param("id")} not found`);
    const form = await c.req.json<HookForm>().catch(() => null);
    if (!form || Object.keys(form).length === 0) return v3Problem(c, 400, "Input is invalid.");
    const errors = mistakes(form, true);
    if (Object.keys(errors).length > 0) return v3Problem(c, 422, "JSON data is missing or invalid", errors);
    const { scope, destination, is_active, headers } = form;
    Object.assign(hook, {
      ...(scope !== undefined && { scope }),
      ...(destination !== undefined && { destination }),
      ...(headers !== undefined && { headers }),
      ...(is_active !== undefined && { is_active: is_active === true }),
      updated_at: seconds(),
    });
    if (hook.is_active) store.deactivatedHooks = store.deactivatedHooks.filter((id) => id !== hook.id);
    return c.json({ data: hook, meta: {} });
  });
  routes.delete("/hooks/:id{\\d+}", (c) => {
    const store = c.get("store");
    const hook = find(store, c.get("clientId"), c.req.param("id"));
    if (!hook) return v3Problem(c, 404, `Webhook with id ${c.req.param("id")} not found`);
    store.hooks = store.hooks.filter((other) => other !== hook);
    return c.json({ data: hook, meta: {} });
  });
  return routes;
}
