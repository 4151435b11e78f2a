/** The three ways to leave. `move`: only the link to Cin7 Core ends, the store stays installed. */
export type Choice = "keep-links" | "remove-everything" | "move";
export const CHOICES: readonly Choice[] = ["keep-links", "remove-everything", "move"];

/** How long links stay sealed for a reconnect (decision 1.17). */
export const KEEP_DAYS = 30;

/** Flows that run when a disconnect begins have this long to end (design 5). */
export const ENDING_MS = 60_000;
/** For so long BigCommerce is asked again to delete our webhooks; then the rest goes on without. */
export const HOOKS_MS = 15 * 60_000;

/** What the person typed is the store's name (or its hash): case and blanks around it do not matter. */
export function isConfirmed(typed: unknown, store: { name: string; hash: string }): boolean {
  if (typeof typed !== "string") return false;
  const said = typed.trim().replace(/\s+/g, " ").toLowerCase();
  return said !== "" && [store.name, store.hash].some((name) => name.trim().replace(/\s+/g, " ").toLowerCase() === said);
}

export const AUDIT: Record<Choice, string> = {
  "keep-links": `Disconnected the store; links and settings stay sealed for ${KEEP_DAYS} days`,
  "remove-everything": "Disconnected the store and removed everything",
  move: "Ended the link to Cin7 Core to move to another account; the history stays",
};
