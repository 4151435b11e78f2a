/**
 * What is asked of text that others wrote, each in time that grows with its length and no faster: a regular expression that
 * begins anew at every character of a long text stops everybody for seconds (test/attack/live/time.test.ts).
 */
export function withoutEnd(text: string, char: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === char) end--;
  return text.slice(0, end);
}

/** One `@` with something before it, and behind it a dot that neither begins nor ends: the form of an e-mail address. */
export function looksLikeAddress(text: string): boolean {
  const [name = "", host = "", ...more] = text.split("@");
  return name !== "" && more.length === 0 && host.slice(1, -1).includes(".") && !/\s/.test(text);
}

/** Is there an e-mail address anywhere in it? */
export function holdsAddress(text: string): boolean {
  const parts = text.split("@");
  return parts.some((part, i) => {
    const next = parts[i + 1];
    if (next === undefined || !/\S$/.test(part.slice(-1))) return false;
    const host = /^\S*/.exec(next)?.[0] ?? "";
    return /\.[a-z]/i.test(host.slice(1));
  });
}

/** Every word with an `@` inside is replaced. */
export const withoutAddresses = (text: string, cover: string): string =>
  text.replace(/[^\s"'<>]+/g, (word) => (word.slice(1, -1).includes("@") ? cover : word));
