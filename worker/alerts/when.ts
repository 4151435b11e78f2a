import { boundsOf, dayIn } from "../lib/days.ts";
import type { Problem } from "../problems/registry.ts";

/**
 * When a problem is told of by mail (M42): at once (within ten minutes), in the summary of the next morning, or not, because
 * *Needs attention* is enough. What holds an order is told at once whatever its kind.
 */
export type When = "now" | "daily" | "shown";

export const WHEN: Readonly<Record<Problem["kind"], When>> = {
  // An order waits for a person.
  "setup-incomplete": "now",
  "tax-unmapped": "now",
  "charge-missing": "now",
  // Only where Setup sends unknown SKUs as a line without stock; held ones are told at once.
  "sku-unknown": "daily",
  "total-differs": "now",
  "currency-unsupported": "now",
  "currency-customer-missing": "now",
  "several-addresses": "now",
  "order-malformed": "now",
  "status-hold": "now",
  "test-payment": "now",
  "cin7-refused": "now",
  "cin7-total-differs": "now",
  "sale-voided": "now",
  "maybe-imported-elsewhere": "now",
  "sale-exists": "now",
  "customer-gone": "now",
  "books-locked": "now",
  "stocktake-open": "now",
  "assembly-short": "now",
  "cancel-waits": "now",
  parked: "now",
  // Goods may leave that must not, or never leave.
  "changed-after-sale": "now",
  "twin-sale": "now",
  "voided-after-sale": "now",
  // The next order will be held.
  "setting-gone": "now",
  "other-connection": "now",
  "tax-class-new": "now",
  "price-basis": "now",
  // Nothing moves.
  "bigcommerce-down": "now",
  "cin7-down": "now",
  "bigcommerce-denied": "now",
  "cin7-denied": "now",
  // Booked twice: before somebody pays or reports it.
  "written-twice": "now",
  // For the books, within the day.
  "payment-unmapped": "daily",
  "payment-differs": "daily",
  "sale-unfinished": "daily",
  // Orders still come, a little later.
  "hooks-refused": "daily",
  "unpaid-released": "daily",
  "test-sale-left": "daily",
  "setting-renamed": "daily",
  "tax-class-gone": "daily",
  // The warehouse sees it where it works.
  "not-fulfilled": "shown",
};

export const whenOf = (kind: Problem["kind"], holds: boolean): When => (holds ? "now" : WHEN[kind]);
export const kindsTold = (when: When): Problem["kind"][] => (Object.keys(WHEN) as Problem["kind"][]).filter((kind) => WHEN[kind] === when);

const EIGHT_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** The last and the next eight o'clock in the morning of a zone, around `now`; epoch milliseconds. */
export function mornings(now: number, zone: string): { last: number; next: number } {
  const eight = (at: number) => Date.parse(boundsOf(dayIn(new Date(at).toISOString(), zone), zone).from) + EIGHT_MS;
  const today = eight(now);
  return today <= now ? { last: today, next: eight(now + DAY_MS) } : { last: eight(now - DAY_MS), next: today };
}
