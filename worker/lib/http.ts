import { readCapped } from "./body.ts";

/**
 * The one door to the outside: only configured hosts, no redirects, a time limit and a size cap; every failure is a
 * value. What a status means for our work is decided once, in `classify` (design 6, 9).
 */
export type HttpRequest = { method: string; url: string; headers: Record<string, string>; body?: string | undefined };

export type Raw =
  | { is: "answered"; status: number; headers: Headers; text: string; ms: number }
  | { is: "failed"; why: "timeout" | "reset" | "too-large"; ms: number };

export type Answer =
  | { is: "ok"; status: number; body: unknown; headers: Headers }
  /** By rule: sending the same again would be refused again. `message` is the vendor's own sentence. */
  | { is: "refused"; status: number; message: string; body: unknown }
  | { is: "missing"; status: 404; message: string }
  /** 401 or 403: our credentials are not, or no longer, good for this. */
  | { is: "denied"; status: 401 | 403; message: string }
  /** Surely not applied. */
  | { is: "throttled"; status: number; waitMs: number | null }
  /** More than we read at once. The peer is well: the same in smaller pages comes; of a write nothing is known. */
  | { is: "too-large"; status: null }
  /** Applied or not: unknown for a write. */
  | { is: "trouble"; why: "timeout" | "reset" | "server" | "garbage"; status: number | null };

/** Every answer that is not what was asked for. */
export type Unwanted = Exclude<Answer, { is: "ok" }>;

export const TIMEOUT_MS = 20_000;
const MAX_BYTES = 8_000_000;

export async function send(request: HttpRequest, options: { timeoutMs: number; maxBytes?: number }): Promise<Raw> {
  const started = Date.now();
  const took = () => Date.now() - started;
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const text = await readCapped(response.body, options.maxBytes ?? MAX_BYTES);
    if (text === null) return { is: "failed", why: "too-large", ms: took() };
    return { is: "answered", status: response.status, headers: response.headers, text, ms: took() };
  } catch (error) {
    const timeout = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
    return { is: "failed", why: timeout ? "timeout" : "reset", ms: took() };
  }
}

export type Query = Record<string, string | number | boolean | undefined>;
/** One exchange, for the order's page; `path` is without host and store, so it holds nothing secret. */
export type Exchange = { method: string; path: string; request: string | null; answer: Answer; response: string | null; ms: number };

/** What differs between the two vendors: how they throttle and how they word a refusal. */
export type Dialect = {
  throttled(status: number, text: string, headers: Headers): { waitMs: number | null } | null;
  message(body: unknown, text: string): string;
};

const TOO_LARGE: Answer = { is: "too-large", status: null };

export function classify(raw: Raw, dialect: Dialect): Answer {
  if (raw.is === "failed") return raw.why === "too-large" ? TOO_LARGE : { is: "trouble", why: raw.why, status: null };
  const { status, headers, text } = raw;
  const throttled = dialect.throttled(status, text, headers);
  if (throttled) return { is: "throttled", status, waitMs: throttled.waitMs };
  if (status === 204) return { is: "ok", status, body: null, headers };
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    // An HTML page with status 200 is how Cin7 answers unknown paths; half a JSON is how networks fail.
    if (body === undefined) return { is: "trouble", why: "garbage", status };
    return { is: "ok", status, body, headers };
  }
  const message = dialect.message(body, text).slice(0, 500);
  if (status === 401 || status === 403) return { is: "denied", status, message };
  if (status === 404) return { is: "missing", status, message };
  if (status >= 400 && status < 500 && status !== 408 && status !== 423 && status !== 499) return { is: "refused", status, message, body };
  return { is: "trouble", why: "server", status };
}

function parseJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
