import { purgeAsked } from "../alerts/confirm-store.ts";
import { longRefused, purgeKept, removeAccount, storelessAccounts } from "../disconnect/purge-store.ts";
import { beginDisconnect } from "../disconnect/store.ts";
import { configOf, type Env } from "../env.ts";
import { accountInbox, type InboxStub, storeInbox } from "../inbox/client.ts";
import type { Work } from "../inbox/work.ts";
import { type Db, open } from "../lib/db/open.ts";
import { accountId, storeHash } from "../lib/ids.ts";
import { alert, log, logBug } from "../lib/log.ts";
import { signsOf } from "../operator/signs.ts";
import { countSigns } from "../operator/store.ts";
import { resealSome } from "../sealing/reseal-step.ts";
import { purgeExpired } from "../sessions/store.ts";
import { eraseGates } from "./clients.ts";
import { A_TICK, closingStores, quietAccounts, quietStores } from "./cron-store.ts";

/**
 * Crons only watch (design 2): every 5 minutes stores and accounts whose own sweeps were not heard of for 15 minutes, and
 * stores whose webhooks were not looked at for a day, are poked, and the operator is told what is not as it should be; at night
 * what is over is purged.
 */
export async function onCron(env: Env, cron: string, now: number): Promise<void> {
  if (cron === "17 3 * * *") return purge(env, now);
  await part(env, "closing", () => pokeClosing(env));
  await part(env, "stores", () => pokeStores(env, now));
  await part(env, "accounts", () => pokeAccounts(env, now));
  await part(env, "watch", () => watch(env, now));
  // Last, as it may take long.
  await part(env, "seals", () => renewSeals(env));
}

async function pokeStores(env: Env, now: number): Promise<void> {
  const db = open(env);
  const { unswept, unlooked } = await quietStores(db, now);
  const works = new Map<string, Work[]>(unswept.map(({ hash }) => [hash, [{ kind: "orders.sweep" }]]));
  for (const { hash } of unlooked) works.set(hash, [...(works.get(hash) ?? []), { kind: "hooks.ensure" }]);
  for (const [hash, list] of works) {
    const known = storeHash(hash);
    if (known) await poke(storeInbox(env, known), list, hash);
  }
  log({ event: "cron", kind: "stores", count: works.size });
}

/** A disconnect whose item was lost, or whose store was told of while the queue was away, goes on (design 5). */
async function pokeClosing(env: Env): Promise<void> {
  const rows = await closingStores(open(env));
  for (const { hash } of rows) {
    const known = storeHash(hash);
    if (known) await poke(storeInbox(env, known), [{ kind: "store.close" }], hash);
  }
}

async function pokeAccounts(env: Env, now: number): Promise<void> {
  const db = open(env);
  const { unswept, unread } = await quietAccounts(db, now);
  const works = new Map<string, Work[]>(unswept.map(({ id }) => [id, [{ kind: "sales.sweep" }]]));
  for (const { id } of unread) works.set(id, [...(works.get(id) ?? []), { kind: "products.refresh" }]);
  for (const [id, list] of works) {
    const known = accountId(id);
    if (known) await poke(accountInbox(env, known), list, id);
  }
  log({ event: "cron", kind: "accounts", count: works.size });
}

/** One's trouble is not the others'. */
async function poke(inbox: InboxStub, works: Work[], store: string): Promise<void> {
  try {
    await inbox.put(works);
  } catch (error) {
    logBug(error, { kind: "cron", store });
  }
}

/** While there is more than one sealing key: its end is told by zeros (docs/runbook.md). */
async function renewSeals(env: Env): Promise<void> {
  const { sealingKeys } = configOf(env);
  if (Object.keys(sealingKeys.keys).length < 2) return;
  const { rows, queuesLeft } = await resealSome(open(env), sealingKeys, (store) => storeInbox(env, store));
  log({ event: "cron", kind: "seals", count: rows + queuesLeft });
}

/** Stores' own rows go in their own queues (`kept.prune`), so that no store waits for another; here only what belongs to none. */
async function purge(env: Env, now: number): Promise<void> {
  const db = open(env);
  const iso = new Date(now).toISOString();
  await part(env, "purge.sessions", () => purgeExpired(db, iso));
  await part(env, "purge.mails", () => purgeAsked(db, iso));
  await part(env, "purge.uninstalled", () => endUninstalled(env, db, iso));
  await part(env, "purge.links", () => purgeKept(db, iso));
  await part(env, "purge.accounts", () => removeStoreless(env, db, iso));
  log({ event: "cron", kind: "purge" });
}

/** Uninstalled for 30 days: it goes as if somebody had disconnected it, so that its links are kept for 30 days more. */
async function endUninstalled(env: Env, db: Db, iso: string): Promise<void> {
  for (const tenant of await longRefused(db, iso, A_TICK)) {
    if (!(await beginDisconnect(db, tenant, "keep-links", "Lockstep, 30 days after the app was uninstalled", iso))) continue;
    await poke(storeInbox(env, tenant.store), [{ kind: "store.close" }], tenant.store);
  }
}

async function removeStoreless(env: Env, db: Db, iso: string): Promise<void> {
  for (const { account, keyIds } of await storelessAccounts(db, iso, A_TICK)) {
    await eraseGates(env, keyIds);
    await accountInbox(env, account).erase();
    await removeAccount(db, account);
  }
}

/** The operator's alerts (docs/runbook.md): told at each tick for as long as they are true. */
async function watch(env: Env, now: number): Promise<void> {
  for (const { kind, count } of signsOf(await countSigns(open(env), now))) alert(env.EVENTS, { kind, count });
}

/** One part's trouble is not the others'. */
async function part(env: Env, kind: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    logBug(error, { kind: `cron.${kind}` });
    alert(env.EVENTS, { kind: "cron-failed", key: kind });
  }
}
