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

// ---- numbers and marks -----------------------------------------------------------------------------------------

/** What a daily sale is for: one for each of these (F15). `place`: its location, as `placeKey` has it. */
export type DayGroup = { day: string; end: string; currency: string; place: string; taxInclusive: boolean };

/**
 * What stands in its mark between store and generation: `day-20261122-1200:AUD:3f2a9c01`: the store's day, so that people can
 * read it, and the time of its end in UTC; an `i` follows where prices hold their tax.
 */
export function stemOf({ day, end, currency, place, taxInclusive }: DayGroup): string {
  return `day-${day.replaceAll("-", "")}-${end.slice(11, 13)}${end.slice(14, 16)}:${currency}:${place}${taxInclusive ? "i" : ""}`;
}

const STEM = /^day-(\d{8})-\d{4}:[A-Z]{3}:[a-z0-9]{8}i?$/;
const SPAN = 10_000_000;

/**
 * The number under which a daily sale goes where orders have theirs: negative, the day first, then a number made of the rest,
 * so that it is known from its mark alone. Null: no stem.
 */
export function numberOf(stem: string): number | null {
  const day = STEM.exec(stem)?.[1];
  if (!day) return null;
  return -(Number(day) * SPAN + (hashOf(stem) % SPAN));
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

/** Whether a number of `orders` is a daily sale's. */
export const isDaySale = (orderId: number): boolean => orderId < 0;

/** The day of a daily sale's number: `2026-11-22`. */
export function dayOfNumber(daySale: number): string {
  const text = String(Math.floor(-daySale / SPAN)).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** Eight characters for a location's ID, made of all of it: IDs may begin alike. */
export const placeKey = (id: string): string => hashOf(id.toLowerCase()).toString(16).padStart(8, "0");
