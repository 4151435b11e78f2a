import type * as z from "zod";
import { type Claims, keptOf } from "./claim.ts";

/**
 * What a flow remembers beside its writes: answers, flags and turns. They lie in the table of claims, under steps of their own, and
 * are no claims: nothing was written that would have to be looked for.
 */

/** What is remembered of a step; null: nothing, or not in a form that we know. */
export const recall = <T>(claims: Pick<Claims, "of">, step: string, shape: z.ZodType<T>): T | null => keptOf(claims.of(step), shape);

/** `about`: whom or what it is about. */
export const remember = (claims: Pick<Claims, "close">, step: string, about: string, value: unknown): Promise<void> =>
  claims.close(step, about, value);

/** Whatever is known of a step, a write's too: the next who needs it asks the peer again. */
export const forget = (claims: Pick<Claims, "forget">, step: string): Promise<void> => claims.forget(step);

// ---- flags -----------------------------------------------------------------------------------------------------

export const raise = (claims: Pick<Claims, "open">, step: string, about: string): Promise<void> => claims.open(step, about);
export const lower = (claims: Pick<Claims, "drop">, step: string): Promise<void> => claims.drop(step);
export const isRaised = (claims: Pick<Claims, "of">, step: string): boolean => claims.of(step) !== null;

// ---- turns -----------------------------------------------------------------------------------------------------

type Turns = Pick<Claims, "of" | "open" | "drop">;

/** One at a time: false while somebody else has it. Who took it before `lapsed` (epoch ms) and never gave it back has lost it. */
export async function takeTurn(claims: Turns, step: string, who: string, lapsed: number): Promise<boolean> {
  const turn = claims.of(step);
  if (turn && turn.mark !== who && turn.startedAt > lapsed) return false;
  await claims.open(step, who);
  return true;
}

/** Another's turn is left alone. */
export async function giveTurn(claims: Turns, step: string, who: string): Promise<void> {
  if (claims.of(step)?.mark === who) await claims.drop(step);
}
