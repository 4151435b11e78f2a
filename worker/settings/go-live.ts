import type { Settings } from "../contract/index.ts";
import { boundsOf, instant } from "../lib/days.ts";
import { isDay } from "./parts/orders.ts";

/**
 * *Take orders from* as an instant (M21): a day is its first instant in the store's zone; switching orders on without a
 * start takes this very moment, so that older orders are not touched unasked.
 */
export function withStart(previous: Settings, next: Settings, zone: string, now: string): Settings {
  const { takeFrom, on } = next.orders;
  const goesLive = on && !previous.orders.on;
  // BigCommerce dates orders to the second: an order of this very second is not before it.
  const thisSecond = `${now.slice(0, 19)}.000Z`;
  const start = takeFrom === null ? (goesLive ? thisSecond : null) : isDay(takeFrom) ? boundsOf(takeFrom, zone).from : instant(takeFrom);
  return { ...next, orders: { ...next.orders, takeFrom: start === null ? null : (instant(start) ?? start) } };
}

/**
 * Saving these settings takes in orders that nobody of ours watched: orders are switched on, or the start line goes back. From
 * this moment everything placed before is looked up before it is written (`stores.look_before`, design 3.5).
 */
export function takesOlder(previous: Settings, next: Settings): boolean {
  if (!next.orders.on) return false;
  return !previous.orders.on || (next.orders.takeFrom ?? "") < (previous.orders.takeFrom ?? "");
}
