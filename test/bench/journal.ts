import { readFileSync } from "node:fs";
import type { Seen } from "./trace.ts";

/** The traffic of a run from the file the twins write, for runs longer than the twins' own memory of it. */
export const journalOf = (file: string): Seen[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Seen);

export async function untilJournal(file: string, enough: (seen: Seen[]) => boolean, seconds: number): Promise<Seen[]> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const seen = journalOf(file);
    if (enough(seen) || Date.now() > deadline) return seen;
    await new Promise((done) => setTimeout(done, 1000));
  }
}

export const endOf = (seen: Seen): number => Date.parse(seen.at) + seen.durationMs;
