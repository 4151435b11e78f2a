import { HOOK_KINDS } from "../faults.ts";
import { sha1, signWebhook } from "./signature.ts";
import type { Delivery, Hook, Store } from "./state.ts";
import type { Twin } from "./twin.ts";

/** Seconds after each failure: 11 retries over about 48 h, then the hook is switched off (facts 3.3). */
export const RETRY_SECONDS: readonly number[] = [60, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400];

const REPUTATION_WINDOW_MS = 120_000;
const REPUTATION_REQUESTS = 100;
const REPUTATION_RATIO = 0.9;
const BLOCK_MS = 180_000;

const fits = (pattern: string, scope: string) => {
  const wanted = pattern.split("/");
  const got = scope.split("/");
  return wanted.every((part, index) => part === "*" || part === got[index]) && (wanted.length === got.length || wanted.at(-1) === "*");
};

function secretOf(twin: Twin, store: Store, clientId: string): string | null {
  if (clientId === twin.state.app.client_id) return twin.state.app.client_secret;
  return store.apiAccounts.find((account) => account.client_id === clientId)?.client_secret ?? null;
}

/** Elapsed time as the clock's speed makes it. */
const passed = (twin: Twin, since: number) => (twin.world.clock.now() - since) * twin.world.clock.speed;

/** Sends one event to every hook of the store that listens and is live. */
export async function fire(twin: Twin, store: Store, scope: string, data: Record<string, unknown>, only?: Hook): Promise<void> {
  const hooks = store.hooks.filter((hook) => (only ? hook === only : fits(hook.scope, scope)) && hook.is_active);
  if (hooks.length === 0) return;
  const { clock } = twin.world;
  const base = { producer: `stores/${store.hash}`, store_id: String(store.storeId), scope, data };
  const createdAt = Math.floor(clock.now() / 1000);
  const hash = await sha1(JSON.stringify(twin.switches.hashIncludesTime ? { ...base, created_at: createdAt } : base));
  const body = JSON.stringify({ ...base, hash, ...(twin.switches.createdAtInHook && { created_at: createdAt }) });
  for (const hook of hooks) {
    if (passed(twin, hook.created_at * 1000) < twin.switches.hookActivationMs) continue;
    const fault = twin.world.faults.take("bigcommerce", "POST", `/${scope}`, HOOK_KINDS);
    if (fault?.kind === "hooks-dropped") continue;
    const late = fault?.kind === "hooks-reordered" ? (fault.ms ?? 3_000) : 0;
    queue(twin, store, hook, scope, body, twin.switches.hookDelayMs + late);
    if (fault?.kind === "hooks-duplicated") queue(twin, store, hook, scope, body, twin.switches.hookDelayMs + (fault.ms ?? 200));
  }
}

function queue(twin: Twin, store: Store, hook: Hook, scope: string, body: string, delayMs: number): void {
  const { clock, random } = twin.world;
  const id = `msg_${random.guid().replaceAll("-", "")}`;
  const delivery: Delivery = { id, store: store.hash, hookId: hook.id, scope, body, failed: 0, dueAt: clock.now() + delayMs / clock.speed };
  twin.state.deliveries[id] = delivery;
  clock.later(delayMs, () => attempt(twin, delivery));
}

/** After a load: what was waiting goes on waiting. */
export function resume(twin: Twin): void {
  const { clock } = twin.world;
  for (const delivery of Object.values(twin.state.deliveries)) {
    clock.later(Math.max(0, delivery.dueAt - clock.now()) * clock.speed, () => attempt(twin, delivery));
  }
}

