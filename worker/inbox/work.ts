import { rankOf, type WorkClass } from "../cin7/priority.ts";
import type { Side } from "./breaker.ts";
import type { WorkDefinition, WorkDefinitions } from "./define-work.ts";
import { later } from "./outcome.ts";
import type { Work, WorkKind } from "./work-kinds.ts";

export type { Work, WorkKind, WorkOf } from "./work-kinds.ts";

/** Everything that the inbox asks of items of any kind, answered by their definitions. */
let kinds: Readonly<Record<string, WorkDefinition | undefined>> = {};

/** Once, as the Worker starts, with the kinds of all slices (`app/compose`). */
export function composeWork(all: WorkDefinitions): void {
  kinds = all as unknown as typeof kinds;
}

const soon = (now: number) => later(now + 60_000, "Another version of Lockstep does this; it waits for it.");
/** Put by a newer Worker while this one still runs (design 5): it waits for it. */
const OF_ANOTHER_VERSION: WorkDefinition = {
  class: "sweep",
  needs: [],
  calls: 0,
  lane: "own" as never,
  store: (c) => soon(c.now()),
  account: (c) => soon(c.now()),
};

export const definitionOf = (kind: WorkKind): WorkDefinition => kinds[kind] ?? OF_ANOTHER_VERSION;
export const workKinds = (): WorkKind[] => Object.keys(kinds) as WorkKind[];
export const kindsThat = (wanted: (definition: WorkDefinition) => boolean): WorkKind[] =>
  workKinds().filter((kind) => wanted(definitionOf(kind)));

export const sidesOf = (kind: WorkKind): readonly Side[] => definitionOf(kind).needs;
export const needsSide = (work: Work, side: Side): boolean => sidesOf(work.kind).includes(side);
/** Calls to Cin7: what the gate is told that a store still wants. */
export const callsOf = (kind: WorkKind): number => definitionOf(kind).calls;
/** Those that wait for a permit when their class is held. */
export const isCalling = (kind: WorkKind): boolean => !definitionOf(kind).onlyReads && callsOf(kind) > 0;

export const classOfKind = (kind: WorkKind): WorkClass => definitionOf(kind).class;
export const classOf = (work: Work): WorkClass => classOfKind(work.kind);
export const orderOf = (work: Work): number | null => ("orderId" in work ? work.orderId : null);

/** The rank with which a running item waits for its first permit; null: it waits for none. */
export const asksAs = (work: Work): number | null => (isCalling(work.kind) ? rankOf(classOf(work)) : null);

/** False: the item says nothing about what holds the order; its problems stay as they are. */
export const settlesOrder = (work: Work): boolean => !definitionOf(work.kind).settlesNothing;

/** One row per key. */
export const keyOf = (work: Work): string => ("orderId" in work ? `${work.kind}:${work.orderId}` : work.kind);

/** Every key under which an order can have an item. */
export const keysOfOrder = (orderId: number): string[] => kindsThat(({ lane }) => lane === "order").map((kind) => `${kind}:${orderId}`);

/**
 * What an item that is there says after it is woken by another of its key: a person's *Process* that waits is not forgotten
 * because BigCommerce tells of the order meanwhile, nor is the earliest instant from which a sweep is to look again.
 */
export function wokenBy(there: Work, work: Work): Work {
  if ("pressed" in there && there.pressed) return there;
  const from = (each: Work) => ("from" in each ? each.from : undefined);
  return (from(there) ?? "~") < (from(work) ?? "~") ? there : work;
}

export const laneOf = (work: Work): string => ("orderId" in work ? `order:${work.orderId}` : work.kind);
