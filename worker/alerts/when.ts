import { boundsOf, dayIn } from "../lib/days.ts";

/** When the summary of the day goes (M42); what is told of at once says so itself (`problems.ts` of each slice: `alert`). */
const EIGHT_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** The last and the next eight o'clock in the morning of a zone, around `now`; epoch milliseconds. */
export function mornings(now: number, zone: string): { last: number; next: number } {
  const eight = (at: number) => Date.parse(boundsOf(dayIn(new Date(at).toISOString(), zone), zone).from) + EIGHT_MS;
  const today = eight(now);
  return today <= now ? { last: today, next: eight(now + DAY_MS) } : { last: eight(now - DAY_MS), next: today };
}
