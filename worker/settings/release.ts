import type { Work } from "../inbox/work.ts";

/** Orders that a change may let pass, as work in portions of at most 200 for one call to the inbox. */
export function releaseOf(orderIds: readonly number[], size = 200): Work[][] {
  const portions: Work[][] = [];
  for (let at = 0; at < orderIds.length; at += size) {
    portions.push(orderIds.slice(at, at + size).map((orderId): Work => ({ kind: "order.changed", orderId })));
  }
  return portions;
}
