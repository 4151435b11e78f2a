import type { ProblemArea } from "../contract/index.ts";
import { URGENCIES, type Urgency } from "../contract/urgency.ts";
import type { Alert, Problem, ProblemDefinition, ProblemDefinitions, ProblemKey, ProblemKind, Said } from "./define-problem.ts";
import { type About, titleOf, whyOf } from "./phrases.ts";

/** Everything that is asked of problems of any kind, answered by their definitions. */
let kinds: Partial<Record<string, ProblemDefinition<Problem>>> = {};

/** Once, as the Worker starts, with the kinds of all slices (`app/compose`). */
export function composeProblems(all: ProblemDefinitions): void {
  kinds = all as unknown as typeof kinds;
}

function definitionOf(kind: ProblemKind): ProblemDefinition<Problem> {
  const definition = kinds[kind];
  if (!definition) throw new Error(`no problem is defined as ${kind}`);
  return definition;
}

/** A fixed answer, or one that the facts give. */
const answer = <T>(given: T | ((problem: Problem) => T), problem: Problem): T =>
  typeof given === "function" ? (given as (problem: Problem) => T)(problem) : given;

export function keyOf(problem: Problem): ProblemKey {
  const rest = definitionOf(problem.kind).key(problem);
  return rest === null ? problem.kind : `${problem.kind}:${rest}`;
}

export const holds = (problem: Problem): boolean => answer(definitionOf(problem.kind).holds, problem);
export const areaOf = (problem: Problem): ProblemArea => answer(definitionOf(problem.kind).area, problem);
export const labelOf = (problem: Problem): string => answer(definitionOf(problem.kind).label, problem);
export const isOfSide = (problem: Problem): boolean => definitionOf(problem.kind).ofSide === true;

const saidOf = (problem: Problem, about: About): Said => definitionOf(problem.kind).words(problem, about);
export type Words = Omit<Said, "title"> & { area: ProblemArea; title: string };
export function wordsOf(problem: Problem, about: About): Words {
  const said = saidOf(problem, about);
  return { area: areaOf(problem), ...said, title: titleOf(said.title) };
}
/** What a problem says of an order where that order stands beside it. */
export const reasonOf = (problem: Problem, about: About): string => whyOf(saidOf(problem, about).title);

/** When it is told of by mail; what holds an order at once, whatever its kind. */
export const alertOf = (kind: ProblemKind, isHeld: boolean): Alert => (isHeld ? "now" : definitionOf(kind).alert);

/** Its place among all: 0 is the most urgent. */
const sides = (kind: ProblemKind) => {
  const { urgency } = definitionOf(kind);
  return typeof urgency === "string" ? { held: urgency, told: urgency } : urgency;
};
export const urgencyOf = (kind: ProblemKind, isHeld: boolean): Urgency => sides(kind)[isHeld ? "held" : "told"];
/** Every kind with its place, for lists that the database puts in order. */
export const urgencyRanks = (): { kind: ProblemKind; holds: 0 | 1; rank: number }[] =>
  kindsWith(() => true).flatMap((kind) =>
    ([1, 0] as const).map((holds) => ({ kind, holds, rank: URGENCIES.indexOf(urgencyOf(kind, holds === 1)) })),
  );

const kindsWith = (wanted: (definition: ProblemDefinition<Problem>) => boolean): ProblemKind[] =>
  (Object.keys(kinds) as ProblemKind[]).filter((kind) => wanted(definitionOf(kind)));
export const kindsTold = (alert: Alert): ProblemKind[] => kindsWith((definition) => definition.alert === alert);
export const kindsRemembered = (): ProblemKind[] => kindsWith(({ remembered }) => remembered === true);
export const kindsThatEndLast = (): ProblemKind[] => kindsWith(({ endsLast }) => endsLast === true);
