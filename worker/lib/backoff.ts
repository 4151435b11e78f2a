/**
 * When to look again: 2 s, 4 s, 8 s … capped at 5 minutes, ± 20 % by a number in [0, 1) so that stores do not march in
 * step (design 2). `attempt` counts from 1; the answer is in milliseconds before `TIME_SCALE`.
 */
export function backoff(attempt: number, jitter: number): number {
  const base = Math.min(1000 * 2 ** Math.min(Math.max(attempt, 1), 20), 300_000);
  return Math.round(base * (0.8 + 0.4 * jitter));
}
