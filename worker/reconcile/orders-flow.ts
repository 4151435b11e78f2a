import { swept } from "../accounts/store-row-store.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { done, type Outcome, skipped, type Told } from "../inbox/outcome.ts";
import { outcomeOf } from "../inbox/vendor-answer.ts";
import type { Work, WorkOf } from "../inbox/work.ts";
import type { Unwanted } from "../lib/http.ts";
import { err, ok, type Result } from "../lib/result.ts";
import { heldUntil } from "../orders/capture/unpaid-hold.ts";
import { isDaily } from "../settings/is-daily.ts";
import { stocktakesOver } from "../stocktake/lift-step.ts";
import { changedOrders, missedOrders, some } from "./changed.ts";
import { nextSweep, type Progress, planOf, ranges, type SweepPlan } from "./plan.ts";
import { type Changes, RANGE, readChanges, readRange } from "./read-step.ts";
import { notLooked, refundedOrders } from "./refunded-step.ts";
import { shortSales } from "./short-sales-step.ts";
import { heldUnpaid, knownOrders, openPlacedSince, openSince, progressOf, saveProgress, unfinished } from "./store.ts";

const PUT_BACK = 500;
const OPEN_DAYS = 30;
const HOUR_MS = 3_600_000;
const ON_ITS_WAY_MS = 60_000;

/**
 * `orders.sweep` (K5, design 2): what changed in BigCommerce and nobody told us of, open orders that its list no longer
 * shows, and everything that D1 calls unfinished and this inbox does not hold become work again. Every 5 minutes; at night
 * all of the last 48 hours, every open order, every sale whose documents fall short and every refund. How far it came is kept
 * only when its findings are: with the next sweep.
 */
export async function sweepOrders(c: LinkedContext, work: WorkOf<"orders.sweep">): Promise<Outcome> {
  if (c.store.state !== "active") return skipped("not-connected", "The store is not connected.");
  const { db, tenant, settings } = c;
  const now = new Date(c.now()).toISOString();
  const at = nextSweep(c.now(), c.jitter, c.config.timeScale);
  if (work.seen) await saveProgress(db, tenant, work.seen);
  const over = await stocktakesOver(c);
  if (!settings.document.orders.on) {
    await swept(db, tenant, now);
    return done("Orders are not switched on.", { ...over, again: { at, work: { kind: "orders.sweep" } } });
  }
  const progress = work.seen ?? (await progressOf(db, tenant));
  const line = settings.document.orders.takeFrom ?? c.store.connectedAt;
  const { timeZone } = c.store;
  const plan = planOf({ progress, line, gapFrom: work.from ?? null, after: work.after ?? null, now, timeZone });
  const read = await readChanges(c.bigcommerce, plan.from);
  if (!read.ok) return stopped(c, read.error, { at, work });
  const found = await lookThrough(c, plan, read.value);
  if (!found.ok) return stopped(c, found.error, { at, work });
  const { lost, missed, gone, back, money } = found.value;
  const { end, last } = read.value;
  const refunds = end && plan.refundsFrom ? await refundedOrders(c, plan.refundsFrom, plan.nightly) : notLooked;

  await swept(db, tenant, now);
  const ids = [...new Set([...lost, ...gone, ...back])];
  const next: Work[] = ids.map((orderId) => ({ kind: "order.changed", orderId }));
  next.push(...over.next);
  next.push(...money.map((orderId): Work => ({ kind: "order.money", orderId })));
  next.push(...refunds.next);
  next.push(...(await unpaidTooLong(c, now)));
  // Its own item schedules itself; here it is put where it is missing (F15).
  if (isDaily(settings.document)) next.push({ kind: "day.close" });
  // Once an hour, and when notices do not come, the webhooks themselves are looked at (K26).
  const looked = Date.parse(c.store.hooksCheckedAt ?? "") || 0;
  if (missed.length > 0 || c.now() - looked > HOUR_MS / c.config.timeScale) next.push({ kind: "hooks.ensure" });
  const seen: Progress = {
    seenTo: later(progress?.seenTo, last),
    line: end ? line : (progress?.line ?? now),
    nightlyAt: end && (plan.nightly || !progress) ? now : (progress?.nightlyAt ?? now),
    refundsAt: refunds.listed ? now : (progress?.refundsAt ?? progress?.nightlyAt ?? now),
  };
  const again: Work = { kind: "orders.sweep", seen, ...(end ? {} : { after: last }) };
  const note = `${read.value.rows.length} orders compared since ${plan.from}, ${ids.length} to look at${plan.nightly ? ", at night" : ""}.`;
  const told = [...(progress ? [] : [POLLING]), ...lines(work, missed, lost, plan), ...refunds.told];
  return done(note, { next, again: { at: end ? at : c.now(), work: again }, told, clears: over.clears });
}

