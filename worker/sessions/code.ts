import * as z from "zod";

/**
 * The one-time code that a callback hands over in the fragment and the UI swaps for a session: 2 minutes, only its hash is
 * stored (design 1). `subject` is what the row keeps.
 */
export const CODE_MS = 2 * 60_000;
export const codeText = (code: string): string => `session:${code}`;

export const codeSubject = z.object({ store: z.string(), user: z.number().int(), epoch: z.number().int() });
export type CodeSubject = z.output<typeof codeSubject>;

/** Forms of a request: `randomText(32)` is 43 characters. */
export const codeForm = z.object({ code: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) });
