import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { BigCommerce } from "../bigcommerce/client.ts";
import type { Cin7 } from "../cin7/client.ts";
import type { WorkClass } from "../cin7/priority.ts";
import type { ApiError, Mode, Role } from "../contract/index.ts";
import type { Config, Env } from "../env.ts";
import { parseJson, readRequest } from "../lib/body.ts";
import type { Db } from "../lib/db/open.ts";
import type { stores } from "../lib/db/schema/tables.ts";
import type { AccountId, StoreHash, Tenant } from "../lib/ids.ts";

/**
 * What a route of /api finds in its context. `routes.ts` sets it after checking the session: role, epoch and the store's
 * owner are read from D1 on every request, so that removals and disconnects act at once (design 1).
 */
export type Session = {
  mode: Mode;
  role: Role;
  owner: boolean;
  /** E-mail (panel) or the name given at sign-in (console): who did it, for the audit. */
  name: string;
  locale: string;
  user: number;
  epoch: number;
  launchedAt: number;
  /** The launched store (panel). */
  store: StoreHash | null;
  /** The signed-in account (console). */
  account: AccountId | null;
};

export type StoreRow = typeof stores.$inferSelect;
/** Clients of both sides for a person's click; `cin7` is null while the store is not linked. */
export type Clients = { bigcommerce: BigCommerce; cin7: Cin7 | null };

export type MeterNow = {
  used: number;
  quota: number;
  windowMs: number;
  waitingCalls: number;
  clearsAt: string | null;
  demand: { cls: WorkClass; want: number }[];
};

/** `why`: what keeps it, tried again at `at`; "": its turn comes, about `at`. ISO 8601 UTC; null: not to be said. */
export type Wait = { why: string; at: string | null };

/** What rooms above hand to a route: each declares its own here (docs/decisions/0022). */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface HandedIn {}

export type ApiEnv = {
  Bindings: Env;
  Variables: {
    config: Config;
    db: Db;
    now: () => number;
    session: Session;
    /** What was sent, once it was read. */
    body?: { json: unknown };
    /** Only under /api/stores/:hash: set when the session may see this store, else the answer was 404. */
    tenant: Tenant;
    store: StoreRow;
    clients: () => Promise<Clients>;
    /** The account's call budget as it is now; null while the store is not linked. */
    meter: () => Promise<MeterNow | null>;
    /** Why orders wait and when they go; those with no item in the queue are left out (N9, F140). */
    waits: (orderIds: number[]) => Promise<Map<number, Wait>>;
    /** When everything that waits for Cin7 in this store is done; null: nothing waits, or not to be said. */
    clearsAt: (calls: number) => Promise<string | null>;
  } & HandedIn;
};
export type ApiContext = Context<ApiEnv>;

/** Most limits are counted by the minute. */
const AGAIN_SECONDS = 60;

/** Ends a request with an error of the contract. `seconds`: when to come again, where there is a time for it. */
export function fail(
  status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 502 | 503,
  code: string,
  message: string,
  fields?: Record<string, string>,
  seconds?: number,
): never {
  const body: ApiError = { error: { code, message, ...(fields ? { fields } : {}), ...(seconds === undefined ? {} : { seconds }) } };
  const headers = { "cache-control": "no-store", ...(status === 429 ? { "retry-after": String(seconds ?? AGAIN_SECONDS) } : {}) };
  throw new HTTPException(status, { res: Response.json(body, { status, headers }) });
}

const RANK: Record<Role, number> = { view: 0, operate: 1, configure: 2 };
const MAY: Record<Role, string> = { view: "look", operate: "process orders and answer what needs attention", configure: "change settings" };

/** 403 with a sentence unless the person's role is at least `role`. */
export function need(c: ApiContext, role: Role): void {
  const has = c.var.session.role;
  if (RANK[has] < RANK[role]) {
    fail(403, "not-allowed", `You can ${MAY[has]}, but not ${MAY[role]}. Ask the store owner: it is given under Setup, People and alerts.`);
  }
}

/** What a request may bring, in bytes: on routes that are open to everybody, on all others, and a CSV file as JSON. */
export const BODY = { open: 4096, usual: 262_144, csv: 524_288 } as const;

/** The JSON body, as often as it is asked for; else 413 or 400. Nothing else reads a request's body. */
export async function bodyOf(c: ApiContext, maxBytes: number = BODY.usual): Promise<unknown> {
  if (c.var.body) return c.var.body.json;
  const text = await readRequest(c.req.raw, maxBytes);
  if (text === null) return fail(413, "too-large", "That is too much data for one request.");
  const json = parseJson(text);
  if (json === undefined) return fail(400, "not-json", "The request could not be read. Reload the page and try again.");
  c.set("body", { json });
  return json;
}