/** Orders whose stock is given back because nobody paid in time (M31); told from D1 alone. */
async function unpaidTooLong(c: LinkedContext, now: string): Promise<Work[]> {
  const held = await heldUnpaid(c.db, c.tenant, PUT_BACK);
  const over = held.filter((row) => heldUntil(row, c.settings.document, c.store.timeZone) <= now);
  return over.map(({ orderId }) => ({ kind: "order.unpaid", orderId }));
}

/** Works without Cin7's automation module (cin7-core.md 1.6). */
const POLLING: Told = {
  side: "Cin7 Core",
  what: "polling",
  text: "Cin7 Core is asked once a minute which sales changed. Its own notices need a module that costs extra and are not used.",
};

type Found = { lost: number[]; missed: number[]; gone: number[]; back: number[]; money: number[] };

async function lookThrough(c: LinkedContext, plan: SweepPlan, { rows, end }: Changes): Promise<Result<Found, Unwanted>> {
  const { db, tenant } = c;
  const stored = await knownOrders(
    db,
    tenant,
    rows.map((row) => row.id),
  );
  const changed = changedOrders(rows, stored);
  // An invoice that waits does not look at the order again: only a look at the order counts.
  const held = c.holding(
    changed.map((row) => row.id),
    "order.changed",
  );
  const lost = changed.filter((row) => !held.has(row.id));
  const before = new Date(c.now() - ON_ITS_WAY_MS / c.config.timeScale).toISOString();
  const missed = plan.backfill ? [] : missedOrders(lost, before).map((row) => row.id);

  const shown = new Set(rows.map((row) => row.id));
  const gone = end ? (await openSince(db, tenant, plan.from, PUT_BACK)).filter((id) => !shown.has(id)) : [];
  const back = await unfinished(db, tenant, PUT_BACK);
  const money: number[] = [];
  if (end && plan.nightly) {
    const night = await notShown(c, shown);
    if (!night.ok) return night;
    gone.push(...night.value);
    money.push(...(await shortSales(c)));
  }
  const here = c.holding([...gone, ...back, ...money]);
  const free = (ids: number[]) => ids.filter((id) => !here.has(id));
  return ok({ lost: lost.map((row) => row.id), missed, gone: free(gone), back: free(back), money: free(money) });
}

/** Every open order of the last 30 days that the list does not show any more, a page for each range of numbers: archived. */
async function notShown(c: LinkedContext, shown: ReadonlySet<number>): Promise<Result<number[], Unwanted>> {
  const since = new Date(c.now() - OPEN_DAYS * 24 * HOUR_MS).toISOString();
  const open = (await openPlacedSince(c.db, c.tenant, since, PUT_BACK)).filter((id) => !shown.has(id));
  const seen = new Set<number>();
  for (const range of ranges(open, RANGE)) {
    const read = await readRange(c.bigcommerce, range);
    if (!read.ok) return err(read.error);
    for (const row of read.value) seen.add(row.id);
  }
  return ok(open.filter((id) => !seen.has(id)));
}

/** The peer's trouble and a missing permission end one sweep, never the sweeping. */
function stopped(c: LinkedContext, answer: Unwanted, again: { at: number; work: Work }): Outcome {
  const outcome = outcomeOf(answer, c, "store_v2_orders");
  if (outcome.is === "blocked") return { ...outcome, again };
  return outcome.is === "later" ? { ...outcome, strike: false } : outcome;
}

function lines(work: WorkOf<"orders.sweep">, missed: readonly number[], lost: readonly number[], plan: SweepPlan): Told[] {
  const orders = (ids: readonly number[]) => (ids.length === 1 ? `Order ${ids[0]}` : `${ids.length} orders (${some(ids)})`);
  if (missed.length > 0) {
    const text = `${orders(missed)} changed without a word from BigCommerce; we found ${missed.length === 1 ? "it" : "them"} by looking.`;
    return [{ side: "BigCommerce", what: "found", text }];
  }
  if (!work.from) return [];
  const since = `${plan.from.slice(0, 10)} ${plan.from.slice(11, 16)} UTC`;
  const text =
    lost.length === 0
      ? `Everything since ${since} was compared: nothing is missing.`
      : `Everything since ${since} was compared: ${orders(lost)} had not reached us and ${lost.length === 1 ? "goes" : "go"} now.`;
  return [{ side: "BigCommerce", what: "found", text }];
}

const later = (a: string | undefined, b: string): string => (a && a > b ? a : b);
