import type { Cin7 } from "../cin7/client.ts";
import { isLinked, type Linked } from "../lib/ids.ts";
import { type ApiContext, type Clients, fail } from "./access.ts";

/** Both clients of a linked store, or a sentence why not. */
export async function sidesOf(c: ApiContext): Promise<{ tenant: Linked; bigcommerce: Clients["bigcommerce"]; cin7: Cin7 }> {
  const { tenant } = c.var;
  const { bigcommerce, cin7 } = await c.var.clients();
  if (!isLinked(tenant) || !cin7) return notLinked();
  return { tenant, bigcommerce, cin7 };
}

export const noAnswer = (side: string): never =>
  fail(503, "no-answer", `${side} did not answer. Nothing was changed; try again in a minute.`);

/** Cin7 Core's sixty calls of this minute are used up: says when, without a time zone. `then`: a sentence of what was done so far. */
export function busy(at: number, now: number, then?: string): never {
  const seconds = Math.max(1, Math.ceil((at - now) / 1000));
  const when = seconds === 1 ? "in a second" : seconds < 120 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
  const said = ["Cin7 Core allows 60 calls a minute and orders use them just now.", ...(then ? [then] : []), `Try again ${when}.`];
  return fail(503, "busy", said.join(" "), undefined, seconds);
}

export const notLinked = (): never => fail(409, "not-linked", "Connect Cin7 Core first.");
/** The tenant of a store that has its Cin7 Core account, or a sentence why not. */
export const linked = ({ var: { tenant } }: ApiContext): Linked => (isLinked(tenant) ? tenant : notLinked());
