import { dayIn } from "../lib/days.ts";

/**
 * How far the last sweeps came; `line`: *Take orders from* as everything since was looked through; `refundsAt`: refunds since
 * then are still to be listed, absent (an older release): since the last night. Instants ISO 8601 UTC.
 */
export type Progress = { seenTo: string; line: string; nightlyAt: string; refundsAt?: string | null };
export type SweepPlan = {
  /** The list is read from here. */
  from: string;
  nightly: boolean;
  /** The first look, a line moved back, a gap: what is found then was not missed by anybody. */
  backfill: boolean;
  /** Refunds since then are to be asked for, once a night and until BigCommerce lists them; null: that was done. */
  refundsFrom: string | null;
};

/** The list may show a change late, and two clocks differ: every sweep looks 10 minutes further back (design 2). */
const OVERLAP_MS = 600_000;
const NIGHTLY_MS = 48 * 3_600_000;
const EVERY_MS = 300_000;

const back = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString();

export type Known = {
  progress: Progress | null;
  /** Orders are taken from this instant on. */
  line: string;
  /** Notices were lost since. */
  gapFrom: string | null;
  /** A sweep that was too long goes on here. */
  after: string | null;
  now: string;
  timeZone: string;
};

/** What this sweep looks through (K5): since the last one, all of the last 48 hours at night, from the line at first. */
export function planOf({ progress, line, gapFrom, after, now, timeZone }: Known): SweepPlan {
  const nightly = progress !== null && isNight(progress.nightlyAt, now, timeZone);
  const moved = progress !== null && line < progress.line;
  const backfill = progress === null || moved || gapFrom !== null || after !== null;
  const refundsFrom = refundsOwed(progress, now, timeZone);
  if (after) return { from: after, nightly, backfill, refundsFrom };
  const starts = [
    progress === null || moved ? line : back(progress.seenTo, OVERLAP_MS),
    ...(gapFrom ? [back(gapFrom, OVERLAP_MS)] : []),
    ...(nightly ? [back(now, NIGHTLY_MS)] : []),
  ].sort();
  const first = starts[0] as string;
  return { from: first < line ? line : first, nightly, backfill, refundsFrom };
}

/** The last 48 hours, whatever was told of them; further back when BigCommerce has not listed them for longer. */
function refundsOwed(progress: Progress | null, now: string, timeZone: string): string | null {
  if (!progress) return null;
  const listed = progress.refundsAt ?? progress.nightlyAt;
  const since = [back(listed, OVERLAP_MS), back(now, NIGHTLY_MS)].sort();
  return isNight(listed, now, timeZone) ? (since[0] as string) : null;
}

/** The first sweep after two in the morning of the store's own day. */
export function isNight(lastAt: string, now: string, timeZone: string): boolean {
  const dayOf = (instant: string) => dayIn(back(instant, 2 * 3_600_000), timeZone);
  return dayOf(lastAt) < dayOf(now);
}

/** When the next sweep is due: 5 minutes, ± 10 % so that stores do not march in step. `jitter` in [0, 1). */
export const nextSweep = (now: number, jitter: number, timeScale: number): number => now + (EVERY_MS * (0.9 + 0.2 * jitter)) / timeScale;

/** Order numbers as few ranges as may be, each shown whole by one page of the list. Ascending. */
export function ranges(orderIds: readonly number[], span: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const id of [...orderIds].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && id - last.from < span) last.to = id;
    else found.push({ from: id, to: id });
  }
  return found;
}
