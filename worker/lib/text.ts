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

/** Something, an `@`, and before the next space or `@` a dot with a letter behind it: each character is looked at twice at most. */
const ADDRESS = /\S@[^\s@]+?\.[a-z]/i;
/** Is there an e-mail address anywhere in it? */
export const holdsAddress = (text: string): boolean => ADDRESS.test(text);

/** Every word with an `@` inside is replaced. */
export const withoutAddresses = (text: string, cover: string): string =>
  text.includes("@") ? text.replace(/[^\s"'<>]+/g, (word) => (word.slice(1, -1).includes("@") ? cover : word)) : text;
