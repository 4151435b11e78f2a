import type { LockedBooks } from "../contract/index.ts";

/**
 * Locked books (M13, J20): a document dated on or before Cin7's lock date is not sent, or gets the first open day with its
 * true date in words. Days are `YYYY-MM-DD`.
 */
export type Posting =
  /** `moved`: the true day, where the document had to move. */
  { is: "open"; day: string; moved: string | null } | { is: "locked"; lockedTo: string; openDay: string };

/** Cin7's `LockDate` as a day: ISO, or day first as its screens write it (cin7-core.md 1.5). Null: nothing is locked. */
export function lockedTo(text: string | null | undefined): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})/.exec(text ?? "")?.[1];
  if (iso) return iso;
  const shown = /^(\d{2})\/(\d{2})\/(\d{4})/.exec(text ?? "");
  return shown ? `${shown[3]}-${shown[2]}-${shown[1]}` : null;
}

export function openDayAfter(lock: string): string {
  const next = new Date(`${lock}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}

export function postedOn(day: string, lock: string | null, choice: LockedBooks): Posting {
  if (lock === null || day > lock) return { is: "open", day, moved: null };
  const openDay = openDayAfter(lock);
  return choice === "ask" ? { is: "locked", lockedTo: lock, openDay } : { is: "open", day: openDay, moved: day };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** `31 Oct 2025`: for memos that print. */
export const inWords = (day: string): string => `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** The invoice's memo where it could not keep its day. */
export const memoOf = (moved: string | null): string => (moved ? `BigCommerce ${inWords(moved)}, period locked` : "");

/** Cin7 refuses a date in locked books with a sentence; there is no code for it. */
export const speaksOfLock = (message: string): boolean =>
  /lock(ed)?[- ]?(date|period)|period (is )?(locked|closed)|books are (locked|closed)/i.test(message);
