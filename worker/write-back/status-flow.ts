import * as z from "zod";
import { changeMetafield, createMetafield, type Metafield, metafield, metafieldsOf } from "../bigcommerce/metafields.ts";
import { staffNotesOf, writeStaffNotes } from "../bigcommerce/order.ts";
import { type ShopRead, unreadable } from "../bigcommerce/reading.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { forget, recall, remember } from "../inbox/notes.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { outcomeOf } from "../inbox/vendor-answer.ts";
import type { Answer } from "../lib/http.ts";
import { readStages } from "../orders/state.ts";
import { orderFor } from "../orders/store.ts";
import { noteWith, SEEN, seenText } from "./status-words.ts";

/**
 * `order.seen` (M45): the sale's number and stage on the order in BigCommerce, as a metafield of ours and, where Setup asks for
 * it, as a line of the staff notes. Written only when it says something new, so that BigCommerce telling us of our own write
 * leads to no other one.
 */
export async function tellOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderFor(c, orderId);
  const value = row && seenText(row.saleNumber, readStages(row.stages));
  if (!value) return done("Nothing to write to the order.");
  const { metafield, staffNote } = c.settings.document.seen;
  const answers = [metafield ? await inMetafield(c, orderId, value) : null, staffNote ? await inNotes(c, orderId, value) : null];
  const open = answers.find((answer): answer is Exclude<ShopRead<unknown>, { is: "read" }> => answer !== null && answer.is !== "read");
  if (!open) return done(answers.some((answer) => answer !== null) ? `The order says ${value}.` : "The order says so already.");
  // A permission that lacks, or an order that is gone, keeps nothing else from working.
  if (open.is === "missing" || open.is === "refused" || open.is === "denied") return done("BigCommerce did not take the note.");
  return outcomeOf(unreadable(open), c, "store_v2_orders");
}

/** Null: it says so already. */
async function inMetafield(c: LinkedContext, orderId: number, value: string): Promise<ShopRead<Metafield> | null> {
  const step = `order:${orderId}:seen`;
  const told = recall(c.claims, step, metafield);
  if (told?.value === value) return null;
  const body = { permission_set: "read", ...SEEN, value, description: "Sale in Cin7 Core" };
  const answer = told ? await changeMetafield(c.bigcommerce, orderId, told.id, body) : await first(c, orderId, body);
  // Gone by hand: written anew the next time.
  if (answer.is === "missing") await forget(c.claims, step);
  if (answer.is === "read") await remember(c.claims, step, value, { id: answer.value.id, value } satisfies Metafield);
  return answer;
}

/** No memory of it: BigCommerce answers 409 where one of ours is there already, which is then changed (facts/bigcommerce.md 4.1). */
async function first(c: LinkedContext, orderId: number, body: object): Promise<ShopRead<Metafield>> {
  const made = await createMetafield(c.bigcommerce, orderId, body);
  if (made.is !== "refused" || made.status !== 409) return made;
  const there = await metafieldsOf(c.bigcommerce, orderId, SEEN);
  if (there.is !== "read") return there;
  const own = there.value[0];
  return own ? changeMetafield(c.bigcommerce, orderId, own.id, body) : made;
}

/** Read right before they are written, so that what somebody has noted meanwhile stays. Null: they say so already. */
async function inNotes(c: LinkedContext, orderId: number, value: string): Promise<ShopRead<unknown> | null> {
  const step = `order:${orderId}:noted`;
  if (recall(c.claims, step, z.literal(value))) return null;
  const there = await staffNotesOf(c.bigcommerce, orderId);
  if (there.is !== "read") return there;
  const text = noteWith(there.value, value);
  const answer = text === null ? there : asRead(await writeStaffNotes(c.bigcommerce, orderId, text));
  if (answer.is === "read") await remember(c.claims, step, value, value);
  return answer;
}

const asRead = (answer: Answer): ShopRead<unknown> => (answer.is === "ok" ? { is: "read", value: answer.body } : answer);
