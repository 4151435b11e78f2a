import { type Answer, classify, type Dialect, type Exchange, type Query, send, TIMEOUT_MS } from "../lib/http.ts";
import type { AccountId } from "../lib/ids.ts";
import type { WorkClass } from "./priority.ts";

/**
 * Cin7 Core's API for one application key. Every call needs a permit of the key's gate, taken right before the fetch
 * (design 6; cin7-core.md 1). No permit: `wait`, and the call was not made.
 */
type Wait = { is: "wait"; at: number };
export type Cin7Answer = Answer | Wait;
export type Cin7 = {
  get(path: string, query?: Query): Promise<Cin7Answer>;
  post(path: string, body: unknown): Promise<Cin7Answer>;
  put(path: string, body: unknown): Promise<Cin7Answer>;
  del(path: string, query?: Query): Promise<Cin7Answer>;
  /** The same client asking for its permits as another class. */
  as(cls: WorkClass): Cin7;
  /** A permit now or null with the time to come back; given to a write, so that its claim is stored before the fetch only when it may go. */
  permit(): Promise<Permit>;
  /** Calls under a permit already held. */
  permitted(method: "POST" | "PUT" | "DELETE", path: string, body: unknown, query?: Query): Promise<Answer>;
};
/** `next`: when the next item of the class finds room (epoch ms); missing: at once. */
export type Permit = { granted: true; next?: number } | { granted: false; at: number };

export type Cin7Options = {
  apiUrl: string;
  account: AccountId;
  key: string;
  timeScale: number;
  cls: WorkClass;
  /** The gate of this key. `throttled` closes it for everyone until the window has passed. */
  ask: (cls: WorkClass) => Promise<Permit>;
  throttled: () => Promise<void>;
  onExchange?: (exchange: Exchange) => void;
};

/** 429 with or without text; 503 and 400 only when the text speaks of the limit (facts 1.2). Never a Retry-After. */
const LIMIT = /\b60 calls?\b|limit|throttl|too many/i;

const dialect: Dialect = {
  throttled(status, text) {
    const limited = status === 429 || ((status === 503 || status === 400) && LIMIT.test(text) && /call|request/i.test(text));
    return limited ? { waitMs: null } : null;
  },
  message(body, text) {
    // [{ErrorCode, Exception}], a bare object, text or HTML, in this order (facts 1.4).
    const list = Array.isArray(body) ? body : [body];
    const words = list
      .map((entry) => (entry && typeof entry === "object" ? (entry as { Exception?: unknown }).Exception : null))
      .filter((w): w is string => typeof w === "string");
    if (words.length) return words.join(" ");
    return text.startsWith("<") ? "an HTML page instead of an answer" : text;
  },
};

export function cin7(options: Cin7Options): Cin7 {
  const { apiUrl, account, key, timeScale, cls, ask, throttled, onExchange } = options;

  async function fetchNow(method: string, path: string, query?: Query, body?: unknown): Promise<Answer> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, String(value));
    const tail = search.size > 0 ? `${path}?${search}` : path;
    const request = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const raw = await send(
      {
        method,
        url: `${apiUrl}/ExternalApi/v2${tail}`,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          "api-auth-accountid": account,
          "api-auth-applicationkey": key,
        },
        body: request,
      },
      { timeoutMs: TIMEOUT_MS / timeScale },
    );
    const answer = classify(raw, dialect);
    onExchange?.({ method, path: tail, request: request ?? null, answer, response: raw.is === "answered" ? raw.text : null, ms: raw.ms });
    if (answer.is === "throttled") await throttled();
    return answer;
  }

  async function call(method: string, path: string, query?: Query, body?: unknown): Promise<Cin7Answer> {
    const permit = await ask(cls);
    return permit.granted ? fetchNow(method, path, query, body) : { is: "wait", at: permit.at };
  }

  return {
    get: (path, query) => call("GET", path, query),
    post: (path, body) => call("POST", path, undefined, body),
    put: (path, body) => call("PUT", path, undefined, body),
    del: (path, query) => call("DELETE", path, query),
    as: (other) => cin7({ ...options, cls: other }),
    permit: () => ask(cls),
    permitted: (method, path, body, query) => fetchNow(method, path, query, body),
  };
}
