import { type BigCommerce, bigCommerce, freshQuota } from "../bigcommerce/client.ts";
import {
  askHookAdmin,
  changeHook,
  createHook,
  deleteHook,
  diffHooks,
  HOOK_SCOPES,
  HOOKS_PATH,
  isOurs,
  listHooks,
  OPTIONAL_SCOPES,
  readHook,
} from "../bigcommerce/hooks.ts";
import { GARBAGE, unreadable } from "../bigcommerce/reading.ts";
import type { StoreInfo } from "../bigcommerce/schemas.ts";
import { askStore, readStore } from "../bigcommerce/store.ts";
import type { Config } from "../env.ts";
import { done, later, type Outcome, skipped } from "../inbox/outcome.ts";
import { outcomeOf, tryAgain } from "../inbox/vendor-answer.ts";
import type { Work } from "../inbox/work.ts";
import { iso } from "../lib/days.ts";
import type { Db } from "../lib/db/open.ts";
import type { Answer, Unwanted } from "../lib/http.ts";
import type { StoreHash, Tenant } from "../lib/ids.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { healthOf, NO_HEALTH } from "./hook-health.ts";
import { hintUninstall, hooksChecked, openCredentials, presentStore, refuseToken, saveInfo } from "./store.ts";

/** What these flows need; a `StoreContext` of the inbox has all of it. */
export type Deps = {
  db: Db;
  config: Config;
  now: () => number;
  attempt: number;
  jitter: number;
  tenant: Tenant;
  bigcommerce: BigCommerce;
};

const NOT_CONNECTED = skipped("not-connected", "The store is not connected.");

// ---- webhooks -------------------------------------------------------------------------------------------------

/**
 * Makes every needed webhook exist exactly once, active, to our address, with our secret header (F8, K26; design 8). Reads what
 * is there first: run as often as you like. What was lost is told, and the time since it was last seen to work is swept (N13).
 * `gap`: the notices of the time since may be lost already (ISO 8601). On a connection that was never looked after, the most important one is made before
 * anything is read: it is live the sooner, and one that is there already is refused or told apart below.
 */
export async function ensureHooks(deps: Deps, gap: string | null = null): Promise<Outcome> {
  const { db, config, tenant, bigcommerce } = deps;
  const row = await presentStore(db, tenant);
  const credentials = row?.state === "active" ? await openCredentials(db, tenant, config.sealingKeys) : null;
  if (!credentials) return NOT_CONNECTED;
  const wanted = { scopes: HOOK_SCOPES, destination: config.appUrl + HOOKS_PATH, secret: credentials.hookSecret };
  const isNew = row?.hooksCheckedAt === null;
  if (isNew) {
    const first = await createHook(bigcommerce, HOOK_SCOPES[0], wanted);
    if (first.is !== "ok" && first.is !== "refused") return outcomeOf(first as Unwanted, deps, HOOK_SCOPES[0]);
  }
  const list = await listHooks(bigcommerce);
  if (list.is !== "read") return outcomeOf(list, deps);
  const changes = diffHooks(list.value, wanted);
  const health = isNew ? NO_HEALTH : healthOf(await askHookAdmin(bigcommerce), list.value, changes, new URL(wanted.destination).hostname);
  // Made or changed, and yet switched off: the others are seen to first.
  let off: string | null = null;
  for (const scope of changes.create) {
    const answer = await createHook(bigcommerce, scope, wanted);
    if (isOff(answer)) off = scope;
    const failed = isOff(answer) ? null : unlessHook(answer);
    if (!failed || (OPTIONAL_SCOPES.includes(scope) && (failed.is === "refused" || failed.is === "denied"))) continue;
    return failed.is === "refused" && deps.attempt >= GIVE_UP ? refusedHook(deps, scope, failed.message) : outcomeOf(failed, deps, scope);
  }
  for (const { id, scope } of changes.update) {
    const answer = await changeHook(bigcommerce, id, scope, wanted);
    // Gone meanwhile: look again.
    if (answer.is === "missing") return tryAgain(deps, "A webhook changed meanwhile");
    if (isOff(answer)) off = scope;
    const failed = isOff(answer) ? null : unlessHook(answer);
    if (failed) return outcomeOf(failed, deps, scope);
  }
  for (const id of changes.remove) {
    const answer = await deleteHook(bigcommerce, id);
    if (answer.is !== "ok" && answer.is !== "missing") return outcomeOf(answer, deps);
  }
  // BigCommerce decides when one works: asked later and later, then told, so that nobody waits for notices that do not come.
  if (off)
    return deps.attempt >= GIVE_UP
      ? refusedHook(deps, off, "The webhook stays switched off.")
      : tryAgain(deps, "A webhook is not switched on yet");
  const since = earliest(gap, health.lost.length > 0 || health.blockedMs > 0 ? (row?.hooksCheckedAt ?? null) : null);
  if (health.blockedMs > 0) {
    // Nothing can be repaired: it ends by itself. What was not sent meanwhile is looked for then.
    const at = deps.now() + health.blockedMs + 5000 / config.timeScale;
    const work = { kind: "hooks.ensure" as const, ...(since ? { gap: since } : {}) };
    return done("BigCommerce sends nothing to us for a while", { told: health.told, again: { at, work } });
  }
  await hooksChecked(db, tenant, iso(deps.now()));
  const { create, update, remove } = changes;
  const changed = create.length + update.length + remove.length;
  const note =
    changed === 0
      ? "Webhooks are as they should be"
      : `Webhooks: ${create.length} created, ${update.length} repaired, ${remove.length} removed`;
  // Connected again: what the lost connection left unfinished goes on, and what it missed is looked for.
  const next: Work[] = [
    ...(isNew ? [{ kind: "links.restore" as const }] : []),
    { kind: "orders.sweep", ...(since ? { from: since } : {}) },
  ];
  return done(note, { clears: ["bigcommerce-denied:token", "hooks-refused"], next, told: health.told });
}

