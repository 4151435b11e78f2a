/** `say` tells one setting if it differs, `lists` rows of a list that are each known by a word and say another, `line` a whole sentence. */
export type Teller = {
  line(sentence: string): void;
  say(what: string, from: string | null, to: string | null): void;
  lists<T>(what: string, from: readonly T[], to: readonly T[], row: { key(row: T): string; says(row: T): string }): void;
};
/** Tells how a field differs between two versions of its part, if it does. `zone`: the store's, for days. */
export type FieldWords<T> = (teller: Teller, before: T, after: T, zone: string) => void;

export function tellerOf(told: string[]): Teller {
  const say: Teller["say"] = (what, from, to) => {
    if (from !== to) told.push(`${what}: ${from ?? "none"} → ${to ?? "none"}`);
  };
  return {
    line: (sentence) => void told.push(sentence),
    say,
    lists: (what, from, to, { key, says }) => {
      for (const word of new Set([...from, ...to].map(key))) {
        const [a, b] = [from.find((row) => key(row) === word), to.find((row) => key(row) === word)];
        say(`${what} ${word}`, a ? says(a) : null, b ? says(b) : null);
      }
    },
  };
}

/** A field that one word says. */
export const says =
  <T>(what: string, word: (part: T) => string | null): FieldWords<T> =>
  ({ say }, before, after) =>
    say(what, word(before), word(after));

export const onOff = (on: boolean): string => (on ? "on" : "off");

/** Two things of one name differ by ID only: then the ID is said as well. */
export function nameOf(ref: { id: string; name: string } | null, other: { id: string; name: string } | null): string | null {
  if (!ref) return null;
  return other && other.name === ref.name && other.id !== ref.id ? `${ref.name} (${ref.id})` : ref.name;
}

/** Rows that went, stayed and came. */
export function each<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (row: T) => string | number,
  tell: { gone(row: T): void; both(a: T, b: T): void; come(row: T): void },
): void {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const now = new Set(after.map(keyOf));
  for (const row of before) if (!now.has(keyOf(row))) tell.gone(row);
  for (const row of after) {
    const was = old.get(keyOf(row));
    if (was) tell.both(was, row);
    else tell.come(row);
  }
}
