import type { Settings } from "../contract/index.ts";
import { judged, PART_NAMES } from "./parts/compose.ts";
import type { Live } from "./parts/live.ts";

/** Something in Setup that has another name now, by its path in the document; in Cin7 Core unless `side` says otherwise. */
export type Renamed = { field: string; before: string; after: string; side?: "BigCommerce" };

/** The document under the names that Cin7 Core writes today. */
export function withLiveNames(settings: Settings, live: Live): Settings {
  const now = { ...settings };
  const name = <K extends keyof Settings>(part: K) => {
    now[part] = judged(part).withNames?.(settings[part], live) ?? settings[part];
  };
  PART_NAMES.forEach(name);
  return now;
}

/** Names that differ between two documents that name the same things by ID (cin7-core.md 3.7: sales go by name). */
export function renamed(before: Settings, after: Settings): Renamed[] {
  const inPart = <K extends keyof Settings>(part: K): Renamed[] => {
    const named = judged(part).named ?? (() => []);
    const now = new Map(named(after[part]));
    return named(before[part]).flatMap(([path, was]) => {
      const is = now.get(path);
      return was && is && was.name !== is.name ? [{ field: `${part}.${path}`, before: was.name, after: is.name }] : [];
    });
  };
  return PART_NAMES.flatMap((part) => inPart(part));
}

/** As the history of Setup says it. */
export const renamedWords = (names: readonly Renamed[]): string[] => [
  ...new Set(names.map(({ before, after, side }) => `Renamed in ${side ?? "Cin7 Core"}: ${before} → ${after}`)),
];
