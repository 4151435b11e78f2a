/** What an isolate remembers for a while: each value for its time, and of too many the one that was kept longest ago goes first. */
export type Remembered<T> = {
  /** Null: nothing, or its time is over. */
  of(key: string, now: number): T | null;
  keep(key: string, value: T, until: number): void;
};

export function remembered<T>(most: number): Remembered<T> {
  const kept = new Map<string, { value: T; until: number }>();
  return {
    of(key, now) {
      const found = kept.get(key);
      return found && found.until > now ? found.value : null;
    },
    keep(key, value, until) {
      kept.delete(key);
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { value, until });
    },
  };
}
