import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { storePath } from "./store.ts";

const KEPT = "lockstep.keys";

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    // In the control panel's iframe storage throws: then they are on with each opening.
    return true;
  }
}

/** Single keys can be switched off (WCAG 2.1.4): who dictates would press them by speaking. */
export const keysOn = signal(kept());
export function setKeys(on: boolean) {
  keysOn.value = on;
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {}
}

const types = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches("input, textarea, select, [contenteditable]");

/** A single key, pressed by somebody who is not writing. */
export const isShortcut = (event: KeyboardEvent): boolean =>
  keysOn.peek() &&
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !types(event.target) &&
  !document.querySelector("dialog[open]");

/** After g. */
const PLACES: Record<string, string> = { h: "/", o: "/orders/pending", n: "/attention", s: "/setup" };
/** For Help. */
export const GO_KEYS = [
  ["g h", "Home"],
  ["g o", "Orders"],
  ["g n", "Needs attention"],
  ["g s", "Setup"],
  ["/", "Search"],
] as const;
/** How long after g the second key counts. */
const TOGETHER_MS = 2000;

/** Keys on every page: g and a letter opens a page, / goes to the search. */
export function useGoKeys() {
  const { route } = useLocation();
  useEffect(() => {
    let began = 0;
    const pressed = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      const to = Date.now() - began < TOGETHER_MS ? PLACES[event.key] : undefined;
      began = event.key === "g" ? Date.now() : 0;
      if (event.key === "/") document.querySelector<HTMLElement>(".find input")?.focus();
      else if (to) route(storePath(to));
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [route]);
}
