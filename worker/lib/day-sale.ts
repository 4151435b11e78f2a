/**
 * A daily sale goes under a number where orders have theirs: negative, its day first (F15; `SPAN` leaves room for the rest), so
 * that its day is known from the number alone, in every room.
 */
export const SPAN = 10_000_000;

/** Whether a number of `orders` is a daily sale's. */
export const isDaySale = (orderId: number): boolean => orderId < 0;

/** The day of a daily sale's number: `2026-11-22`. */
export function dayOfNumber(daySale: number): string {
  const text = String(Math.floor(-daySale / SPAN)).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
