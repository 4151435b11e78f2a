import type * as z from "zod";
import type { Live, LiveList } from "./live.ts";
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
} & Judged<z.output<S>>;

/** What is said of a part's field, by its path in the part; null: nothing. */
export type Objection = [path: string, sentence: string | null];
/** What Setup knows by an ID and calls by a name, by its path in the part. */
export type Named = [path: string, thing: { name: string } | null];

/** What there is to say of a part before it is saved, and once a day. */
export type Judged<P> = {
  /** Its choices from each list of Cin7 Core: the list is read when they change. Undefined: there is nothing to look for. */
  from?: { [L in LiveList]?: (part: P) => unknown };
  /** What is wrong with it, by itself and by the lists that were read. What parts say together stands in `settings/check.ts`. */
  wrong?: (part: P, live: Live) => Objection[];
  /** Sales refer to these by name (cin7-core.md 3.7, 2.4): who is renamed in Cin7 Core is followed. */
  named?: (part: P) => Named[];
  /** It, under the names of today. */
  withNames?: (part: P, live: Live) => P;
};

export const definePart = <S extends z.ZodObject>(part: SettingsPart<S>): SettingsPart<S> => part;
