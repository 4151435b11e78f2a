import type { Pace } from "../contract/index.ts";

/** An order as it came and went. Instants are ISO 8601 UTC. */
export type Passed = {
  /** From when it waits: when its moment had come, else when it was placed. */
  since: string;
  /** When its sale was first in Cin7; null: not yet, or not told. */
  sentAt: string | null;
  /** It waits now: neither in Cin7 nor out. */
  waits: boolean;
};

const HOUR = 3_600_000;
const HOURS = 24;
/** So many whole days make a habit. */
const ENOUGH_DAYS = 3;
const MOST_DAYS = 28;

/**
 * The last 24 hours, one by one: orders placed against the usual of that hour of the day, and how many waited for Cin7 at its end.
 * `placed`: the newest orders, each by when it was placed; as far back as they reach is what the usual is taken from. Pure.
 */
export function paceOf(placed: readonly string[], passed: readonly Passed[], now: number): Pace {
  const first = Math.floor(now / HOUR) * HOUR - (HOURS - 1) * HOUR;
  const at = placed.map((each) => Date.parse(each));
  const oldest = at.reduce((min, each) => Math.min(min, each), now);
  const days = Math.min(MOST_DAYS, Math.floor((first - oldest) / (HOURS * HOUR)));
  const known = days >= ENOUGH_DAYS;
  const before = new Array<number>(HOURS).fill(0);
  const here = new Array<number>(HOURS).fill(0);
  for (const each of at) {
    const hour = Math.floor((each - first) / HOUR);
    if (hour >= 0 && hour < HOURS) here[hour] = (here[hour] ?? 0) + 1;
    else if (hour < 0 && hour >= -days * HOURS) {
      const slot = ((hour % HOURS) + HOURS) % HOURS;
      before[slot] = (before[slot] ?? 0) + 1;
    }
  }
  const hours = here.map((orders, i) => {
    const end = Math.min(first + (i + 1) * HOUR, now);
    const usual = known ? Math.round(((before[i] ?? 0) / days) * 10) / 10 : null;
    return { at: new Date(first + i * HOUR).toISOString(), orders, usual, waiting: passed.filter((each) => waitedAt(each, end)).length };
  });
  return { hours, days: known ? days : 0 };
}

function waitedAt({ since, sentAt, waits }: Passed, end: number): boolean {
  if (Date.parse(since) > end) return false;
  return sentAt === null ? waits : Date.parse(sentAt) > end;
}
