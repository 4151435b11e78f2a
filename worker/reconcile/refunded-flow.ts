import { refundedSince } from "../bigcommerce/refunds.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import type { Told } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";

/** Looked for each night: what one night misses the next one still finds. */
const SINCE_MS = 48 * 3_600_000;

type Refunded = { next: Work[]; told: Told[]; owed: boolean };
/** Not looked for in this sweep. */
export const notYet = (owed = false): Refunded => ({ next: [], told: [], owed });

/**
 * Every order with a refund of the last two days, whatever was told of it: a refund needs to change nothing of its order. Whatever
 * keeps BigCommerce from listing them keeps no order waiting: it is told once, and asked again with each sweep (`owed`) until it does.
 */
export async function refundedOrders(c: LinkedContext, owed: boolean): Promise<Refunded> {
  const read = await refundedSince(c.bigcommerce, new Date(c.now() - SINCE_MS).toISOString());
  if (read.is !== "read") return { next: [], told: owed ? [] : [UNLISTED], owed: true };
  return {
    next: read.value.map((orderId) => ({ kind: "order.refunds", orderId })),
    told: owed ? [LISTED] : [],
    owed: false,
  };
}

const UNLISTED: Told = {
  side: "BigCommerce",
  what: "down",
  text: "BigCommerce did not list the refunds of the last two days. We ask again every 5 minutes; refunds that it tells us of itself come in as always.",
};
const LISTED: Told = { side: "BigCommerce", what: "back", text: "BigCommerce lists the refunds of the last two days again." };
