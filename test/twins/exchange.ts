import type { Context, MiddlewareHandler } from "hono";
import { EXCHANGE_KINDS } from "./faults.ts";
import type { Exchange, Fault, Peer, World } from "./world.ts";

/** `reset` cuts the connection where there is one (node.ts gives it); in process the fetch fails instead. */
export type TwinEnv = { Bindings: { reset?: () => void } };

/** The client sees a broken connection, as `fetch` shows it. */
export class ConnectionReset extends TypeError {
  override name = "ConnectionReset";
}

/** A client that gave no time limit is let go after this (a duration, so divided by the clock's speed). */
const SILENCE_MS = 300_000;

const headersOf = (headers: Headers): Record<string, string> => Object.fromEntries(headers);

function bodyOf(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The path as the API's own documents name it: what `Fault.path` is compared with. */
function apiPath(peer: Peer, pathname: string): string {
  if (peer === "bigcommerce") return pathname.replace(/^.*?\/stores\/[^/]+/, "");
  if (peer === "cin7") return pathname.replace(/^(.*?\/ExternalApi\/v2|\/cin7)/i, "") || "/";
  if (peer === "bigcommerce-login") return pathname.replace(/^\/bigcommerce-login/, "");
  return pathname;
}

function wait(world: World, ms: number): Promise<void> {
  return new Promise((resolve) => void world.clock.later(ms, resolve));
}

/** Until the client hangs up, or `ms` have passed. */
function silence(world: World, signal: AbortSignal | undefined, ms: number): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = world.clock.later(ms, resolve);
    signal?.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}

/** Error bodies of each API, where a fault answers in its place. */
function refusal(peer: Peer, path: string, status: number, text: string): unknown {
  if (peer === "cin7") return [{ ErrorCode: status, Exception: text }];
  if (path.startsWith("/v2")) return [{ status, message: text }];
  return { status, title: text, type: "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes", errors: {} };
}

const THROTTLE_TEXT = "You have reached 60 calls per 60 seconds API limit.";

function instead(peer: Peer, path: string, fault: Fault): Response | null {
  const json = (status: number, text: string, headers: Record<string, string> = {}) =>
    Response.json(refusal(peer, path, status, text), { status, headers });
  switch (fault.kind) {
    case "status": {
      const status = fault.status ?? 500;
      return fault.text === undefined ? json(status, "Fault injected") : new Response(fault.text, { status });
    }
    case "refuse":
      return json(fault.status ?? 400, fault.text ?? "Refused by a rule");
    case "throttle-429":
      return json(429, fault.text ?? THROTTLE_TEXT, peer === "bigcommerce" ? { "x-retry-after": "1" } : {});
    case "throttle-503":
      return json(503, fault.text ?? THROTTLE_TEXT);
    case "throttle-400":
      return json(400, fault.text ?? THROTTLE_TEXT);
    default:
      return null;
  }
}

/** A body that announces JSON and is none: cut in the middle, with half a page behind it. */
async function spoilt(response: Response): Promise<Response> {
  const text = await response.clone().text();
  const body = `${text.slice(0, Math.floor(text.length / 2))}<html><body>Bad gateway`;
  return new Response(body, { status: 200, headers: { "content-type": "application/json" } });
}

function cut(c: Context<TwinEnv>): never {
  c.env?.reset?.();
  throw new ConnectionReset("fetch failed: connection reset by the twin");
}

/** Applies one fault around the handler. Answers whether the client still gets something. */
async function altered(world: World, c: Context<TwinEnv>, next: () => Promise<void>, peer: Peer, path: string, fault: Fault) {
  const signal = c.req.raw.signal;
  switch (fault.kind) {
    case "timeout-before":
      await silence(world, signal, fault.ms ?? SILENCE_MS);
      return cut(c);
    case "timeout-after":
      await next();
      await silence(world, signal, fault.ms ?? SILENCE_MS);
      return cut(c);
    case "late-commit":
      await silence(world, signal, SILENCE_MS);
      await wait(world, fault.ms ?? 30_000);
      await next();
      return cut(c);
    case "hold":
      if (fault.when !== "after") await world.faults.held();
      await next();
      if (fault.when === "after") await world.faults.held();
      return;
    case "reset":
      if (fault.when !== "before") await next();
      return cut(c);
    case "slow":
      await wait(world, fault.ms ?? 5_000);
      return next();
    case "garbage":
      await next();
      c.res = await spoilt(c.res);
      return;
    default: {
      const answer = instead(peer, path, fault);
      if (answer) c.res = answer;
      else await next();
    }
  }
}

/** Records every exchange of a peer and applies the faults in force. Mount it before the peer's routes. */
export function recorded(world: World, peer: Peer): MiddlewareHandler<TwinEnv> {
  return async (c, next) => {
    const started = world.clock.now();
    const requestText = c.req.method === "GET" || c.req.method === "HEAD" ? "" : await c.req.text();
    const path = apiPath(peer, c.req.path);
    const fault = world.faults.take(peer, c.req.method, path, EXCHANGE_KINDS);
    const record = async (response: Response | null) => {
      const exchange: Exchange = {
        peer,
        method: c.req.method,
        url: c.req.url,
        requestHeaders: headersOf(c.req.raw.headers),
        requestBody: bodyOf(requestText),
        status: response?.status ?? 0,
        responseHeaders: response ? headersOf(response.headers) : {},
        responseBody: response ? bodyOf(await response.clone().text()) : null,
        at: new Date(started).toISOString(),
        durationMs: world.clock.now() - started,
        ...(fault && { fault: true as const }),
      };
      world.trace.record(exchange);
    };
    try {
      if (fault) await altered(world, c, next, peer, path, fault);
      else await next();
    } catch (error) {
      await record(null);
      throw error;
    }
    await record(c.res);
  };
}

/** Calls to the app under test: recorded as peer `app`, with that peer's faults. */
export function recordedCalls(world: Pick<World, "clock" | "trace" | "faults">, call: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    const started = world.clock.now();
    const url = new URL(request.url);
    const requestText = request.method === "GET" ? "" : await request.clone().text();
    const fault = world.faults.take("app", request.method, url.pathname, ["status", "reset", "timeout-before", "timeout-after", "slow"]);
    const send = async (): Promise<Response> => {
      if (!fault) return call(request);
      if (fault.kind === "status") return new Response(fault.text ?? "", { status: fault.status ?? 500 });
      if (fault.kind === "slow") await new Promise<void>((resolve) => void world.clock.later(fault.ms ?? 5_000, resolve));
      if (fault.kind === "timeout-before") throw new ConnectionReset("the call never reached the app");
      const answer = await call(request);
      if (fault.kind === "slow") return answer;
      throw new ConnectionReset("the app's answer was lost");
    };
    const record = async (response: Response | null) =>
      world.trace.record({
        peer: "app",
        method: request.method,
        url: request.url,
        requestHeaders: headersOf(request.headers),
        requestBody: bodyOf(requestText),
        status: response?.status ?? 0,
        responseHeaders: response ? headersOf(response.headers) : {},
        responseBody: response ? bodyOf(await response.clone().text()) : null,
        at: new Date(started).toISOString(),
        durationMs: world.clock.now() - started,
        ...(fault && { fault: true as const }),
      });
    try {
      const response = await send();
      await record(response);
      return response;
    } catch (error) {
      await record(null);
      throw error;
    }
  };
}
