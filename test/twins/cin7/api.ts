/** The door of the API: keys, throttle, routing, parsing, and errors in Cin7's own words (facts 1.1 to 1.4). */
import { Hono } from "hono";
import type { World } from "../world.ts";
import { errorResponse, pageNotFound, Refusal } from "./errors.ts";
import { findRoute, type Handler } from "./routes.ts";
import { type Cin7Switches, standardSwitches } from "./switches.ts";
import { type Throttle, throttleText } from "./throttle.ts";
import type { Account, Ctx, Json, Store } from "./types.ts";

export type Twin = { world: World; store: Store; switches: Cin7Switches; throttle: Throttle };

const STANDARD = standardSwitches();

/** The account's own positions win over the twin's. */
export const switchesOf = (twin: Twin, account: Account): Cin7Switches => ({ ...STANDARD, ...twin.switches, ...account.switches });

export const contextOf = (twin: Twin, account: Account, body: Json = {}, query: Ctx["query"] = () => undefined): Ctx => ({
  world: twin.world,
  store: twin.store,
  account,
  switches: switchesOf(twin, account),
  query,
  body,
});

function signIn(twin: Twin, headers: Headers): { account: Account; key: string } {
  const id = (headers.get("api-auth-accountid") ?? "").toLowerCase();
  const key = (headers.get("api-auth-applicationkey") ?? "").toLowerCase();
  const account = twin.store.accounts[id];
  if (!account?.applicationKeys.includes(key)) throw new Refusal("Incorrect credentials!", 403);
  return { account, key };
}

const FAULTS = ["refuse", "throttle-429", "throttle-503", "throttle-400"] as const;

function injected(twin: Twin, method: string, path: string): Refusal | null {
  const fault = twin.world.faults.take("cin7", method, path, FAULTS);
  if (!fault) return null;
  if (fault.kind === "refuse") return new Refusal(fault.text ?? "Refused by a rule", fault.status ?? 400);
  return new Refusal(fault.text ?? throttleText(60), Number(fault.kind.slice("throttle-".length)));
}

/** Malformed JSON is a 500 (L123). An empty body is an empty object. */
function parse(text: string): Json {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // the same answer as for a list or a bare word
  }
  throw new Refusal("Request body could not be parsed", 500);
}

function route(method: string, path: string, switches: Cin7Switches): Handler | null {
  const found = findRoute(path);
  if (!found) {
    if (switches.unknownPath === "200-html") return null;
    throw new Refusal("Endpoint not found", 404);
  }
  const handler = found.methods[method];
  const noPut = method === "PUT" && /\/(pick|pack)$/.test(found.path) && switches.pickPackPut === "405";
  if (!handler || noPut) throw new Refusal(`The requested resource does not support http method '${method}'.`, 405);
  return handler;
}

async function serve(twin: Twin, request: Request, text: () => Promise<string>): Promise<Response> {
  const url = new URL(request.url);
  const path = /\/externalapi\/v2(\/.*)?$/i.exec(url.pathname)?.[1] ?? "";
  const method = request.method.toUpperCase();
  let switches = twin.switches;
  try {
    const fault = injected(twin, method, findRoute(path)?.path ?? path);
    if (fault) throw fault;
    const { account, key } = signIn(twin, request.headers);
    switches = switchesOf(twin, account);
    const excess = twin.throttle.check(key, switches);
    if (excess) throw excess;
    const handler = route(method, path, switches);
    if (!handler) return pageNotFound();
    const body = method === "GET" || method === "DELETE" ? {} : parse(await text());
    const values = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    return Response.json(handler(contextOf(twin, account, body, (name) => values.get(name.toLowerCase()))));
  } catch (error) {
    if (error instanceof Refusal) return errorResponse(error, switches);
    throw error;
  }
}

export function createApi(twin: Twin): Hono {
  const app = new Hono();
  app.all("*", (c) => serve(twin, c.req.raw, () => c.req.text()));
  return app;
}
