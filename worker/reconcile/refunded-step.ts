import { refundedSince } from "../bigcommerce/refunds.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import type { Told } from "../inbox/outcome.ts";
import type { Work } from "../inbox/work.ts";

/** `listed`: BigCommerce told of all there are. */
type Refunded = { next: Work[]; told: Told[]; listed: boolean };
/** Not looked for in this sweep. */
export const notLooked: Refunded = { next: [], told: [], listed: false };

/**
 * Every order with a refund since `from`, whatever was told of it: a refund needs to change nothing of its order. Whatever keeps
 * BigCommerce from listing them keeps no order waiting: it is told once, at night, and asked again with each sweep until it does. That they
 * are owed is known by when they were listed last, and not by the item: a sweep that is woken forgets nothing.
 */
export async function refundedOrders(c: LinkedContext, from: string, nightly: boolean): Promise<Refunded> {
  const read = await refundedSince(c.bigcommerce, from);
  if (read.is !== "read") return { next: [], told: nightly ? [UNLISTED] : [], listed: false };
  return { next: read.value.map((orderId) => ({ kind: "order.refunds", orderId })), told: nightly ? [] : [LISTED], listed: true };
}

const UNLISTED: Told = {
  side: "BigCommerce",
  what: "down",
  text: "BigCommerce did not list the refunds of the last two days. We ask again every 5 minutes; refunds that it tells us of itself come in as always.",
};
const LISTED: Told = { side: "BigCommerce", what: "back", text: "BigCommerce lists refunds again: none was missed." };
