import { batch, effect, type ReadonlySignal, type Signal, signal, untracked, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { get } from "./api.ts";

interface Entry {
  data: Signal<unknown>;
  error: Signal<Error | null>;
  busy: Signal<boolean>;
  at: number;
  users: number;
  abort?: AbortController | undefined;
}
const cache = new Map<string, Entry>();
const KEPT = 80;

function entry(key: string): Entry {
  const known = cache.get(key);
  if (known) return known;
  for (const [old, e] of cache) if (cache.size >= KEPT && !e.users) cache.delete(old);
  const made: Entry = { data: signal(undefined), error: signal(null), busy: signal(false), at: 0, users: 0 };
  cache.set(key, made);
  return made;
}

async function load(key: string, e: Entry) {
  if (e.abort) return;
  const own = new AbortController();
  e.abort = own;
  e.busy.value = true;
  try {
    const data = await get<unknown>(key, own.signal);
    if (e.abort === own)
      batch(() => {
        e.data.value = data;
        e.error.value = null;
        e.at = Date.now();
      });
  } catch (error) {
    if (e.abort === own) e.error.value = error as Error;
  } finally {
    if (e.abort === own) stopLoad(e, false);
  }
}

function stopLoad(e: Entry, abort: boolean) {
  if (abort) e.abort?.abort();
  e.abort = undefined;
  e.busy.value = false;
}

export interface Query<T> {
  data: ReadonlySignal<T | undefined>;
  error: ReadonlySignal<Error | null>;
  busy: ReadonlySignal<boolean>;
  refresh: () => void;
}
interface Options {
  /** Data older than this many ms is fetched again when a page asks for it. */
  fresh?: number;
  /** Fetch again each so many ms while the page is visible. */
  poll?: number;
}

/** Cached GET on signals: the last data stays until the next arrives, equal keys share one request, an unused one is aborted. */
function query<T>(key: Signal<string | null>, { fresh = 5_000, poll = 0 }: Options): Query<T> & { stop: () => void } {
  const data = signal<T | undefined>(undefined);
  const error = signal<Error | null>(null);
  const busy = signal(false);
  let refresh = () => {};
  const stop = effect(() => {
    const k = key.value;
    if (k === null) return;
    const e = entry(k);
    e.users++;
    refresh = () => void load(k, e);
    untracked(() => {
      if (!e.at || Date.now() - e.at > fresh) refresh();
    });
    const link = effect(() => {
      const found = e.data.value;
      batch(() => {
        if (found !== undefined) data.value = found as T;
        error.value = e.error.value;
        busy.value = e.busy.value;
      });
    });
    const timer = poll ? setInterval(() => document.visibilityState !== "hidden" && refresh(), poll) : 0;
    return () => {
      link();
      clearInterval(timer);
      if (!--e.users && e.abort) stopLoad(e, true);
    };
  });
  return { data, error, busy, stop, refresh: () => refresh() };
}

export function useQuery<T>(key: string | null, options: Options = {}): Query<T> {
  const current = useSignal(key);
  current.value = key;
  const made = useMemo(() => query<T>(current, options), []);
  useEffect(() => made.stop, [made]);
  return made;
}

/** Data that was fetched by other means, for everybody who shows this key. */
export function supply(key: string, data: unknown) {
  const e = entry(key);
  stopLoad(e, true);
  batch(() => {
    e.data.value = data;
    e.error.value = null;
    e.at = Date.now();
  });
}

/** After a change on the server: what begins with this is stale, and fetched again now where it is on screen. */
export function invalidate(prefix: string) {
  for (const [key, e] of cache) {
    if (!key.startsWith(prefix)) continue;
    e.at = 0;
    if (!e.users) {
      cache.delete(key);
      continue;
    }
    stopLoad(e, true);
    void load(key, e);
  }
}

export function forgetAll() {
  for (const e of cache.values()) stopLoad(e, true);
  cache.clear();
}
