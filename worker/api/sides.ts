import type { Cin7 } from "../cin7/client.ts";
import { isLinked, type Linked } from "../lib/ids.ts";
import { type ApiContext, type Clients, fail } from "./access.ts";

/** Both clients of a linked store, or a sentence why not. */
export async function sidesOf(c: ApiContext): Promise<{ tenant: Linked; bigcommerce: Clients["bigcommerce"]; cin7: Cin7 }> {
  const { tenant } = c.var;
  const { bigcommerce, cin7 } = await c.var.clients();
  if (!isLinked(tenant) || !cin7) return fail(409, "not-linked", "Connect Cin7 Core first.");
  return { tenant, bigcommerce, cin7 };
}

export const noAnswer = (side: string): never =>
  fail(503, "no-answer", `${side} did not answer. Nothing was changed; try again in a minute.`);

export const busy = (at: number, now: number): never =>
  fail(
    503,
    "busy",
    `Cin7 Core allows 60 calls a minute and orders use them just now. Try again in ${Math.max(1, Math.ceil((at - now) / 1000))} seconds.`,
  );
