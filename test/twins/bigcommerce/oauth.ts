import { Hono } from "hono";
import { SignJWT } from "jose";
import type { TwinEnv } from "../exchange.ts";
import type { Store, StoreUser } from "./state.ts";
import type { Twin } from "./twin.ts";

/** Single-click app: consent, code, token, and the signed callbacks (facts 1.1 to 1.3). */

const who = ({ id, username, email }: StoreUser) => ({ id, username, email });

export function ownerOf(store: Store): StoreUser {
  const owner = store.users.find((user) => user.role === "owner");
  if (!owner) throw new Error(`the store ${store.hash} has no owner`);
  return owner;
}

/** The merchant accepts the app's scopes. Answers the address that the control panel's frame opens. */
export function consent(twin: Twin, store: Store, userId?: number): { url: string } {
  const { app, codes } = twin.state;
  const user = store.users.find((each) => each.id === userId) ?? ownerOf(store);
  const code = twin.world.random.guid().replaceAll("-", "");
  const scope = app.scopes.join(" ");
  codes[code] = { store: store.hash, userId: user.id, scope, used: false };
  // Consent, not the exchange, ends the old token (facts 1.2).
  if (store.installation) delete store.tokens[store.installation.token];
  const query = new URLSearchParams({ code, scope, context: `stores/${store.hash}`, account_uuid: app.account_uuid });
  return { url: `${app.auth_url}?${query}` };
}

/** Does the next opening of the app ask for consent anew (scopes or the owner's e-mail changed)? */
export function needsConsent(twin: Twin, store: Store): boolean {
  const { installation } = store;
  if (!installation) return true;
  return (
    [...installation.scopes].sort().join() !== [...twin.state.app.scopes].sort().join() || installation.ownerEmail !== ownerOf(store).email
  );
}

async function signedPayload(twin: Twin, store: Store, user: StoreUser, url = "/"): Promise<string> {
  const { app } = twin.state;
  const owner = ownerOf(store);
  const issuedAt = Math.floor(twin.world.clock.now() / 1000) + twin.switches.jwtSkewSeconds;
  const claims = {
    aud: app.client_id,
    iss: "bc",
    iat: issuedAt,
    nbf: issuedAt - 5,
    exp: issuedAt + 86_400,
    jti: twin.world.random.guid(),
    sub: `stores/${store.hash}`,
    user: { id: user.id, email: user.email, locale: user.locale },
    owner: { id: owner.id, email: owner.email },
    url,
    channel_id: null,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(new TextEncoder().encode(app.client_secret));
}

const withPayload = (address: string, jwt: string) => `${address}?signed_payload_jwt=${jwt}`;

/** Opens the app for a user; where consent is due, that comes first (owner and authorized users only). */
export async function launch(twin: Twin, store: Store, userId?: number, url = "/"): Promise<{ url: string }> {
  const user = store.users.find((each) => each.id === userId) ?? ownerOf(store);
  if (store.installation && user.role !== "staff" && needsConsent(twin, store)) return consent(twin, store, user.id);
  return { url: withPayload(twin.state.app.load_url, await signedPayload(twin, store, user, url)) };
}

async function callApp(twin: Twin, address: string, jwt: string): Promise<number> {
  try {
    return (await twin.world.toApp(new Request(withPayload(address, jwt), { headers: { accept: "*/*" } }))).status;
  } catch {
    return 0;
  }
}

/** Uninstalls whatever the app answers: its token and its hooks are gone (facts 1.1, 3.1). */
export async function uninstall(twin: Twin, store: Store, callback = true): Promise<{ status: number }> {
  const { app } = twin.state;
  const jwt = await signedPayload(twin, store, ownerOf(store));
  if (store.installation) delete store.tokens[store.installation.token];
  store.installation = null;
  store.hooks = store.hooks.filter((hook) => hook.client_id !== app.client_id);
  return { status: callback ? await callApp(twin, app.uninstall_url, jwt) : 0 };
}

export async function removeUser(twin: Twin, store: Store, userId: number): Promise<{ status: number } | null> {
  const user = store.users.find((each) => each.id === userId && each.role !== "owner");
  if (!user) return null;
  const jwt = await signedPayload(twin, store, user);
  store.users = store.users.filter((each) => each !== user);
  return { status: await callApp(twin, twin.state.app.remove_user_url, jwt) };
}

type TokenRequest = Partial<Record<"client_id" | "client_secret" | "code" | "scope" | "context" | "grant_type" | "redirect_uri", string>>;

export function loginRoutes(twin: Twin): Hono<TwinEnv> {
  const routes = new Hono<TwinEnv>();
  routes.post("/oauth2/token", async (c) => {
    const text = await c.req.text();
    const form = c.req.header("content-type")?.includes("form-urlencoded");
    let given: TokenRequest = {};
    try {
      given = form ? Object.fromEntries(new URLSearchParams(text)) : (JSON.parse(text) as TokenRequest);
    } catch {
      return c.json({ error: "invalid_request", error_description: "The request body is not valid JSON." }, 400);
    }
    const { app, codes, stores } = twin.state;
    if (given.client_id !== app.client_id || given.client_secret !== app.client_secret)
      return c.json({ error: "Invalid client credentials." }, 401);
    if (given.grant_type !== "authorization_code") return c.json({ error: "unsupported_grant_type" }, 400);
    if (given.redirect_uri !== app.auth_url) return c.json({ error: "The redirect_uri does not match the registered callback URL." }, 400);
    const code = codes[given.code ?? ""];
    const store = code && stores[code.store];
    if (!code || !store || code.used) return c.json({ error: "Invalid authorization code." }, 401);
    if (given.scope !== code.scope) return c.json({ error: "Invalid scope(s)." }, 400);
    if (given.context && given.context !== `stores/${store.hash}`) return c.json({ error: "Invalid context." }, 400);
    code.used = true;
    const token = `bct_${twin.world.random.guid().replaceAll("-", "")}`;
    const scopes = given.context ? code.scope.split(" ") : null;
    store.tokens[token] = { clientId: app.client_id, scopes };
    if (store.installation) delete store.tokens[store.installation.token];
    store.installation = { token, scopes: scopes ?? [], ownerEmail: ownerOf(store).email };
    const user = store.users.find((each) => each.id === code.userId) ?? ownerOf(store);
    return c.json({
      access_token: token,
      scope: scopes ? code.scope : null,
      user: who(user),
      owner: who(ownerOf(store)),
      context: `stores/${store.hash}`,
      account_uuid: app.account_uuid,
    });
  });
  return routes;
}
