/**
 * Work is judged by how it grows, in CPU time and by the best of many runs: a busy machine makes everything dearer, the small
 * as the large, and fails nothing. What is slow is what a text eight times as long makes far more than eight times dearer, or
 * what costs several times its bar however often it is tried.
 */
export const LENGTH = 100_000;
/** For 100,000 characters. Whether it is kept on a machine at rest, `npm run bench` says. */
export const BAR_MS = 50;
const PART = 8;
/** Linear work is eight times dearer, quadratic sixty-four times. */
const MOST_GROWTH = 3 * PART;
const SEVERAL = 6;
const TRIES = 10;
/** Nothing that a busy machine makes of 50 ms. */
const HOPELESS = 12;

const cpuMs = (run: () => void): number => {
  const began = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
};

/** The least of many runs: what a machine at rest would need. No more of them once one is cheap enough, or dear beyond doubt. */
export const best = (run: () => void, enough: number, hopeless = Number.POSITIVE_INFINITY): number => {
  let least = cpuMs(run);
  for (let n = 1; n < TRIES && least > enough && least < hopeless; n++) least = Math.min(least, cpuMs(run));
  return least;
};

/** `make(n)`: the text with n characters. Null: its cost grows as its length does; else what it costs, in words. */
export function slowness(work: (text: string) => unknown, make: (length: number) => string, length = LENGTH): string | null {
  const bar = (BAR_MS * length) / LENGTH;
  const [long, short] = [make(length), make(Math.round(length / PART))];
  const whole = best(() => void work(long), bar, HOPELESS * bar);
  if (whole <= bar) return null;
  const part = best(() => void work(short), 0);
  const said = `${Math.round(whole)} ms for ${long.length} characters, ${part.toFixed(2)} ms for ${short.length}`;
  return whole > SEVERAL * bar || whole > MOST_GROWTH * part ? said : null;
}
