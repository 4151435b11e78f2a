import { and, eq, isNotNull, isNull, lt, or } from "drizzle-orm";
import { pruneActivity } from "./activity/store.ts";
import { open } from "./db/open.ts";
import { stores } from "./db/schema.ts";
import type { Env } from "./env.ts";
import { pruneProblems } from "./exceptions/store.ts";
import { storeInbox } from "./inbox/client.ts";
import { accountId, storeHash, tenantOf } from "./lib/ids.ts";
import { log, logBug } from "./lib/log.ts";
import { purgeExpired } from "./sessions/store.ts";

/** Crons only watch (design 2): every 5 minutes stores whose hooks were not looked at for a day; at night what is over is purged. */
const STORES_A_TICK = 500;

export async function onCron(env: Env, cron: string, now: number): Promise<void> {
  if (cron === "17 3 * * *") return purge(env, now);
  return checkHooks(env, now);
}

async function checkHooks(env: Env, now: number): Promise<void> {
  const dayAgo = new Date(now - 86_400_000).toISOString();
  const rows = await open(env)
    .select({ hash: stores.hash })
    .from(stores)
    .where(
      and(
        eq(stores.state, "active"),
        or(isNull(stores.hooksCheckedAt), and(isNotNull(stores.hooksCheckedAt), lt(stores.hooksCheckedAt, dayAgo))),
      ),
    )
    .limit(STORES_A_TICK)
    .all();
  for (const { hash } of rows) {
    const known = storeHash(hash);
    if (!known) continue;
    try {
      await storeInbox(env, known).put([{ kind: "hooks.ensure" }]);
    } catch (error) {
      // One store's trouble is not the others'.
      logBug(error, { kind: "hooks.ensure", store: hash });
    }
  }
  log({ event: "cron", kind: "hooks", count: rows.length });
}

async function purge(env: Env, now: number): Promise<void> {
  const db = open(env);
  await purgeExpired(db, new Date(now).toISOString());
  const rows = await db.select({ hash: stores.hash, account: stores.accountId, epoch: stores.epoch }).from(stores).all();
  let lines = 0;
  for (const { hash, account, epoch } of rows) {
    const known = storeHash(hash);
    if (!known) continue;
    const tenant = tenantOf(known, accountId(account), epoch);
    lines += await pruneActivity(db, tenant, now);
    await pruneProblems(db, tenant, now);
  }
  log({ event: "cron", kind: "purge", count: lines });
}