async function attempt(twin: Twin, delivery: Delivery): Promise<void> {
  const { state, world } = twin;
  if (state.deliveries[delivery.id] !== delivery) return;
  const store = state.stores[delivery.store];
  const hook = store?.hooks.find((other) => other.id === delivery.hookId);
  const secret = store && hook ? secretOf(twin, store, hook.client_id) : null;
  if (!store || !hook?.is_active || secret === null) {
    delete state.deliveries[delivery.id];
    return;
  }
  const place = `${hook.client_id} ${new URL(hook.destination).hostname}`;
  if (blockedMs(twin, place) > 0) {
    if (twin.switches.blockedEventsLost) delete state.deliveries[delivery.id];
    else await failed(twin, store, hook, delivery);
    return;
  }
  const stale = delivery.timestamp && !twin.switches.hookResign;
  const timestamp = stale && delivery.timestamp ? delivery.timestamp : String(Math.floor(world.clock.now() / 1000));
  delivery.timestamp = timestamp;
  const ok = await post(twin, hook, delivery, timestamp, secret);
  const blocked = await remember(twin, place, ok);
  if (ok) delete state.deliveries[delivery.id];
  else await failed(twin, store, hook, delivery);
  if (blocked) await warn(twin, store, hook, 90003, "Webhook destination domain is blocked because too many requests failed.");
}

async function post(twin: Twin, hook: Hook, delivery: Delivery, timestamp: string, secret: string): Promise<boolean> {
  const headers = {
    accept: "application/json",
    ...hook.headers,
    "content-type": "application/json",
    "user-agent": "BigCommerce-Webhooks (twin)",
    "webhook-id": delivery.id,
    "webhook-timestamp": timestamp,
    "webhook-signature": await signWebhook(secret, delivery.id, timestamp, delivery.body),
  };
  const request = new Request(hook.destination, { method: "POST", headers, body: delivery.body });
  const { clock } = twin.world;
  try {
    let stop = () => {};
    // The time limit is real: an app is no slower because the test runs faster.
    const limit = new Promise<null>((resolve) => {
      stop = clock.later(twin.switches.hookTimeoutMs * clock.speed, () => resolve(null));
    });
    const answer = await Promise.race([twin.world.toApp(request), limit]);
    stop();
    return answer?.ok ?? false;
  } catch {
    return false;
  }
}

async function failed(twin: Twin, store: Store, hook: Hook, delivery: Delivery): Promise<void> {
  const seconds = RETRY_SECONDS[delivery.failed];
  delivery.failed += 1;
  if (seconds === undefined) {
    delete twin.state.deliveries[delivery.id];
    hook.is_active = false;
    hook.updated_at = Math.floor(twin.world.clock.now() / 1000);
    store.deactivatedHooks.push(hook.id);
    await warn(twin, store, hook, 90002, "Webhook delivery failed for the last time; the webhook is being deactivated.");
    return;
  }
  const { clock } = twin.world;
  delivery.dueAt = clock.now() + (seconds * 1000) / clock.speed;
  clock.later(seconds * 1000, () => attempt(twin, delivery));
  if (delivery.failed === 1) await warn(twin, store, hook, 90001, "Webhook delivery failed and will be retried.");
}

/** `store/hook/deliveryException`, to the hook of the same client that listens for it (facts 3.3). */
async function warn(twin: Twin, store: Store, about: Hook, code: number, message: string): Promise<void> {
  const scope = "store/hook/deliveryException";
  const listener = store.hooks.find((hook) => hook.client_id === about.client_id && hook.scope === scope && hook.id !== about.id);
  if (!listener || about.scope === scope) return;
  await fire(twin, store, scope, { type: "webhook", id: about.id, error_code: code, message }, listener);
}

/** Real milliseconds for which the domain stays blocked for this client. */
export function blockedMs(twin: Twin, place: string): number {
  const known = twin.state.reputation[place];
  return known ? Math.max(0, known.blockedUntil - twin.world.clock.now()) : 0;
}

/** Answers true when this delivery makes the domain blocked. */
async function remember(twin: Twin, place: string, ok: boolean): Promise<boolean> {
  const { clock } = twin.world;
  const now = clock.now();
  const known = twin.state.reputation[place] ?? { sent: [], blockedUntil: 0 };
  twin.state.reputation[place] = known;
  known.sent = known.sent.filter(({ at }) => (now - at) * clock.speed < REPUTATION_WINDOW_MS);
  known.sent.push({ at: now, ok });
  if (known.sent.length < REPUTATION_REQUESTS) return false;
  const good = known.sent.filter((each) => each.ok).length;
  if (good / known.sent.length >= REPUTATION_RATIO) return false;
  known.blockedUntil = now + BLOCK_MS / clock.speed;
  known.sent = [];
  return true;
}
