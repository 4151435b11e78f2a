import { handTimer } from "./clock.ts";
import { createTwins, type TwinsOptions } from "./index.ts";

/** What the twins' own tests share: both twins in process, a timer moved by hand, and an app that notes its calls. */

export type Answer<T = Record<string, unknown>> = { status: number; body: T; headers: Headers };

const ORIGIN = "http://127.0.0.1:8788";

export function rehearse(options: Partial<TwinsOptions> = {}) {
  const calls: Request[] = [];
  const timer = handTimer();
  let answer = (): Response => new Response(null, { status: 200 });
  const twins = createTwins({
    seed: 7,
    setTimer: timer.setTimer,
    ...options,
    toApp: async (request) => {
      calls.push(request.clone() as Request);
      return answer();
    },
    switches: { hookActivationMs: 0, ...options.switches },
  });

  async function call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const request = new Request(`${ORIGIN}${path}`, {
      method,
      headers: { accept: "application/json", ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await twins.fetch(request);
    const text = await response.text();
    return { status: response.status, body: (text === "" ? null : JSON.parse(text)) as T, headers: response.headers };
  }

  /** An API account's token for a store. */
  async function connect(hash = "demostore1", scopes?: string[]) {
    const { body } = await call<{ client_id: string; client_secret: string; access_token: string }>(
      "POST",
      `/control/bigcommerce/${hash}/api-accounts`,
      scopes ? { scopes } : {},
    );
    const api = <T = Record<string, unknown>>(method: string, path: string, given?: unknown) =>
      call<T>(method, `/bigcommerce-api/stores/${hash}${path}`, given, { "x-auth-token": body.access_token });
    return { ...body, api };
  }

  return {
    twins,
    calls,
    timer,
    call,
    connect,
    control: <T = Record<string, unknown>>(path: string, body: unknown = {}) => call<T>("POST", `/control${path}`, body),
    appAnswers(status: number) {
      answer = () => new Response(null, { status });
    },
    hooksGot: async () =>
      Promise.all(calls.filter((request) => request.method === "POST").map((request) => request.clone().json())) as Promise<Hook[]>,
  };
}

type Hook = { scope: string; producer: string; store_id: string; hash: string; created_at: number; data: Record<string, unknown> };
