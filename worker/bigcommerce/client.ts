import { type Answer, classify, type Dialect, type Exchange, type Query, send, TIMEOUT_MS } from "../lib/http.ts";
import type { StoreHash } from "../lib/ids.ts";

/**
 * BigCommerce's REST management API for one store. Every answer is a value; quota headers are read on every answer and a
 * call that would go over is answered `throttled` without being made (design 6; facts/bigcommerce.md 10).
 */
export type BigCommerce = {
  get(path: string, query?: Query): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  del(path: string): Promise<Answer>;
};

/** What the last answer said about the store's window; shared by everything that calls for the store. */
export type StoreQuota = { left: number; resetsAt: number };
export const freshQuota = (): StoreQuota => ({ left: Number.POSITIVE_INFINITY, resetsAt: 0 });

export type BigCommerceOptions = {
  apiUrl: string;
  hash: StoreHash;
  token: string;
  timeScale: number;
  now: () => number;
  quota: StoreQuota;
  onExchange?: (exchange: Exchange) => void;
};

const dialect: Dialect = {
  throttled(status, _text, headers) {
    if (status !== 429) return null;
    // X-Retry-After is in seconds, Time-Reset-Ms what is left of the window: the longer one (facts 10.3). None: load, back off.
    const after = Number(headers.get("x-retry-after") ?? 0) * 1000;
    const reset = Number(headers.get("x-rate-limit-time-reset-ms") ?? 0);
    const waitMs = Math.max(Number.isFinite(after) ? after : 0, Number.isFinite(reset) ? reset : 0);
    return { waitMs: waitMs > 0 ? waitMs : null };
  },
  message(body, text) {
    // V2: [{status, message}]; V3: {title, detail, errors}; refunds: {data: [{title}]} (facts 10.4).
    const first = Array.isArray(body) ? body[0] : body;
    if (first && typeof first === "object") {
      const { message, title, detail, errors } = first as Record<string, unknown>;
      const fields = errors && typeof errors === "object" ? Object.values(errors).filter((e) => typeof e === "string") : [];
      const words = [message, title, detail, ...fields].filter((w): w is string => typeof w === "string" && w !== "");
      if (words.length) return words.join(" ");
    }
    return text.startsWith("<") ? "an HTML page instead of an answer" : text;
  },
};

/** Calls left to others: a margin for the merchant's other apps, which share the store's window. */
const MARGIN = 5;

export function bigCommerce(options: BigCommerceOptions): BigCommerce {
  const { apiUrl, hash, token, timeScale, now, quota, onExchange } = options;

  async function call(method: string, path: string, query?: Query, body?: unknown): Promise<Answer> {
    if (quota.left <= MARGIN && now() < quota.resetsAt) return { is: "throttled", status: 429, waitMs: quota.resetsAt - now() };
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
    const tail = search.size > 0 ? `${path}?${search}` : path;
    const request = body === undefined ? undefined : JSON.stringify(body);
    const raw = await send(
      {
        method,
        url: `${apiUrl}/stores/${hash}${tail}`,
        headers: {
          accept: "application/json",
          "x-auth-token": token,
          "user-agent": "Lockstep for Cin7 Core",
          ...(request === undefined ? {} : { "content-type": "application/json" }),
        },
        body: request,
      },
      { timeoutMs: TIMEOUT_MS / timeScale },
    );
    if (raw.is === "answered") readQuota(raw.headers);
    const answer = classify(raw, dialect);
    onExchange?.({ method, path: tail, request: request ?? null, answer, response: raw.is === "answered" ? raw.text : null, ms: raw.ms });
    return answer;
  }

  function readQuota(headers: Headers): void {
    const left = headers.get("x-rate-limit-requests-left");
    const reset = headers.get("x-rate-limit-time-reset-ms");
    if (left === null || reset === null || !Number.isFinite(Number(left)) || !Number.isFinite(Number(reset))) return;
    quota.left = Number(left);
    quota.resetsAt = now() + Number(reset);
  }

  return {
    get: (path, query) => call("GET", path, query),
    post: (path, body) => call("POST", path, undefined, body),
    put: (path, body) => call("PUT", path, undefined, body),
    del: (path) => call("DELETE", path),
  };
}
