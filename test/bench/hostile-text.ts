import { BAR_MS, best, LENGTH } from "../attack/live/cpu.ts";
import { PLAIN } from "../attack/live/hostile.ts";
import { FILES, PARSERS } from "../attack/live/parsers.ts";
import { atMost, type Row } from "./row.ts";

/** What 100,000 characters of a stranger cost at most: the plain figure, of which the test judges the growth only. */
export function hostileTextRows(): Row[] {
  const costs = Object.entries(PARSERS).flatMap(([name, parse]) =>
    [...PLAIN, ...FILES].map((make) => {
      const text = make(LENGTH);
      return { name, ms: best(() => void parse(text), BAR_MS / 10) };
    }),
  );
  const dearest = costs.reduce((a, b) => (b.ms > a.ms ? b : a));
  return [atMost(`${LENGTH} hostile characters in the dearest parser: ${dearest.name}`, Math.round(dearest.ms * 10) / 10, "ms", BAR_MS)];
}
