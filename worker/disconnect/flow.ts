import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { HOOKS_PATH } from "../bigcommerce/hooks.ts";
import { removeHooks } from "../connect/flow.ts";
import { hooksChecked, presentStore } from "../connect/store.ts";
import type { ClosingContext, FlowContext } from "../inbox/flow.ts";
import { done, later, type Outcome, skipped } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";
import { gunzip, gzip, seal, unsealBytes } from "../lib/crypto.ts";
import { iso } from "../lib/days.ts";
import { auditLine } from "../lib/db/audit.ts";
import { isLinked, type Linked, type Tenant } from "../lib/ids.ts";
import { ordersOff } from "../settings/store.ts";
import {
  type Disconnect,
  dropRows,
  endDisconnect,
  forgetKept,
  keepHistory,
  keepPart,
  keptPart,
  leftAlone,
  restorePart,
  rowsToKeep,
  runningDisconnect,
  unfinishedSales,
} from "./store.ts";
import { DROPPED, KEPT, keptPlace, type RawRow } from "./tables.ts";
import { AUDIT, ENDING_MS, HOOKS_MS, KEEP_DAYS } from "./words.ts";

/** So many unfinished sales go on at a reconnect, the newest first; older ones when BigCommerce or Cin7 tells of them. */
const RESUMED = 5000;

/**
 * `store.close` (design 5, decision 1.17): webhooks deleted → running flows end → links sealed, or everything removed →
 * payloads, personal data and credentials go. Each step can be run again: after a crash the whole goes on where it stopped,
 * and a store that was connected again meanwhile is left alone.
 */
export async function closeStore(c: ClosingContext): Promise<Outcome> {
  const row = await presentStore(c.db, c.tenant);
  const asked = await runningDisconnect(c.db, c.tenant);
  if (row?.state !== "closing" || !asked) return skipped("connected", "The store is not being disconnected.");
  const { timeScale } = c.config;
  const since = Date.parse(asked.begunAt);

  // `hooksCheckedAt` was emptied when it began: set again, the webhooks are gone and need no further look.
  if (asked.choice !== "move" && c.bigcommerce && row.hooksCheckedAt === null) {
    const removed = await removeHooks(c.bigcommerce, c.config.appUrl + HOOKS_PATH);
    // BigCommerce's trouble must not keep personal data here for ever: what we no longer accept, it switches off itself.
    if (!removed.ok && c.now() < since + HOOKS_MS / timeScale)
      return later(c.now() + 10_000 / timeScale, "BigCommerce does not answer; its webhooks are deleted next.");
    if (removed.ok) await hooksChecked(c.db, c.tenant, iso(c.now()));
  }
  const ended = since + ENDING_MS / timeScale;
  if (c.now() < ended) return later(ended, "What was running ends first.");

  if (asked.choice !== "remove-everything" && isLinked(c.tenant)) await ordersOff(c.db, c.tenant, iso(c.now()));
  if (asked.choice === "move" && isLinked(c.tenant)) await keepHistory(c.db, c.tenant);
  if (asked.choice === "keep-links") await sealLinks(c, asked);
  if (asked.choice === "remove-everything") {
    for (const { table } of KEPT) await dropAll(c, table);
    await forgetKept(c.db, c.tenant);
    await auditLine(c.db, { ...c.tenant, account: null }, { at: iso(c.now()), by: "", what: AUDIT[asked.choice] });
  }
  for (const table of DROPPED) await dropAll(c, table);
  await c.eraseQueue();
  const left = await leftAlone(c.db, c.tenant);
  // Its keys go whatever was chosen, and with them nobody would know which gates to empty.
  if (left) await c.eraseGates(left.keyIds);
  if (left && asked.choice === "remove-everything") await c.eraseAccount(left.account);
  await endDisconnect(c.db, c.tenant, asked.choice, iso(c.now()));
  return done(AUDIT[asked.choice]);
}

/**
 * Everything unfinished goes on: what waits to be sent is looked at, and what was in Cin7 without all of its invoice and
 * payments goes on there: its drafts may be gone (N20). Read from D1, so that it is the same however often it is asked.
 */
async function unfinishedWork(c: FlowContext, tenant: Linked): Promise<Work[]> {
  const ids = await unfinishedSales(c.db, tenant, RESUMED);
  return [{ kind: "orders.release" }, ...ids.map((orderId): Work => ({ kind: "order.money", orderId }))];
}

async function dropAll(c: ClosingContext, table: SQLiteTable): Promise<void> {
  while (await dropRows(c.db, c.tenant, table));
}

async function sealLinks(c: ClosingContext, asked: Disconnect): Promise<void> {
  const keepUntil = iso(Date.parse(asked.begunAt) + KEEP_DAYS * 86_400_000);
  for (const kept of KEPT) {
    for (;;) {
      const { account, ids, rows } = await rowsToKeep(c.db, c.tenant, kept);
      if (rows.length === 0) break;
      const id = crypto.randomUUID();
      const sealed = await seal(c.config.sealingKeys, keptPlace(c.tenant.store, id), await gzip(JSON.stringify(rows)));
      await keepPart(c.db, c.tenant, kept, ids, { id, accountId: account, source: kept.name, rows: rows.length, sealed, keepUntil });
      // Connected again meanwhile: nothing more is taken away.
      if (!(await presentStore(c.db, c.tenant))) return;
    }
  }
}

/**
 * `links.restore`, whenever a store is connected or linked: of the same account within 30 days (N20) every order finds its
 * sale, and the settings are as they were, with orders off: a person switches them on by the same checks as the first time
 * (M22, M42). Then everything unfinished goes on, also where nothing was sealed: a disconnect that was interrupted, a token
 * that was refused, a run of this that was killed. Orders of the time between are looked up first, by `look_before`.
 */
export async function restoreLinks(c: FlowContext & { tenant: Tenant }): Promise<Outcome> {
  const { tenant } = c;
  if (!isLinked(tenant)) return skipped("unlinked", "The store is not linked to Cin7 Core yet.");
  let rows = 0;
  for (const kept of KEPT) {
    for (;;) {
      const part = await keptPart(c.db, tenant, kept.name, iso(c.now()));
      if (!part) break;
      const bytes = await unsealBytes(c.config.sealingKeys, keptPlace(tenant.store, part.id), part.sealed);
      await restorePart(c.db, tenant, kept, part.id, JSON.parse(await gunzip(bytes)) as RawRow[]);
      if (kept.name === "orders") rows += part.rows;
      if (!(await presentStore(c.db, tenant))) return skipped("disconnected", "The store is disconnected.");
    }
  }
  const note = rows === 0 ? "No earlier links to this account are sealed." : `${rows} orders found their sales again.`;
  return done(note, { next: await unfinishedWork(c, tenant) });
}
