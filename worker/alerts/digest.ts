import type { ProblemArea, ProblemRow } from "../contract/index.ts";
import { URGENCIES } from "../contract/urgency.ts";
import { withoutVendorText } from "../problems/row.ts";

/** Two addresses (M42): what finance must decide goes to *money*, everything else to *orders and stock*. */
export type AlertArea = "orders" | "money";
export const AREAS: readonly AlertArea[] = ["orders", "money"];
export const AREA_WORDS: Record<AlertArea, string> = { orders: "orders and stock", money: "money" };
export const areasOf = (area: AlertArea): readonly ProblemArea[] => (area === "money" ? ["finance"] : ["shop", "warehouse"]);

/** At most one message in ten minutes for each address. */
export const DIGEST_MS = 600_000;

const LISTED = 20;
const plural = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/**
 * One message for all that is new: what happened and what to do, in the words of *Needs attention*. No names, no addresses.
 * `daily`: nothing in it is urgent.
 */
export function digest(
  given: readonly ProblemRow[],
  store: { name: string; hash: string; appUrl: string },
  daily = false,
): { subject: string; text: string } {
  const rows = given.toSorted((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency));
  const [first] = rows;
  const subject = daily
    ? `${store.name}: summary of the day, ${plural(rows.length, "thing", "things")} to look at`
    : rows.length === 1 && first
      ? `${store.name}: ${first.title}`
      : `${store.name}: ${plural(rows.length, "thing needs", "things need")} attention`;
  const at = `${store.appUrl}/stores/${store.hash}`;
  const words = (row: ProblemRow) => `* ${inOneLine(row.title)}\n  ${inOneLine(withoutVendorText(row).text)}\n  ${at}${pageOf(row)}`;
  const listed = rows.slice(0, LISTED).map(words);
  const more = rows.length > LISTED ? [`And ${rows.length - LISTED} more.`] : [];
  const way =
    "The links ask you to sign in. In your BigCommerce control panel open Lockstep from Apps and choose Needs attention, or search the order.";
  const who = "You receive this because your address is set under Setup, People and alerts.";
  return { subject: withoutLinks(subject).slice(0, 200), text: [...listed, ...more, way, who].join("\n\n") };
}

/** A mail program makes links of addresses: the only ones in a message are ours, whatever a store or a product is called. */
const withoutLinks = (text: string): string => text.replace(/:\/\//g, ": //").replace(/\bwww\./gi, "www ");
/** And none of these begins a line that looks like one of ours. */
const inOneLine = (text: string): string => withoutLinks(text).replace(/\s+/g, " ");
/** Where it is seen: the page of the one order that it is about, else the list. */
const pageOf = ({ orders, orderCount }: ProblemRow): string =>
  orderCount === 1 && orders[0] !== undefined ? `/orders/${orders[0]}` : "/attention";

/** Nothing that a person typed stands in a message to an address that nobody has confirmed, or in a test. */
export const codeMessage = (store: { hash: string }, code: string): { subject: string; text: string } => ({
  subject: `${code} confirms this address for alerts of Lockstep`,
  text: [
    `The code is ${code}. It is good for one day.`,
    `Somebody entered this address in Lockstep for Cin7 Core, for alerts of the BigCommerce store ${store.hash}. Whoever set it up types the code under Setup, People and alerts.`,
    "Nothing else is sent here before that. If you expect no such messages, do nothing.",
  ].join("\n\n"),
});

export const testMessage = (store: { hash: string }, area: AlertArea): { subject: string; text: string } => ({
  subject: "Test message of Lockstep",
  text: [
    `This address hears about ${AREA_WORDS[area]} of the BigCommerce store ${store.hash}.`,
    "When something needs a decision or stands still, one message tells of it here: at most one in ten minutes, each matter once.",
    "What can wait comes in one summary at eight in the morning.",
    "Nothing needs to be done now.",
  ].join("\n\n"),
});
