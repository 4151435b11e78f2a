import { type StoreHash, storeHash } from "../lib/ids.ts";
import { numberOf } from "./day-number.ts";

/**
 * Our marks on what we write (design 3.3, M51): `ExternalID = ls:{storeHash}:{orderId}:g{n}` on a sale, with what
 * `daily-sales/rules/day.ts` makes of its day in place of the order on a daily sale,
 * `ls:{orderId}:{transactionId | tender-n}` at the end of a payment's reference, after words that people can read.
 */
export const saleMark = (storeHash: string, orderId: number, generation: number): string => `ls:${storeHash}:${orderId}:g${generation}`;

export const dayMark = (storeHash: string, stem: string, generation: number): string => aroundStem(storeHash, generation).join(stem);
/** What stands before and behind the stem, for where D1 itself puts a mark together. */
export const aroundStem = (storeHash: string, generation: number): [string, string] => [`ls:${storeHash}:`, `:g${generation}`];

/** Of the test sale: `askedAt` (ISO 8601) names it, so the same request is the same sale however often it runs. */
export const trialMark = (storeHash: string, askedAt: string): string => `ls:${storeHash}:trial-${askedAt.replace(/\D/g, "").slice(0, 17)}`;

/** Written by Lockstep, for whichever store and whatever it is: an order's, a daily sale, a test sale. */
export const isOurs = (externalId: string): boolean => externalId.startsWith("ls:");

/** What stands in a daily sale's mark between store and generation. */
export const stemIn = (mark: string): string => mark.split(":").slice(2, -1).join(":");

export type Mark = { store: StoreHash; orderId: number; generation: number };

/** Reads a sale's ExternalID; a daily sale has the number of its row in `orders`. Null: not ours, or no order's. */
export function markOf(externalId: string): Mark | null {
  const parts = /^ls:([a-z0-9]{4,20}):(\d{1,12}|day-.{1,40}):g(\d{1,6})$/.exec(externalId);
  const store = parts && storeHash(parts[1]);
  if (!store || !parts) return null;
  const what = parts[2] as string;
  const orderId = what.startsWith("day-") ? numberOf(what) : Number(what);
  return orderId === null ? null : { store, orderId, generation: Number(parts[3]) };
}

export const paymentMark = (orderId: number, tender: string | number): string => `ls:${orderId}:${tender}`;

/** Stands for every payment of an order (`sameMark`). */
export const anyPayment = (orderId: number): string => `ls:${orderId}:`;

/** Cin7 publishes no length for a payment's reference; its other references hold 256. */
const LONGEST = 256;

/** The words of a reference, without our mark behind them. */
export const wordsBefore = (text: string): string => text.split("|").slice(0, -1).join("|").trim();

/** `ch_3Pq91 | ls:1042:77`: words first, our mark last; the words give way, the mark never does. */
export function reference(words: string, mark: string): string {
  const clean = words.replaceAll("|", "/").trim();
  const kept = [...clean].slice(0, LONGEST - mark.length - 3).join("");
  return kept ? `${kept} | ${mark}` : mark;
}

/** The mark at the end of a reference, or the whole text when it is one; null: none of ours. */
export function markIn(text: string | null | undefined): string | null {
  const last = (text ?? "").split("|").at(-1)?.trim() ?? "";
  return isOurs(last) ? last : null;
}

/**
 * Whether a document carries this mark: the whole mark is equal, never a part of it (`ls:1042:7` is not `ls:1042:77`).
 * A mark that ends with a colon stands for all marks that begin with it: `ls:1042:` = any payment of order 1042.
 */
export function sameMark(text: string | null | undefined, mark: string): boolean {
  const found = markIn(text);
  if (found === null) return false;
  return mark.endsWith(":") ? found.startsWith(mark) : found === mark;
}

/** The claims of an order's money. */
export const invoiceStep = (orderId: number, generation: number): string => `order:${orderId}:g${generation}:invoice`;
export const paymentStep = (orderId: number, generation: number, mark: string): string => `order:${orderId}:g${generation}:payment:${mark}`;
/** Tenders without a transaction of their own: at most three. */
export const tenderMarks = (orderId: number): string[] => [1, 2, 3].map((n) => paymentMark(orderId, `tender-${n}`));

/** The claim of an order's sale: from it on the draft is frozen and the sale may exist (design 3.1, 3.4). */
export const saleStep = (orderId: number, generation: number): string => `order:${orderId}:g${generation}:sale`;
/** The claim of its order document: from it on lines and charges are frozen too. */
export const orderStep = (orderId: number, generation: number): string => `order:${orderId}:g${generation}:order`;
/** Our payment of a sale that is to be void is deleted, by its ID in Cin7. */
export const unpayStep = (orderId: number, generation: number, id: string): string => `order:${orderId}:g${generation}:unpay:${id}`;
export const voidStep = (orderId: number, generation: number): string => `order:${orderId}:g${generation}:void`;
/** Because a person asked for it: another void than that of a cancelled order, which may have been reopened since. */
export const voidByHandStep = (orderId: number, generation: number): string => `order:${orderId}:g${generation}:void-by-hand`;

/** In the notes of what was assembled for an order, whichever generation its sale is: finished goods outlive a void sale. */
export const assemblyMark = (storeHash: string, orderId: number): string => `ls:${storeHash}:${orderId}:assembly`;
export const assemblyStep = (orderId: number, productId: string): string => `order:${orderId}:assembly:${productId}`;
/** It could not be assembled: components were short, or Cin7 refused. */
export const stoppedStep = (orderId: number, productId: string): string => `order:${orderId}:assembly-stopped:${productId}`;
/** Held by the order that looks at a kit's shelf until its own units are allocated: two orders never count the same stock. */
export const turnStep = (location: string, productId: string): string => `assembling:${location}:${productId}`;
