import type { ApiError as ErrorBody } from "../../worker/contract/index.ts";

/** What went wrong, in the server's own sentence; `fields` by the path in the sent document. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  /** Of `busy`: in how many seconds there is room again. */
  readonly seconds: number | undefined;
  constructor(status: number, code: string, message: string, fields: Record<string, string> = {}, seconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.seconds = seconds;
  }
}

/** Every value in a path is encoded: there is no other way to write one. */
export const path = (parts: TemplateStringsArray, ...values: (string | number)[]): string =>
  String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));

export function withQuery(base: string, query: Record<string, string | number | undefined>): string {
  const set = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== "") set.set(key, String(value));
  const text = set.toString();
  return text ? `${base}?${text}` : base;
}

/** Filled by session.ts, so that this file knows nothing of sign-in. */
export const bearer: { token: string | null; onRefused: () => void } = { token: null, onRefused: () => {} };

const NO_ANSWER = "Lockstep did not answer. Check your connection and try again.";

async function failure(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const { code, message, fields, seconds } = body?.error ?? {};
  return new ApiError(response.status, code ?? "no-answer", message || NO_ANSWER, fields, seconds);
}

/** The one door to the server. Throws only ApiError, or AbortError when `signal` was aborted. */
async function call<T>(method: "GET" | "POST" | "PUT", to: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const sent = bearer.token;
  const headers = new Headers({ accept: "application/json" });
  if (sent) headers.set("authorization", `Bearer ${sent}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  const timeout = AbortSignal.timeout(30_000);
  let response: Response;
  try {
    response = await fetch(to, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      cache: "no-store",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, "no-answer", NO_ANSWER);
  }
  if (!response.ok) {
    const error = await failure(response);
    // Only the present token's refusal ends the session: an answer to an old one may come late.
    if (response.status === 401 && sent && sent === bearer.token) bearer.onRefused();
    throw error;
  }
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError(response.status, "no-answer", NO_ANSWER);
  }
}

/** A file, saved under the name that the server gives it. The session travels in a header, so a plain link cannot ask for it. */
export async function download(to: string): Promise<void> {
  const response = await fetch(to, { headers: bearer.token ? { authorization: `Bearer ${bearer.token}` } : {}, cache: "no-store" }).catch(
    () => {
      throw new ApiError(0, "no-answer", NO_ANSWER);
    },
  );
  if (!response.ok) throw await failure(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "evidence";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const get = <T>(to: string, signal?: AbortSignal): Promise<T> => call<T>("GET", to, undefined, signal);
export const post = <T>(to: string, body: unknown = {}): Promise<T> => call<T>("POST", to, body);
export const put = <T>(to: string, body: unknown): Promise<T> => call<T>("PUT", to, body);

/** The sentence to show for anything that was thrown. */
export const sentence = (error: unknown): string => (error instanceof ApiError ? error.message : NO_ANSWER);
