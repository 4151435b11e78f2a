import { signal } from "@preact/signals";
import { useLocation } from "preact-iso";
import { withQuery } from "./api.ts";

/** The list of orders that was open last, with its filters and page: where an order's page leads back to. */
export const lastList = signal<string | null>(null);

/** The state of a list lives in the address, so that back, reload and sending a link to a colleague work. */
export function useListState(defaults: Record<string, string>) {
  const { path, query, route } = useLocation();
  const read = (key: string): string => query[key] ?? defaults[key] ?? "";
  const url = (changes: Record<string, string>): string => {
    const next: Record<string, string> = { ...query, page: "", ...changes };
    for (const key of Object.keys(next)) if (next[key] === defaults[key]) delete next[key];
    return withQuery(path, next);
  };
  return {
    read,
    page: Math.max(1, Number.parseInt(read("page"), 10) || 1),
    perPage: Number.parseInt(read("perPage"), 10) || 25,
    url,
    /** Anything but a change of page goes back to the first one. */
    set: (changes: Record<string, string>) => route(url(changes), true),
  };
}
export type ListState = ReturnType<typeof useListState>;
