import { Temporal } from "temporal-polyfill";
import { dayIn, daysAfter, knownZone } from "../../lib/days.ts";

/**
 * The days of daily sales (F15, F16): each ends at its *consolidation time* in the store's zone, the next begins there, so an
 * instant belongs to exactly one: [end of the day before, end of the day). Instants are ISO 8601 UTC, `time` is HH:MM.
 */
const instant = (at: Temporal.Instant): string => new Date(at.epochMilliseconds).toISOString();

/** The end that falls on this calendar day. A time that does not exist is moved on as the clocks are; of a doubled one the first counts. */
function endOn(day: string, time: string, zone: string): string {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: knownZone(zone), plainTime: Temporal.PlainTime.from(time) });
  return instant(at.toInstant());
}

/** The first end after an instant. */
export function endAfter(after: string, time: string, zone: string): string {
  const today = dayIn(after, zone);
  const ends = [-1, 0, 1, 2].map((days) => endOn(daysAfter(today, days), time, zone));
  return ends.find((end) => end > after) ?? endOn(daysAfter(today, 3), time, zone);
}

/** The last end that an instant has reached. */
export function endUpTo(at: string, time: string, zone: string): string {
  const today = dayIn(at, zone);
  const ends = [1, 0, -1, -2].map((days) => endOn(daysAfter(today, days), time, zone));
  return ends.find((end) => end <= at) ?? endOn(daysAfter(today, -3), time, zone);
}

/** What a day is called: the date on which its last moment falls. */
export const dayOf = (end: string, zone: string): string => dayIn(new Date(Date.parse(end) - 1).toISOString(), zone);

/** Days that are over and not closed yet, oldest first, at most 31; `closedTo` null: nothing is known of any day, so the first one begins now. */
export function endsDue(closedTo: string | null, now: string, time: string, zone: string): string[] {
  if (closedTo === null) return [];
  const due: string[] = [];
  for (let end = endAfter(closedTo, time, zone); end <= now && due.length < 31; end = endAfter(end, time, zone)) due.push(end);
  return due;
}
