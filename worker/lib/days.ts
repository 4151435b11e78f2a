import { Temporal } from "temporal-polyfill";

/** Days and instants. A day is `YYYY-MM-DD` in the store's own time zone (M12, J20). */

/** The day on which an instant falls in a zone. An unknown zone counts as UTC, said by the caller. */
export function dayIn(instant: string, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(knownZone(zone)).toPlainDate().toString();
}

/** Epoch milliseconds as they are stored. */
export const iso = (ms: number): string => new Date(ms).toISOString();

/** First instant of a day and of the next one: half-open, 23 or 25 hours on DST days. */
export function boundsOf(day: string, zone: string): { from: string; to: string } {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(knownZone(zone));
  return { from: start.toInstant().toString(), to: start.add({ days: 1 }).toInstant().toString() };
}

/** The day `days` calendar days later. */
export const daysAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

export function knownZone(zone: string): string {
  try {
    return Temporal.Now.zonedDateTimeISO(zone).timeZoneId;
  } catch {
    return "UTC";
  }
}

/** RFC 2822 (BigCommerce v2) or ISO 8601 to ISO 8601 UTC; never-set (`""`), null and nonsense: null. */
export function instant(text: unknown): string | null {
  if (typeof text !== "string" || text.trim() === "") return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

const DAY_MS = 86_400_000;
/** No day of the books lies in the future; a shop's clock may be a little ahead, its zone up to a day. */
export const isPlausible = (at: string, now: string): boolean => Date.parse(at) <= Date.parse(now) + DAY_MS;
