import * as z from "zod";

/** How single fields of Cin7 Core come (cin7-core.md 1.5): text or number, flags as boolean or text, lists or null. */
export const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value == null ? "" : String(value)));
export const flag = z
  .union([z.boolean(), z.string(), z.number(), z.null()])
  .optional()
  .transform((v) => v === true || v === 1 || (typeof v === "string" && /^(true|1|yes)$/i.test(v)));
export const nullable = text.transform((v) => (v === "" ? null : v));
export const amount = z.union([z.number(), z.string()]);
export const units = z.coerce.number();
/** IDs are compared in lower case: Cin7 writes them in either. */
export const id = z.string().transform((v) => v.toLowerCase());
/** What an answer is about: it must be there, though perhaps as null. */
export const listed = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullable()
    .transform((value) => value ?? []);
/** What belongs to something else, and may be left out. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
