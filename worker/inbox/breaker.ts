/**
 * One breaker per side and inbox (design 2; K10). After three troubles in a row nothing that needs the side is tried any
 * more but one probe every 30 s; the first answer, of whatever content, closes it. Pure; durations before `TIME_SCALE`.
 */
export type Side = "BigCommerce" | "Cin7 Core";
export type Breaker = {
  /** Troubles in a row: timeouts, server errors, garbage; a throttle is none. */
  troubles: number;
  /** Epoch milliseconds of the first of them. */
  since: number;
  /** When the next item may try. */
  probe: number;
  /** People were told of it. */
  told: boolean;
};

const OPEN_AFTER = 3;
const PROBE_MS = 30_000;
/** A short trouble is nobody's business: it passes by itself. */
const TELL_AFTER_MS = 120_000;

export const isOpen = (breaker: Breaker | null): breaker is Breaker => breaker !== null && breaker.troubles >= OPEN_AFTER;

export function afterTrouble(breaker: Breaker | null, now: number, timeScale: number): Breaker {
  const troubles = (breaker?.troubles ?? 0) + 1;
  const opens = troubles === OPEN_AFTER;
  const next = { troubles, since: breaker?.since ?? now, probe: breaker?.probe ?? now, told: breaker?.told ?? false };
  return opens ? { ...next, probe: now + PROBE_MS / timeScale } : next;
}

/** An item goes to see whether the side is back: the next one may in half a minute. */
export const probing = (breaker: Breaker, now: number, timeScale: number): Breaker => ({ ...breaker, probe: now + PROBE_MS / timeScale });

/** Down for so long that people are to be told, once. */
export const isToBeTold = (breaker: Breaker | null, now: number, timeScale: number): boolean =>
  isOpen(breaker) && !breaker.told && now - breaker.since >= TELL_AFTER_MS / timeScale;
