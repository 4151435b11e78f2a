import type { ProblemArea, Remedy } from "../contract/index.ts";
import type { Urgency } from "../contract/urgency.ts";
import type { About, Title } from "./phrases.ts";

/**
 * What a person must decide or know (F1, decision 1.6). Each kind is defined once, in the `problems.ts` of the slice that finds it: its
 * facts in `ProblemKinds`, everything else beside them; `app/compose` collects them all. A problem is plain data, kept as it
 * is, and words are made of it when somebody reads. Facts are enough to word it; no personal data.
 */
// biome-ignore lint/suspicious/noEmptyInterface: each slice declares its kinds into it.
export interface ProblemKinds {}

export type ProblemKind = keyof ProblemKinds;
export type ProblemOf<K extends ProblemKind> = { kind: K } & ProblemKinds[K];
export type Problem = { [K in ProblemKind]: ProblemOf<K> }[ProblemKind];

/** Under this a problem is raised once per store: the same cause, however many orders wait for it (decision 1.6). */
export type ProblemKey = string;

/** When it is told of by mail (M42): at once (within ten minutes), in the next morning's summary, or *Needs attention* is enough. */
export type Alert = "now" | "daily" | "shown";

/** The title says what happened to which order or SKU, the text what it means and what to do (ui.md 10.2). */
export type Said = {
  title: Title;
  text: string;
  remedies: Remedy[];
  /** What somebody says who puts it aside; absent: *Mark as read*. It is kept with who said so. */
  aside?: string;
};

export type ProblemDefinition<P> = {
  /** What tells it from others of its kind; null: a store has at most one. */
  key(problem: P): string | number | null;
  /** False: only tells; the order goes on. What holds an order is told of at once whatever `alert` says. */
  holds: boolean | ((problem: P) => boolean);
  /** Which part of the business it belongs to; stored with it, so that lists can filter. */
  area: ProblemArea | ((problem: P) => ProblemArea);
  /** What an order's line says while it is held: "Held: tax, SKU". */
  label: string | ((problem: P) => string);
  alert: Alert;
  /** What depends on it; where the same kind holds an order or only tells, both. */
  urgency: Urgency | { held: Urgency; told: Urgency };
  words(problem: P, about: About): Said;
  /** A side that does not answer: raised once, whoever asked it; no matter of the order that happened to ask. */
  ofSide?: true;
  /** That it was dealt with is known as long as the link: a later look does not tell it again. */
  remembered?: true;
  /** Only the last run of an order, which asks Cin7 Core, can say that it is over; not one on the way there (M36). */
  endsLast?: true;
};

export type ProblemDefinitions<K extends ProblemKind = ProblemKind> = { [P in K]: ProblemDefinition<ProblemOf<P>> };

/** The kinds of one slice. */
export const defineProblems = <K extends ProblemKind>(kinds: ProblemDefinitions<K>): ProblemDefinitions<K> => kinds;

/** Keys that many kinds have. */
export const perOrder = ({ orderId }: { orderId: number }): number => orderId;
export const perStore = (): null => null;
