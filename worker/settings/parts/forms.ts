import * as z from "zod";

/** Forms that several parts of the settings document share, each with the sentence that is said of a bad value. */
export const RELOAD = "This part did not arrive. Reload the page and try again.";
export const shape = <T extends z.core.$ZodLooseShape>(of: T) => z.object(of, { error: RELOAD });
export const text = (sentence: string, max = 256) =>
  z.string({ error: sentence }).trim().min(1, sentence).max(max, `Use at most ${max} characters.`);
export const flag = z.boolean({ error: "Choose on or off." });
/** Something of Cin7 Core by its ID, with its name for words and for sales that go by name. */
export const ref = (sentence: string) => z.object({ id: text(sentence, 64), name: text(sentence) }, { error: sentence });
export const customerRef = ref("Choose a customer of Cin7 Core.");
export const locationRef = ref("Choose a location of Cin7 Core.");
export const account = text("Choose an account.", 50);
export const currencyCode = z
  .string({ error: "Give a currency by its three letters." })
  .trim()
  .regex(/^[A-Za-z]{3}$/, "Give a currency by its three letters, such as USD.")
  .transform((v) => v.toUpperCase());

/** A list names each thing once; the later one is told. */
export function once<T>(c: z.core.ParsePayload<T[]>, keyOf: (row: T) => string, field: string, sentence: string): void {
  const seen = new Set<string>();
  c.value.forEach((row, i) => {
    if (seen.has(keyOf(row))) c.issues.push({ code: "custom", message: sentence, path: [i, field], input: c.value });
    seen.add(keyOf(row));
  });
}

/** Rows that each have a currency of their own. */
export const perCurrency = <R extends z.ZodType<{ currency: string }>>(row: R) =>
  z
    .array(row, { error: RELOAD })
    .max(50, "There are too many currencies.")
    .check((c) => once(c, ({ currency }) => currency, "currency", "This currency is listed twice. Keep one of the two."));
