import { computed, signal } from "@preact/signals";
import type { Header, StoreSummary } from "../../worker/contract/index.ts";
import { path } from "./api.ts";
import { invalidate } from "./query.ts";
import { me, mode } from "./session.ts";

/** The store that the address names; in the control panel there is only one. */
export const chosen = signal<string | null>(null);
export const hash = computed(() => (mode.value === "panel" ? (me.value?.stores[0]?.hash ?? null) : chosen.value));
export const store = computed<StoreSummary | null>(() => me.value?.stores.find((s) => s.hash === hash.value) ?? null);
export const header = signal<Header | null>(null);

/** An address of the UI for the present store: pages need not know whether they are in the panel or the console. */
export const storePath = (to: string): string => {
  if (mode.value === "panel") return to;
  const base = path`/stores/${hash.value ?? ""}`;
  return to === "/" ? base : base + to;
};

/** A path of the API below the present store; values are encoded. */
export const storeApi = (parts: TemplateStringsArray, ...values: (string | number)[]): string =>
  path`/api/stores/${hash.value ?? ""}` + path(parts, ...values);

/** After something happened to orders: lists, numbers and problems are read again. */
export function ordersChanged() {
  for (const part of ["/orders", "/attention", "/home", "/header"]) invalidate(`${storeApi``}${part}`);
}
