import type { Attempt } from "../contract/index.ts";
import type { Env } from "../env.ts";
import type { AccountId, StoreHash } from "../lib/ids.ts";
import type { Side } from "./breaker.ts";
import type { Work } from "./work-kinds.ts";

/** What one call tells about an inbox; see `Inbox` for the other side. */
export type InboxStatus = {
  waiting: number;
  nextDue: number | null;
  demand: Record<string, number>;
  /** Calls to Cin7 that the orders waiting here will take in all. */
  calls: number;
  down: SideDown[];
};
/** Where an order stands: when its item is due and why it waits ("": its turn); `calls`: to Cin7, until it is there. */
export type OrderPlace = { orderId: number; due: number; why: string; calls: number };
/** `refuses`: it answers and does not let us in, so a person must act. */
export type SideDown = { side: Side; since: string; triesAt: string | null; why: string; refuses?: true };

/** Up to where what is sealed was sealed anew: a row of one of its tables, by order. */
export type ResealedUpTo = { table: "drafts" | "frozen" | "order_calls" | "attempts"; order: number; n: number | string };

/** `under`: the number of the key that is the queue's present one; `upTo` null: nothing is left under another. */
export type Resealed = { rows: number; under: number; upTo: ResealedUpTo | null };

/** The RPC surface of an inbox, named so that nobody else needs to know how Durable Objects are addressed. */
export interface InboxStub {
  put(works: Work[], options?: { delayMs?: number }): Promise<void>;
  status(): Promise<InboxStatus>;
  attempts(orderId: number): Promise<Attempt[]>;
  /** Orders that have no item here are left out. */
  places(orderIds: number[]): Promise<OrderPlace[]>;
  /** Runs everything that is due and answers when nothing more is; for tests and the cron's poke. */
  poke(): Promise<void>;
  /** Forgets everything (design 5: disconnect). */
  erase(): Promise<void>;
  /** Forgets what was sent and answered for these orders; how many attempts lost something (M46). */
  forget(orderIds: number[]): Promise<number>;
  /** Seals the next part anew with its present key, after what was done before. */
  reseal(after: ResealedUpTo | null): Promise<Resealed>;
}

declare module "../api/access.ts" {
  interface HandedIn {
    inbox: InboxStub;
  }
}

export const storeInbox = (env: Pick<Env, "INBOX">, store: StoreHash): InboxStub =>
  env.INBOX.getByName(`store:${store}`) as unknown as InboxStub;
export const accountInbox = (env: Pick<Env, "INBOX">, account: AccountId): InboxStub =>
  env.INBOX.getByName(`account:${account}`) as unknown as InboxStub;
