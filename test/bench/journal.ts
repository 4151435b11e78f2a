import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { Seen } from "./trace.ts";

const CHUNK = 1 << 20;

/**
 * Follows the file as it grows, and keeps of it only what `wanted` picks: the traffic of a long run is read once, not again each
 * second beside what is measured.
 */
export function followJournal(file: string, wanted: (seen: Seen) => boolean): () => readonly Seen[] {
  const found: Seen[] = [];
  const decoder = new StringDecoder("utf8");
  let [offset, rest] = [0, ""];
  return () => {
    const handle = openSync(file, "r");
    const chunk = Buffer.alloc(CHUNK);
    for (let read = readSync(handle, chunk, 0, CHUNK, offset); read > 0; read = readSync(handle, chunk, 0, CHUNK, offset)) {
      offset += read;
      const lines = (rest + decoder.write(chunk.subarray(0, read))).split("\n");
      rest = lines.pop() ?? "";
      found.push(
        ...lines
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Seen)
          .filter(wanted),
      );
    }
    closeSync(handle);
    return found;
  };
}

/** The traffic of a run from the file the twins write, for runs longer than the twins' own memory of it. */
export const journalOf = (file: string): readonly Seen[] => followJournal(file, () => true)();

export async function untilJournal(file: string, enough: (seen: readonly Seen[]) => boolean, seconds: number): Promise<readonly Seen[]> {
  const deadline = Date.now() + seconds * 1000;
  const follow = followJournal(file, () => true);
  for (;;) {
    const seen = follow();
    if (enough(seen) || Date.now() > deadline) return seen;
    await new Promise((done) => setTimeout(done, 1000));
  }
}

export const endOf = (seen: Seen): number => Date.parse(seen.at) + seen.durationMs;
