import * as z from "zod";
import type { SealingKeys } from "./lib/crypto.ts";
import { withoutEnd } from "./lib/text.ts";

/** Bindings, vars and secrets as `wrangler.toml` and `wrangler secret` give them. */
export interface Env {
  DB: D1Database;
  INBOX: DurableObjectNamespace;
  GATE: DurableObjectNamespace;
  ASSETS: Fetcher;
  SIGN_IN_LIMIT: RateLimit;
  SIGN_IN_SLOW: RateLimit;
  PUBLIC_LIMIT: RateLimit;
  API_LIMIT: RateLimit;
  API_TIGHT: RateLimit;
  API_SEARCH: RateLimit;
  API_SEARCH_ALL: RateLimit;
  /** One point beside each wide event (design 5); not bound where nobody draws graphs. */
  EVENTS?: AnalyticsEngineDataset;
  APP_URL: string;
  CONTROL_PANEL_ORIGINS: string;
  CONTROL_PANEL_OF_STORE?: string;
  CIN7_QUOTA_CALLS: string;
  CIN7_QUOTA_WINDOW_MS: string;
  UNKNOWN_QUIET_MS: string;
  TIME_SCALE: string;
  FLOWS_PAUSED?: string;
  BIGCOMMERCE_LOGIN_URL?: string;
  BIGCOMMERCE_API_URL?: string;
  CIN7_API_URL?: string;
  BIGCOMMERCE_ORDER_URL?: string;
  CIN7_SALE_URL?: string;
  BIGCOMMERCE_CLIENT_ID: string;
  BIGCOMMERCE_CLIENT_SECRET: string;
  BIGCOMMERCE_CLIENT_SECRET_OLD?: string;
  SESSION_KEY: string;
  SESSION_KEY_OLD?: string;
  SEALING_KEYS: string;
  /** Endpoint, token and sender of the mail provider for alerts; without all three nothing is mailed. */
  MAIL_API_URL?: string;
  MAIL_API_TOKEN?: string;
  MAIL_FROM?: string;
}

/** Everything the code reads of the environment, checked once; a bad one stops the Worker with the names of the bad fields. */
export type Config = {
  appUrl: string;
  controlPanelOrigins: string;
  /** Where a store's own control panel is, with `{hash}`; "" keeps `controlPanelOrigins` for every launch. */
  controlPanelOf: string;
  bigcommerce: { loginUrl: string; apiUrl: string; clientId: string; clientSecrets: readonly string[] };
  cin7: { apiUrl: string; quotaCalls: number; quotaWindowMs: number };
  /** Where a person opens an order and a sale, with `{store}`, `{order}`, `{account}` and `{sale}`; an order "": in the store's own control panel. */
  links: { order: string; sale: string };
  sessionKeys: readonly string[];
  sealingKeys: SealingKeys;
  /** Null: the operator has set up no mail. */
  mail: { url: string; token: string; from: string } | null;
  unknownQuietMs: number;
  /** The operator's brake: work is taken in and kept, nothing runs (docs/runbook.md). */
  flowsPaused: boolean;
  /** Divides every duration of ours; 1 unless all three API addresses are loopback. */
  timeScale: number;
};

const url = (fallback: string) =>
  z
    .url()
    .default(fallback)
    .transform((u) => withoutEnd(u, "/"));
