import * as z from "zod";
import { outcomeOf } from "../bigcommerce/answer.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { done, type Outcome } from "../inbox/outcome.ts";
import type { Answer } from "../lib/http.ts";
import { SEEN, seenText } from "./seen.ts";
import { readStages } from "./state.ts";
import { orderOf } from "./store.ts";

const field = z.object({ data: z.object({ id: z.coerce.number(), value: z.string() }) });
const fields = z.object({ data: z.array(z.object({ id: z.coerce.number(), value: z.string() })) });
type Told = { id: number; value: string };

/**
 * `order.seen` (M45): the sale's number and stage on the order in BigCommerce, as a metafield of ours. Written only when it
 * says something new, so that BigCommerce telling us of our own write leads to no other one.
 */
export async function tellOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderOf(c.db, c.tenant, orderId);
  const value = row && c.settings.document.seen.metafield ? seenText(row.saleNumber, readStages(row.stages)) : null;
  if (!value) return done("Nothing to write to the order.");
  const step = `order:${orderId}:seen`;
  const told = c.claims.of(step)?.answer as Told | null | undefined;
  if (told?.value === value) return done("The order says so already.");
  const path = `/v3/orders/${orderId}/metafields`;
  const body = { permission_set: "read", ...SEEN, value, description: "Sale in Cin7 Core" };
  const answer = told ? await c.bigcommerce.put(`${path}/${told.id}`, { value }) : await first(c, path, body);
  if (answer.is !== "ok") {
    // Gone by hand: written anew the next time. A permission that lacks keeps nothing else from working.
    if (answer.is === "missing") await c.claims.close(step, "", null);
    if (answer.is === "missing" || answer.is === "refused" || answer.is === "denied") return done("BigCommerce did not take the note.");
    return outcomeOf(answer, c.now(), c.attempt, { scope: "store_v2_orders", timeScale: c.config.timeScale, jitter: c.jitter });
  }
  const written = field.safeParse(answer.body);
  if (written.success) await c.claims.close(step, value, { id: written.data.data.id, value } satisfies Told);
  return done(`The order says ${value}.`);
}

/** No memory of it: the one that may be there is changed instead of a second one. */
async function first(c: LinkedContext, path: string, body: { value: string }): Promise<Answer> {
  const there = await c.bigcommerce.get(path, SEEN);
  const known = there.is === "ok" ? fields.safeParse(there.body) : null;
  if (there.is !== "ok" && there.is !== "missing") return there;
  const own = known?.success ? known.data.data[0] : undefined;
  return own ? c.bigcommerce.put(`${path}/${own.id}`, { value: body.value }) : c.bigcommerce.post(path, body);
}
