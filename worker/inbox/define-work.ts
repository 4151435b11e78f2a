import type { WorkClass } from "../cin7/priority.ts";
import type { AccountContext, ClosingContext, KeepingContext, LinkedContext, StoreContext } from "./flow.ts";
import type { Outcome } from "./outcome.ts";
import type { Work, WorkKind, WorkOf } from "./work-kinds.ts";

/**
 * What there is to know of a kind of work: once, in the `work.ts` of the slice that does it. `app/compose` collects them all, and the
 * inbox knows none of them by name.
 */
type Ran = Promise<Outcome> | Outcome;

export type WorkDefinition<W = Work> = {
  /** Of the due items of a lane the one of the highest class runs first, and permits are granted in that order. */
  class: WorkClass;
  /** Without which side it cannot be done: it waits while that one is away. */
  needs: readonly ("BigCommerce" | "Cin7 Core")[];
  /**
   * Calls to Cin7 that it takes with a known customer and known products (cin7-core.md 6); what a kit needs that Setup
   * assembles is asked for on the way.
   */
  calls: number;
  /** A lane is a mutex, not a queue: its items never run at the same time. All items of an order share one. */
  lane: W extends { orderId: number } ? "order" : "own";
  /** It takes no call itself (its `calls` are those of the sale that follows), so it waits for no permit: reading holds stock the sooner. */
  onlyReads?: true;
  /** Calls that follow when it has gone: an order on its way to Cin7 has a place in the queue. */
  followedBy?: number;
  /** It says nothing about what holds the order: its problems stay as they are. */
  settlesNothing?: true;
  /** It schedules itself: nobody waits for it, so no screen counts it. */
  scheduled?: true;
} & Runs<W>;

/** Who does it, and with what. What none of these fits in a queue is not done there. */
type Runs<W> = {
  /** In a store's queue, for a store that is linked to a Cin7 Core account; unlinked it has nothing to do. */
  linked?(c: LinkedContext, work: W): Ran;
  /** In a store's queue, linked or not. */
  store?(c: StoreContext, work: W, linked: LinkedContext | null): Ran;
  /** In a store's queue, also while it is closing and when its credentials are gone (design 5). */
  closing?(c: ClosingContext, work: W): Ran;
  /** In the queue of a Cin7 Core account. */
  account?(c: AccountContext, work: W): Ran;
  /** The same, also while the account has no key. */
  keyless?(c: KeepingContext, work: W): Ran;
};

export type WorkDefinitions<K extends WorkKind = WorkKind> = { [P in K]: WorkDefinition<WorkOf<P>> };

/** The kinds of one slice. */
export const defineWork = <K extends WorkKind>(kinds: WorkDefinitions<K>): WorkDefinitions<K> => kinds;
