/**
 * Codes that the console shows and a store enters (design 1): 8 characters of an alphabet without 0/O, 1/I/L and U, shown
 * as `ABCD-EFGH`, good for 15 minutes and one use. 30^8 possibilities, 5 tries in 15 minutes per store.
 */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
export const LINK_CODE_MS = 15 * 60_000;
export const LINK_TRIES = 5;
export const LINK_TRIES_MS = 15 * 60_000;

/** From random bytes; a byte that would favour some characters is left out. Null: not enough bytes. */
export function linkCode(bytes: Uint8Array): string | null {
  const fair = 256 - (256 % ALPHABET.length);
  const picked = [...bytes].filter((b) => b < fair).slice(0, 8);
  return picked.length === 8 ? picked.map((b) => ALPHABET[b % ALPHABET.length]).join("") : null;
}

export const shown = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** As typed by a person: any case, spaces and dashes. Null: cannot be a code. */
export function readLinkCode(text: unknown): string | null {
  if (typeof text !== "string" || text.length > 40) return null;
  const code = text.replace(/[\s-]/g, "").toUpperCase();
  return code.length === 8 && [...code].every((c) => ALPHABET.includes(c)) ? code : null;
}
