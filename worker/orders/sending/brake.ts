import type { StoreRow } from "../../api/access.ts";

/**
 * A brake for what makes every order differ, such as Cin7's own discounts or its own calculation of tax (M1, M43): after so many
 * orders of a store in a row whose totals differ in Cin7, no further one is written, until one that somebody tries agrees.
 */
export const IN_A_ROW = 3;
/** Who presses for many at once tries the first of them. */
const BETWEEN_TRIES_MS = 10_000;

export type Differing = StoreRow["differing"];

/** In the account where it was found: another one has other settings. */
export const isBraked = (differing: Differing, account: string): boolean =>
  differing !== null && differing.account === account && differing.orders.length >= IN_A_ROW;

/** Whether the order waits. `pressed`: a person wants it now; `now`: epoch milliseconds. */
export function waitsForBrake(differing: Differing, account: string, asked: { pressed: boolean; now: number; timeScale: number }): boolean {
  if (!isBraked(differing, account)) return false;
  const last = Date.parse(differing?.at ?? "");
  return !asked.pressed || asked.now < last + BETWEEN_TRIES_MS / asked.timeScale;
}
