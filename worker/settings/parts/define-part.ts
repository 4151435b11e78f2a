import type * as z from "zod";
import type { FieldWords } from "./tell.ts";

/** A part of the settings document: everything that is said of its fields is said in its one file; `compose.ts` has all parts. */
export type SettingsPart<S extends z.ZodObject> = {
  schema: S;
  /** What a store starts with. */
  begins: z.output<S>;
  /** What a document means that was saved before there was this part, where that is not what a store starts with. */
  before?: z.output<S>;
  /** What of a stored part this release knows: during a deploy old code meets new documents. */
  known?: (stored: unknown) => object;
  /** How each field tells that it was changed, in the order in which that is told. A list in a list's rows is a field of its own. */
  changes: Record<string, FieldWords<z.output<S>>>;
};
export const definePart = <S extends z.ZodObject>(part: SettingsPart<S>): SettingsPart<S> => part;
