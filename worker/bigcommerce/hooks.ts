import * as z from "zod";
import type { Answer, Unwanted } from "../lib/http.ts";
import type { BigCommerce } from "./client.ts";
import { GARBAGE } from "./reading.ts";
import { hook } from "./schemas.ts";

/** Webhooks of a store: which we want, and what makes it so (facts/bigcommerce.md 3.1, 3.6; design 8). */
export type Hook = z.output<typeof hook>;
export type WantedHooks = { scopes: readonly string[]; destination: string; secret: string };

export const SECRET_HEADER = "x-lockstep-secret";
export const HOOKS_PATH = "/webhooks/bigcommerce";

/** One hook for each; a wildcard would bring messages and metafields that mean nothing to us. */
export const HOOK_SCOPES = [
  "store/order/created",
  "store/order/updated",
  "store/order/statusUpdated",
  "store/order/archived",
  "store/order/refund/created",
  "store/order/transaction/created",
  "store/information/updated",
  "store/app/uninstalled",
] as const;

/** Those whose refusal changes nothing: the stored token tells of an uninstall as well. */
export const OPTIONAL_SCOPES: readonly string[] = ["store/app/uninstalled"];

type HookBody = { scope: string; destination: string; is_active: true; headers: Record<string, string> };
const hookBody = (scope: string, wanted: Omit<WantedHooks, "scopes">): HookBody => ({
  scope,
  destination: wanted.destination,
  is_active: true,
  headers: { [SECRET_HEADER]: wanted.secret },
});

const secretOf = (h: Hook): string | undefined =>
  Object.entries(h.headers ?? {}).find(([name]) => name.toLowerCase() === SECRET_HEADER)?.[1];

/** Made by Lockstep: it goes to our address or carries our header. A store's API account may hold hooks of other tools. */
export const isOurs = (h: Hook, destination: string): boolean => h.destination === destination || secretOf(h) !== undefined;

export type HookChanges = { create: string[]; update: { id: number; scope: string }[]; remove: number[] };

/**
 * What makes every wanted scope exist exactly once, active, to our address and with our secret. Of several, the one that
 * needs least is kept. Hooks of others are never touched.
 */
export function diffHooks(existing: readonly Hook[], wanted: WantedHooks): HookChanges {
  const faults = (h: Hook) =>
    (h.destination === wanted.destination ? 0 : 4) + (secretOf(h) === wanted.secret ? 0 : 2) + (h.is_active ? 0 : 1);
  const ours = existing.filter((h) => isOurs(h, wanted.destination)).sort((a, b) => faults(a) - faults(b) || a.id - b.id);
  const changes: HookChanges = { create: [], update: [], remove: [] };
  const kept = new Set<number>();
  for (const scope of new Set(wanted.scopes)) {
    const best = ours.find((h) => h.scope === scope);
    if (!best) changes.create.push(scope);
    else {
      kept.add(best.id);
      if (faults(best) > 0) changes.update.push({ id: best.id, scope });
    }
  }
  changes.remove = ours.filter((h) => !kept.has(h.id)).map((h) => h.id);
  return changes;
}

const HOOKS = "/v3/hooks";
const MAX_PAGES = 10;

/** All hooks of the token's client: others' are not shown (facts 3.1). */
export async function listHooks(client: BigCommerce): Promise<{ is: "read"; value: Hook[] } | Unwanted> {
  const hooks: Hook[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await client.get(HOOKS, { limit: 250, page });
    if (answer.is !== "ok") return answer;
    const read = readHooks(answer.body ?? { data: [] });
    if (!read) return GARBAGE;
    hooks.push(...read.hooks);
    if (page >= read.pages) break;
  }
  return { is: "read", value: hooks };
}

export const createHook = (client: BigCommerce, scope: string, wanted: Omit<WantedHooks, "scopes">): Promise<Answer> =>
  client.post(HOOKS, hookBody(scope, wanted));
export const changeHook = (client: BigCommerce, id: number, scope: string, wanted: Omit<WantedHooks, "scopes">): Promise<Answer> =>
  client.put(`${HOOKS}/${id}`, hookBody(scope, wanted));
export const deleteHook = (client: BigCommerce, id: number): Promise<Answer> => client.del(`${HOOKS}/${id}`);

/** What BigCommerce itself says about our webhooks; null: it does not say. Never a reason to stop. */
export async function askHookAdmin(client: BigCommerce): Promise<HookAdmin | null> {
  const answer = await client.get(`${HOOKS}/admin`);
  return answer.is === "ok" ? readHookAdmin(answer.body) : null;
}

const list = z.object({
  data: z.array(hook),
  meta: z
    .object({ pagination: z.object({ total_pages: z.number().int() }).partial().nullish() })
    .partial()
    .nullish(),
});

/** A page of GET /v3/hooks. Null: not the shape we know. */
export function readHooks(body: unknown): { hooks: Hook[]; pages: number } | null {
  const parsed = list.safeParse(body);
  return parsed.success ? { hooks: parsed.data.data, pages: parsed.data.meta?.pagination?.total_pages ?? 1 } : null;
}

/** POST and PUT answer the hook inside `data`, or bare as one page of the documents shows (facts 3.1). */
export function readHook(body: unknown): Hook | null {
  const wrapped = z.object({ data: hook }).safeParse(body);
  if (wrapped.success) return wrapped.data.data;
  const bare = hook.safeParse(body);
  return bare.success ? bare.data : null;
}

/** GET /v3/hooks/admin (facts 3.1): which of our webhooks BigCommerce gave up on, and for how long it sends nothing. */
export type HookAdmin = { deactivated: number[]; blocked: { destination: string; seconds: number }[] };

const admin = z.object({
  data: z.object({
    hooks_list: z.array(z.object({ id: z.coerce.number(), status: z.string().nullish() })).nullish(),
    blocked_domains: z.array(z.object({ destination: z.string().nullish(), time_left: z.coerce.number().nullish() })).nullish(),
  }),
});

function readHookAdmin(body: unknown): HookAdmin | null {
  const parsed = admin.safeParse(body);
  if (!parsed.success) return null;
  const { hooks_list, blocked_domains } = parsed.data.data;
  return {
    deactivated: (hooks_list ?? []).filter((h) => h.status === "deactivated").map((h) => h.id),
    blocked: (blocked_domains ?? []).map((b) => ({ destination: b.destination ?? "", seconds: b.time_left ?? 0 })),
  };
}
