import type { Remedy } from "../contract/index.ts";

/** Parts of sentences about problems, and the remedies that most of them offer. */

/** Orders that wait for it or are told of by it: some of them, and how many in all. */
export type About = { orders: readonly number[]; orderCount: number };

export const order = (about: About): string => (about.orders[0] === undefined ? "an order" : `order ${about.orders[0]}`);
export const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const held = (about: About): string => `${sentenceStart(order(about))} is held`;

/** "3 other orders wait for the same reason. " */
export function others(about: About, none = ""): string {
  const rest = about.orderCount - 1;
  if (none && about.orderCount > 0)
    return about.orderCount === 1 ? `Order ${about.orders[0] ?? ""} waits. ` : `${about.orderCount} orders wait. `;
  if (none) return `${none}. `;
  return rest <= 0 ? "" : rest === 1 ? "1 other order waits for the same reason. " : `${rest} other orders wait for the same reason. `;
}

const SMALL = ["", "", "both", "all three", "all four", "all five", "all six", "all seven", "all eight", "all nine", "all ten"];

export const go = ({ orderCount }: About): string =>
  orderCount <= 1 ? "it goes by itself" : `${SMALL[orderCount] ?? `all ${orderCount}`} go at once`;

/** What it means and what to do, for a gap that one decision closes for every order that waits. */
export const tell = (about: About, remedy: string): string => `${others(about)}Stock is held. ${remedy}: ${go(about)}.`;

const openOrder = (orderId: number): Remedy => ({ label: `Open order ${orderId}`, to: `/orders/${orderId}` });
export const open = (about: About): Remedy[] => (about.orders[0] === undefined ? [] : [openOrder(about.orders[0])]);
export const process = (about: About): Remedy[] => {
  const first = about.orders[0];
  return first === undefined || about.orderCount > 1 ? open(about) : one(first);
};
export const one = (orderId: number): Remedy[] => [{ label: `Process order ${orderId}`, action: "process", orderId }, openOrder(orderId)];

/** Of a cancelled order: what was assembled for it is not undone by itself. */
export const stays = (assembled: string | undefined): string =>
  assembled ? ` What was assembled for it stays in stock: ${assembled}. Take it apart in Cin7 Core if it will not be sold.` : "";
