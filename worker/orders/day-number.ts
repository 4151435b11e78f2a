import { SPAN } from "../lib/day-sale.ts";

/** Numbers and marks of daily sales, made of what each is for (F15, design 3.3). */
/** What a daily sale is for: one for each of these (F15). `place`: its location, and the rate of a foreign currency, as `placeKey` has it. */
export type DayGroup = { day: string; end: string; currency: string; place: string; taxInclusive: boolean };

/**
 * What stands in its mark between store and generation: `day-20261122-1200:AUD:3f2a9c01`: the store's day, so that people can
 * read it, and the time of its end in UTC; an `i` follows where prices hold their tax.
 */
export function stemOf({ day, end, currency, place, taxInclusive }: DayGroup): string {
  return `day-${day.replaceAll("-", "")}-${end.slice(11, 13)}${end.slice(14, 16)}:${currency}:${place}${taxInclusive ? "i" : ""}`;
}

const STEM = /^day-(\d{8})-\d{4}:[A-Z]{3}:[a-z0-9]{8}i?$/;

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

/** Eight characters for a location's ID, made of all of it: IDs may begin alike. */
export const placeKey = (id: string): string => hashOf(id.toLowerCase()).toString(16).padStart(8, "0");