/** So often a webhook is asked for before it is said that BigCommerce does not take it. */
const GIVE_UP = 3;

/** Not to be repaired by us: told, and asked for again in an hour. The sweep finds the orders meanwhile (N13). */
function refusedHook(deps: Deps, scope: string, text: string): Outcome {
  const again = { at: deps.now() + HOUR / deps.config.timeScale, work: { kind: "hooks.ensure" as const } };
  const next: Work[] = [{ kind: "orders.sweep" }];
  return done("BigCommerce does not take our webhooks", { notices: [{ kind: "hooks-refused", scope, text }], next, again });
}

const earliest = (a: string | null, b: string | null): string | null => (a && b ? (a < b ? a : b) : (a ?? b));

/** A hook, and not active. */
const isOff = (answer: Answer): boolean => answer.is === "ok" && readHook(answer.body)?.is_active === false;

/** A write of a hook counts as done when the answer is a hook that is active. */
function unlessHook(answer: Answer): Unwanted | null {
  if (answer.is !== "ok") return answer;
  return readHook(answer.body)?.is_active ? null : GARBAGE;
}

/** Deletes what we made with these credentials, before others replace them (design 1). A token that is dead has no hooks. */
export async function removeHooks(client: BigCommerce, destination: string): Promise<Result<number, Unwanted>> {
  const list = await listHooks(client);
  if (list.is !== "read") return list.is === "denied" ? ok(0) : err(list);
  const ours = list.value.filter((h) => isOurs(h, destination));
  for (const { id } of ours) {
    const answer = await deleteHook(client, id);
    if (answer.is !== "ok" && answer.is !== "missing" && answer.is !== "denied") return err(answer);
  }
  return ok(ours.length);
}

// ---- the store ------------------------------------------------------------------------------------------------

/** The store's own information, which also proves that a token is for this store. Null in `value`: it is for another one. */
export async function storeBehind(client: BigCommerce, hash: StoreHash): Promise<Result<StoreInfo | null, Unwanted>> {
  const read = await readStore(client);
  if (read.is !== "read") return err(unreadable(read));
  return ok(read.value.id.toLowerCase() === hash ? read.value : null);
}

/** Name, currency, zone and tax setting of the store as they are now (`store/information/updated`). */
export async function refreshStore(deps: Deps): Promise<Outcome> {
  const row = await presentStore(deps.db, deps.tenant);
  if (row?.state !== "active") return NOT_CONNECTED;
  const read = await storeBehind(deps.bigcommerce, deps.tenant.store);
  if (!read.ok) return outcomeOf(read.error, deps, "store_v2_information_read_only");
  if (!read.value) return outcomeOf(GARBAGE, deps);
  await saveInfo(deps.db, deps.tenant, read.value, iso(deps.now()));
  return done("The store's information was read again");
}

// ---- uninstall ------------------------------------------------------------------------------------------------

const HOUR = 3_600_000;
const ASK_FOR_MS = 3 * HOUR;

/**
 * A hint of an uninstall: BigCommerce is asked with the stored token (design 1). 401 twice, the second time with what is
 * stored at that moment: sessions and flows end, everything is kept. 200: asked again in an hour, for three hours.
 */
export async function checkUninstalled(deps: Deps): Promise<Outcome> {
  const { db, config, tenant, now } = deps;
  const row = await presentStore(db, tenant);
  if (row?.state !== "active") return NOT_CONNECTED;
  const first = await askStore(deps.bigcommerce);
  // 403 knows us as well: only a scope lacks.
  if (first.is === "ok" || (first.is === "denied" && first.status === 403)) return stillInstalled(deps, row.uninstallHintAt);
  if (first.is !== "denied") return outcomeOf(first, deps);
  const stored = await openCredentials(db, tenant, config.sealingKeys);
  if (!stored) return NOT_CONNECTED;
  const { apiUrl } = config.bigcommerce;
  const client = bigCommerce({ apiUrl, hash: tenant.store, token: stored.token, timeScale: config.timeScale, now, quota: freshQuota() });
  const second = await askStore(client);
  if (second.is !== "denied" || second.status !== 401)
    return later(now() + 1000 / config.timeScale, "The store was connected again meanwhile");
  const ended = await refuseToken(db, tenant, stored.updatedAt, iso(deps.now()));
  return ended ? done("BigCommerce no longer accepts our access: waiting for the app to be opened or installed again") : NOT_CONNECTED;
}

async function stillInstalled(deps: Deps, hint: string | null): Promise<Outcome> {
  const { now, config } = deps;
  const since = hint === null ? now() : Date.parse(hint);
  if (now() - since >= ASK_FOR_MS / config.timeScale) {
    await hintUninstall(deps.db, deps.tenant, null);
    return done("The store still accepts our access: it was not uninstalled");
  }
  if (hint === null) await hintUninstall(deps.db, deps.tenant, iso(deps.now()));
  return later(now() + HOUR / config.timeScale, "An uninstall was announced, but the store still accepts our access");
}
