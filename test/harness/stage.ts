import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { SignJWT } from "jose";
import { vi } from "vitest";
import { accountRoutes, signInRoutes } from "../../worker/accounts/routes.ts";
import type { ApiEnv } from "../../worker/api/access.ts";
import { webhookRoutes } from "../../worker/app/webhooks.ts";
import { callbackRoutes } from "../../worker/connect/routes.ts";
import { storeRoutes } from "../../worker/connect/stores/routes.ts";
import type { SessionReply } from "../../worker/contract/index.ts";
import { configOf, type Env } from "../../worker/env.ts";
import type { Work } from "../../worker/inbox/work.ts";
import { open } from "../../worker/lib/db/open.ts";
import { sessionOf, storeOf } from "../../worker/sessions/action.ts";
import { sessionRoutes } from "../../worker/sessions/routes.ts";
import { createTwins } from "../twins/index.ts";

/** The connecting part of the app on a stage: real D1, the BigCommerce twin in process, inboxes and limits that only note. */
export const APP = "https://app.test";
export const STORE = "demostore1";
export const OTHER_STORE = "inclstore1";
export const OWNER = 4101;
export const STAFF = 4103;
export const ACCOUNT = "0a1b2c3d-0000-4000-8000-00000000aaaa";
export const OTHER_ACCOUNT = "0a1b2c3d-0000-4000-8000-00000000bbbb";
export const KEY = "11111111-2222-3333-4444-555555555555";

type Body = Record<string, unknown>;

/** What the test knows to be there. */
export function there<T>(value: T | null | undefined): T {
  if (value == null) throw new Error("it is not there");
  return value;
}

export function stage() {
  const puts: { inbox: string; works: Work[] }[] = [];
  const asked: { url: string; method: string }[] = [];
  const state = {
    now: Date.now(),
    refuse: new Set<string>(),
    inboxFails: 0,
    keys: new Map([
      [ACCOUNT, KEY],
      [OTHER_ACCOUNT, KEY],
    ]),
    cin7Status: 0,
  };
  const limiter = (name: string) => ({
    limit: async ({ key }: { key: string }) => ({ success: ![...state.refuse].some((r) => `${name}:${key}`.startsWith(r)) }),
  });
  const inbox = (name: string) => ({
    put: async (works: Work[]) => {
      if (state.inboxFails-- > 0) throw new Error("the inbox is away");
      puts.push({ inbox: name, works });
    },
  });
  const worker = {
    ...env,
    APP_URL: APP,
    INBOX: { getByName: inbox },
    SIGN_IN_LIMIT: limiter("sign-in"),
    SIGN_IN_SLOW: limiter("slow"),
    PUBLIC_LIMIT: limiter("public"),
  } as unknown as Env;
  const config = configOf(worker);
  const twins = createTwins({
    appUrl: APP,
    clientId: config.bigcommerce.clientId,
    clientSecret: config.bigcommerce.clientSecrets[0] as string,
    seed: 7,
    toApp: async (request) => app.fetch(request, worker),
    setTimer: () => () => {},
  });

  const app = new Hono<ApiEnv>();
  app.use("*", async (c, next) => {
    c.set("config", configOf(c.env));
    c.set("db", open(c.env));
    c.set("now", () => state.now);
    await next();
  });
  app.route("/", callbackRoutes);
  app.route("/", webhookRoutes);
  app.route("/", sessionRoutes);
  app.route("/", signInRoutes);
  app.use("/api/*", async (c, next) => {
    c.set("session", await sessionOf(c));
    await next();
  });
  app.use("/api/stores/:hash/*", async (c, next) => {
    const { tenant, store } = await storeOf(c, c.var.session, c.req.param("hash") ?? "");
    c.set("tenant", tenant);
    c.set("store", store);
    await next();
  });
  app.route("/", accountRoutes);
  app.route("/", storeRoutes);

  /** Cin7 Core's /me, and nothing else of it. */
  function me(request: Request): Response {
    if (state.cin7Status) return new Response("<html>busy</html>", { status: state.cin7Status });
    const account = request.headers.get("api-auth-accountid") ?? "";
    // Several keys of one company stand side by side.
    if (
      !state.keys
        .get(account)
        ?.split(" ")
        .includes(request.headers.get("api-auth-applicationkey") ?? "")
    )
      return Response.json([{ ErrorCode: 403, Exception: "Incorrect credentials!" }], { status: 403 });
    return Response.json({
      Company: account === ACCOUNT ? "Harbour Trading Pty Ltd" : "Other Pty Ltd",
      Currency: "AUD",
      TimeZone: "AUS Eastern Standard Time",
      LockDate: null,
    });
  }
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init as RequestInit);
    const url = new URL(request.url);
    asked.push({ url: request.url, method: request.method });
    if (url.host !== "127.0.0.1:8788") throw new Error(`unexpected host ${url.host}`);
    return url.pathname === "/cin7/ExternalApi/v2/me" ? me(request) : twins.fetch(request);
  });

  const call = async (path: string, init: RequestInit = {}) => app.request(path, init, worker);
  const api = async (path: string, token: string | null, body?: unknown) =>
    call(path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const json = async <T = Body>(response: Response): Promise<T> => (await response.json()) as T;
  const control = async (path: string, body: unknown = {}) =>
    (
      await twins.app.request(`/control/bigcommerce${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      })
    ).json() as Promise<Body>;

  /** The address that BigCommerce opens in its frame, as a path of ours. */
  const path = (url: string) => url.replace(APP, "");
  const codeOf = (response: Response) => new URLSearchParams((response.headers.get("location") ?? "").split("#")[1]).get("code");

  async function sessionFrom(response: Response): Promise<string> {
    return (await json<SessionReply>(await api("/api/session", null, { code: codeOf(response) }))).token;
  }
  async function signIn(accountId = ACCOUNT): Promise<string> {
    return (await json<SessionReply>(await api("/api/sign-in", null, { accountId, applicationKey: KEY, name: "Ada" }))).token;
  }

  const claims = (over: Body = {}): Body => {
    const at = Math.floor(state.now / 1000);
    return {
      aud: config.bigcommerce.clientId,
      iss: "bc",
      iat: at,
      nbf: at - 5,
      exp: at + 86_400,
      jti: crypto.randomUUID(),
      sub: `stores/${STORE}`,
      user: { id: OWNER, email: "olivia@example.com", locale: "en-AU" },
      owner: { id: OWNER, email: "olivia@example.com" },
      url: "/",
      channel_id: null,
      ...over,
    };
  };
  const jwt = (over: Body = {}, secret = config.bigcommerce.clientSecrets[0] as string, alg = "HS256") =>
    new SignJWT(claims(over)).setProtectedHeader({ alg, typ: "JWT" }).sign(new TextEncoder().encode(secret));
  const staff = (more: Body = {}) => ({ user: { id: STAFF, email: "priya@example.com", locale: "en-AU" }, ...more });

  return {
    app,
    worker,
    config,
    twins,
    state,
    puts,
    asked,
    call,
    api,
    json,
    control,
    path,
    codeOf,
    sessionFrom,
    signIn,
    claims,
    jwt,
    staff,
    db: open(env),
    bigcommerce: twins.bigcommerce,
    install: async (hash = STORE) => call(path(((await control(`/${hash}/install`)) as { url: string }).url)),
    load: async (over: Body = {}) => call(`/load?signed_payload_jwt=${await jwt(over)}`),
  };
}
export type Stage = ReturnType<typeof stage>;
