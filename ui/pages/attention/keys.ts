import { useEffect } from "preact/hooks";
import { undoLast } from "../../components/toast.tsx";
import { isShortcut } from "../../lib/keys.ts";

/** Keys of *Needs attention*, with what they do; they are asleep while somebody types. */
export const KEYS = [
  ["j", "next"],
  ["k", "previous"],
  ["Enter", "answer it"],
  ["e", "mark as read"],
  ["u", "undo"],
] as const;

const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("article.problem")];
const card = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>("article.problem") ?? null;

function step(by: 1 | -1) {
  const all = cards();
  const here = card();
  const at = here ? all.indexOf(here) + by : by > 0 ? 0 : all.length - 1;
  all[Math.max(0, Math.min(all.length - 1, at))]?.focus();
}

/** Enter on a card goes to its remedy: into the field where it is chosen, else it presses what stands first. */
function answer(here: HTMLElement) {
  const field = here.querySelector<HTMLElement>(".answer select");
  if (field) return field.focus();
  here.querySelector<HTMLElement>(".actions .primary, .actions a, .actions button")?.click();
}

function pressed(event: KeyboardEvent) {
  if (!isShortcut(event)) return;
  const here = card();
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (event.key === "u") undoLast();
  else if (event.key === "e") here?.querySelector<HTMLElement>("button.read")?.click();
  else if (event.key === "Enter" && here && event.target === here) answer(here);
  else return;
  event.preventDefault();
}

export const useKeys = () =>
  useEffect(() => {
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
