import type { Remedy } from "../contract/index.ts";
import { dayOfNumber, isDaySale } from "../lib/day-sale.ts";

/** Parts of sentences about problems, and the remedies that most of them offer. */

/** A title is a sentence; or it names an order that is held and says why, so that a list which shows the order beside it says the rest alone. */
export type Title = string | { who: string; why: string };
export const titleOf = (title: Title): string => (typeof title === "string" ? title : `${sentenceStart(title.who)} is held: ${title.why}`);
export const whyOf = (title: Title): string => (typeof title === "string" ? title : sentenceStart(title.why));

/** Orders that wait for it or are told of by it: some of them, and how many in all. */
export type About = { orders: readonly number[]; orderCount: number };

export const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What people read for an order's number: a daily sale goes as an order with a number of its own (F15), and they read its day. */
export const named = (orderId: number): string => (isDaySale(orderId) ? `the daily sale of ${dayOfNumber(orderId)}` : `order ${orderId}`);
export const Named = (orderId: number): string => sentenceStart(named(orderId));
/** What a sentence that has named the order calls it. */
export const processIt = (orderId: number | undefined): string => (orderId && isDaySale(orderId) ? "process it" : "process the order");
export const cancelIt = (orderId: number): string => (isDaySale(orderId) ? "cancel its orders" : "cancel the order");
export const stillOpen = (orderId: number): string =>
  isDaySale(orderId) ? "Its orders are still open in BigCommerce" : "The order is still open in BigCommerce";

export const order = (about: About): string => (about.orders[0] === undefined ? "an order" : named(about.orders[0]));
/** A title that says which order is held, and why. */
export const isHeld = (who: string, why: string): Title => ({ who, why });

/** "3 other orders wait for the same reason. " */
export function others(about: About): string {
  const rest = about.orderCount - 1;
  return rest <= 0 ? "" : rest === 1 ? "1 other order waits for the same reason. " : `${rest} other orders wait for the same reason. `;
}

/** "3 orders wait. ", of what stops them all. */
export function waiting(about: About): string {
  const first = about.orders[0];
  if (about.orderCount > 1) return `${about.orderCount} orders wait. `;
  return first === undefined ? "Orders wait. " : `${Named(first)} waits. `;
}

/** A payment method: "Card", or of money in another currency "Card in USD". */
export const methodIn = ({ method, currency }: { method: string; currency?: string }): string =>
  currency === undefined ? method : `${method} in ${currency}`;

const SMALL = ["", "", "both", "all three", "all four", "all five", "all six", "all seven", "all eight", "all nine", "all ten"];

export const go = ({ orderCount }: About): string =>
  orderCount <= 1 ? "it goes by itself" : `${SMALL[orderCount] ?? `all ${orderCount}`} go at once`;

/** What it means and what to do, for a gap that one decision closes for every order that waits. */
export const tell = (about: About, remedy: string): string => `${others(about)}Stock is held. ${remedy}: ${go(about)}.`;

const openOrder = (orderId: number): Remedy => ({ label: `Open ${named(orderId)}`, to: `/orders/${orderId}` });
export const openOne = (orderId: number): Remedy[] => [openOrder(orderId)];
export const open = (about: About): Remedy[] => (about.orders[0] === undefined ? [] : openOne(about.orders[0]));
export const process = (about: About): Remedy[] => {
  const first = about.orders[0];
  return first === undefined || about.orderCount > 1 ? open(about) : one(first);
};
const processing = (orderId: number) => ({ label: `Process ${named(orderId)}`, action: "process", orderId }) as const;
/** Something is mended first, in one of the two systems or in Setup; then the order is processed. */
export const one = (orderId: number): Remedy[] => [{ ...processing(orderId), after: true }, openOrder(orderId)];
/** To process it is the remedy. */
export const redo = (orderId: number): Remedy[] => [processing(orderId), openOrder(orderId)];

/** Of a cancelled order: what was assembled for it is not undone by itself. */
export const stays = (assembled: string | undefined): string =>
  assembled ? ` What was assembled for it stays in stock: ${assembled}. Take it apart in Cin7 Core if it will not be sold.` : "";
