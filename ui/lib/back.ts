import { signal } from "@preact/signals";

/** Who left a card of *Needs attention* for its remedy elsewhere finds the way back to that card on the page of the remedy. */
export const leftCard = signal<{ key: string; to: string } | null>(null);

/** The anchor of a card; a problem's key may hold anything. */
export const cardId = (key: string): string => `problem-${encodeURIComponent(key)}`;
