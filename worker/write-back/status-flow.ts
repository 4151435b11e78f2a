import * as z from "zod";
import type { LinkedContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import { outcomeOf } from "../inbox/vendor-answer.ts";
import type { Answer } from "../lib/http.ts";
import { readStages } from "../orders/state.ts";
import { orderFor } from "../orders/store.ts";
import { noteWith, SEEN, seenText } from "./status-words.ts";

const field = z.object({ data: z.object({ id: z.coerce.number(), value: z.string() }) });
const fields = z.object({ data: z.array(z.object({ id: z.coerce.number(), value: z.string() })) });
const withNotes = z.object({ staff_notes: z.string().nullish() });
type Told = { id: number; value: string };

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
  const open = answers.find((answer) => answer !== null && answer.is !== "ok");
  if (!open) return done(answers.some((answer) => answer !== null) ? `The order says ${value}.` : "The order says so already.");
  // A permission that lacks, or an order that is gone, keeps nothing else from working.
  if (open.is === "missing" || open.is === "refused" || open.is === "denied") return done("BigCommerce did not take the note.");
  return outcomeOf(open as Exclude<Answer, { is: "ok" }>, c, "store_v2_orders");
}

/** Null: it says so already. */
async function inMetafield(c: LinkedContext, orderId: number, value: string): Promise<Answer | null> {
  const step = `order:${orderId}:seen`;
  const told = c.claims.of(step)?.answer as Told | null | undefined;
  if (told?.value === value) return null;
  const path = `/v3/orders/${orderId}/metafields`;
  const body = { permission_set: "read", ...SEEN, value, description: "Sale in Cin7 Core" };
  const answer = told ? await c.bigcommerce.put(`${path}/${told.id}`, body) : await first(c, path, body);
  // Gone by hand: written anew the next time.
  if (answer.is === "missing") await c.claims.close(step, "", null);
  const written = answer.is === "ok" ? field.safeParse(answer.body) : null;
  if (written?.success) await c.claims.close(step, value, { id: written.data.data.id, value } satisfies Told);
  return answer;
}

/** No memory of it: BigCommerce answers 409 where one of ours is there already, which is then changed (facts/bigcommerce.md 4.1). */
async function first(c: LinkedContext, path: string, body: object): Promise<Answer> {
  const made = await c.bigcommerce.post(path, body);
  if (made.is !== "refused" || made.status !== 409) return made;
  const there = await c.bigcommerce.get(path, SEEN);
  const known = there.is === "ok" ? fields.safeParse(there.body) : null;
  const own = known?.success ? known.data.data[0] : undefined;
  return own ? c.bigcommerce.put(`${path}/${own.id}`, body) : there.is === "ok" ? made : there;
}

/** Read right before they are written, so that what somebody has noted meanwhile stays. Null: they say so already. */
async function inNotes(c: LinkedContext, orderId: number, value: string): Promise<Answer | null> {
  const step = `order:${orderId}:noted`;
  if (c.claims.of(step)?.answer === value) return null;
  const path = `/v2/orders/${orderId}`;
  const there = await c.bigcommerce.get(path);
  if (there.is !== "ok") return there;
  const notes = withNotes.safeParse(there.body);
  const text = notes.success ? noteWith(notes.data.staff_notes ?? "", value) : null;
  const answer = text === null ? there : await c.bigcommerce.put(path, { staff_notes: text });
  if (answer.is === "ok") await c.claims.close(step, value, value);
  return answer;
}
