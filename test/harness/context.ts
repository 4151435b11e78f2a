import { env } from "cloudflare:workers";
import type { BigCommerce } from "../../worker/bigcommerce/client.ts";
import type { Cin7, Cin7Answer, Permit } from "../../worker/cin7/client.ts";
import { configOf } from "../../worker/env.ts";
import type { Frozen, LinkedContext } from "../../worker/inbox/flow.ts";
import type { Answer } from "../../worker/lib/http.ts";
import { db, NOW, tenant } from "./api.ts";
import { aSettings } from "./builders.ts";
import { claimsInMemory } from "./claims.ts";

/** What a flow is given, for one that runs by itself: the real D1; vendors as the test has them, and nobody else answers. */
export function aContext(given: Partial<LinkedContext> & Pick<LinkedContext, "store">): LinkedContext {
  const now = given.now ?? (() => NOW);
  const document = aSettings();
  return {
    db: db(),
    config: { ...configOf(env), timeScale: 1 },
    now,
    attempt: 1,
    jitter: 0.5,
    tenant: tenant(),
    bigcommerce: bigCommerceOf(nobody("BigCommerce")),
    cin7: cin7Of({ get: (path) => nobody("Cin7 Core")("GET", path, undefined) }),
    holding: () => new Set(),
    keeping: { forget: () => 0, close: () => {}, prune: () => {} },
    account: { currency: "AUD" },
    settings: { version: 3, document },
    settingsOf: async () => document,
    claims: claimsInMemory(now),
    frozen: frozenInMemory(),
    ...given,
  };
}

/** What is kept of orders, each as it was kept last; `all`: for each order that has nothing of its own. */
export function frozenInMemory(all?: () => unknown): Frozen {
  const kept = new Map<number, unknown>();
  const keep = async (orderId: number, _: string, body: unknown) => void kept.set(orderId, JSON.parse(JSON.stringify(body)));
  return { newest: async (orderId) => kept.get(orderId) ?? all?.() ?? null, keep, settle: keep, older: () => [] };
}

export const ok = (body: unknown): Extract<Answer, { is: "ok" }> => ({ is: "ok", status: 200, body, headers: new Headers() });
/** It was sent, and nobody knows what became of it. */
export const LOST: Answer = { is: "trouble", why: "timeout", status: null };

type Query = Record<string, string | number | boolean | undefined>;
type Call<T> = (method: string, path: string, body: unknown, query?: Query) => Promise<T>;
const nobody =
  (who: string): Call<never> =>
  (method, path) =>
    Promise.reject(new Error(`${who} was asked ${method} ${path}`));

/** Cin7 Core's client with these answers; permits are granted where the test says nothing else. */
export function cin7Of(answers: {
  get: (path: string, query?: Query) => Promise<Cin7Answer>;
  write?: Call<Answer>;
  permit?: () => Permit;
}) {
  const write = answers.write ?? nobody("Cin7 Core");
  const client: Cin7 = {
    get: answers.get,
    post: (path, body) => write("POST", path, body),
    put: (path, body) => write("PUT", path, body),
    del: (path, query) => write("DELETE", path, undefined, query),
    as: () => client,
    permit: async () => answers.permit?.() ?? { granted: true },
    permitted: write,
  };
  return client;
}

export const bigCommerceOf = (call: Call<Answer>): BigCommerce => ({
  get: (path, query) => call("GET", path, undefined, query),
  post: (path, body) => call("POST", path, body),
  put: (path, body) => call("PUT", path, body),
  del: (path) => call("DELETE", path, undefined),
});