/** A pattern of addresses that a person is sent to: https, or this machine in a rehearsal. */
const place = z.string().regex(/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])[^\s"'<>]+$/);
const secret = z.string().min(16);
/** As long as what it signs with is wide (HS256). */
const sessionKey = z.string().min(32);
/** 32 bytes in base64, of either alphabet: as `openssl rand -base64 32` writes them. */
const KEY = /^[A-Za-z0-9+/_-]{43}=?$/;
const sealingKeys = z
  .object({ current: z.number().int(), keys: z.record(z.string().regex(/^\d{1,9}$/), z.string().regex(KEY)) })
  .refine(({ current, keys }) => keys[String(current)] !== undefined, "current names no key")
  .refine(({ keys }) => new Set(Object.values(keys).map((key) => withoutEnd(key, "="))).size === Object.keys(keys).length, "a key twice");

const schema = z.object({
  APP_URL: z.url().transform((u) => withoutEnd(u, "/")),
  CONTROL_PANEL_ORIGINS: z.string().min(1),
  CONTROL_PANEL_OF_STORE: z
    .string()
    .regex(/^(https:\/\/[a-z0-9.-]*\{hash\}[a-z0-9.-]*)?$/)
    .default(""),
  BIGCOMMERCE_LOGIN_URL: url("https://login.bigcommerce.com"),
  BIGCOMMERCE_API_URL: url("https://api.bigcommerce.com"),
  CIN7_API_URL: url("https://inventory.dearsystems.com"),
  BIGCOMMERCE_ORDER_URL: z.union([z.literal(""), place]).default(""),
  CIN7_SALE_URL: place.default("https://inventory.dearsystems.com/Sale#{sale}"),
  BIGCOMMERCE_CLIENT_ID: z.string().min(1),
  BIGCOMMERCE_CLIENT_SECRET: secret,
  BIGCOMMERCE_CLIENT_SECRET_OLD: secret.optional(),
  SESSION_KEY: sessionKey,
  SESSION_KEY_OLD: sessionKey.optional(),
  SEALING_KEYS: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue("not JSON");
        return z.NEVER;
      }
    })
    .pipe(sealingKeys),
  CIN7_QUOTA_CALLS: z.coerce.number().int().min(1).max(100_000),
  CIN7_QUOTA_WINDOW_MS: z.coerce.number().int().min(1000),
  MAIL_API_URL: z.union([z.literal(""), z.url()]).default(""),
  MAIL_API_TOKEN: z.string().default(""),
  MAIL_FROM: z.string().default(""),
  UNKNOWN_QUIET_MS: z.coerce.number().int().min(1000),
  TIME_SCALE: z.coerce.number().min(1).default(1),
  FLOWS_PAUSED: z.enum(["", "yes"]).default(""),
});

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;
/** A Worker and each of its objects are handed environments of their own. */
const read = new WeakMap<Env, Config>();

export function configOf(env: Env): Config {
  const known = read.get(env);
  if (known) return known;
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))].join(", ");
    throw new Error(`settings of the deployment are missing or wrong: ${names}`);
  }
  const e = parsed.data;
  const loopback = [e.BIGCOMMERCE_LOGIN_URL, e.BIGCOMMERCE_API_URL, e.CIN7_API_URL].every((u) => LOOPBACK.test(u));
  if (e.CIN7_QUOTA_CALLS > 60 && !loopback) throw new Error("CIN7_QUOTA_CALLS: Cin7 Core takes 60 calls a minute from one application");
  if (e.TIME_SCALE !== 1 && !loopback)
    throw new Error("TIME_SCALE is only for simulated vendors: all three API addresses must be loopback");
  const config: Config = {
    appUrl: e.APP_URL,
    controlPanelOrigins: e.CONTROL_PANEL_ORIGINS,
    controlPanelOf: e.CONTROL_PANEL_OF_STORE,
    bigcommerce: {
      loginUrl: e.BIGCOMMERCE_LOGIN_URL,
      apiUrl: e.BIGCOMMERCE_API_URL,
      clientId: e.BIGCOMMERCE_CLIENT_ID,
      clientSecrets: [e.BIGCOMMERCE_CLIENT_SECRET, ...(e.BIGCOMMERCE_CLIENT_SECRET_OLD ? [e.BIGCOMMERCE_CLIENT_SECRET_OLD] : [])],
    },
    cin7: { apiUrl: e.CIN7_API_URL, quotaCalls: e.CIN7_QUOTA_CALLS, quotaWindowMs: e.CIN7_QUOTA_WINDOW_MS },
    links: { order: e.BIGCOMMERCE_ORDER_URL, sale: e.CIN7_SALE_URL },
    sessionKeys: [e.SESSION_KEY, ...(e.SESSION_KEY_OLD ? [e.SESSION_KEY_OLD] : [])],
    sealingKeys: e.SEALING_KEYS,
    mail: e.MAIL_API_URL && e.MAIL_API_TOKEN && e.MAIL_FROM ? { url: e.MAIL_API_URL, token: e.MAIL_API_TOKEN, from: e.MAIL_FROM } : null,
    unknownQuietMs: e.UNKNOWN_QUIET_MS,
    flowsPaused: e.FLOWS_PAUSED === "yes",
    timeScale: e.TIME_SCALE,
  };
  read.set(env, config);
  return config;
}

/** For how long an unknown outcome is left alone, in the milliseconds of this clock (design 3.2). */
export const quietMsOf = (config: Config): number => config.unknownQuietMs / config.timeScale;
