import type { StoreRow } from "../api/access.ts";
import type { BigCommerce } from "../bigcommerce/client.ts";
import type { Cin7 } from "../cin7/client.ts";
import type { Settings } from "../contract/index.ts";
import type { Config } from "../env.ts";
import type { Db } from "../lib/db/open.ts";
import type { accounts, orders } from "../lib/db/schema/tables.ts";
import type { AccountId, Linked, StoreHash, Tenant } from "../lib/ids.ts";
import type { Claims } from "./claim.ts";
import type { Work, WorkKind } from "./work-kinds.ts";

/** What a flow is given; it reads present truth through these, writes, and returns an Outcome (design 2.3). */
export type FlowContext = {
  db: Db;
  config: Config;
  now(): number;
  /** Which run of the item this is, from 1, for backoff. */
  attempt: number;
  /** 0 ≤ x < 1, so that stores do not march in step. */
  jitter: number;
};

/** What the inbox itself keeps of orders, and how it goes. */
export type Keeping = {
  /** What was sent and answered, and the draft; claims stay. How many attempts lost something (M46). */
  forget(orderIds: readonly number[]): number;
  /** The same with closed claims: sales that are done. */
  close(orderIds: readonly number[]): void;
  /** What was sent and answered more than so many days ago, of any order. */
  prune(days: number): void;
};

export type StoreContext = FlowContext & {
  tenant: Tenant;
  store: StoreRow;
  bigcommerce: BigCommerce;
  /** Null while the store is not linked to a Cin7 Core account. */
  cin7: Cin7 | null;
  /** Which of these orders have an item in this inbox, waiting, running or parked: any, or one of a kind. */
  holding(orderIds: readonly number[], kind?: WorkKind): ReadonlySet<number>;
  keeping: Keeping;
};

/** For everything that writes to Cin7 on behalf of a store. */
export type LinkedContext = StoreContext & {
  tenant: Linked;
  cin7: Cin7;
  account: { currency: string };
  settings: { version: number; document: Settings };
  /** Setup as it was in that version; null: it is not there any more. */
  settingsOf(version: number): Promise<Settings | null>;
  claims: Claims;
  frozen: Frozen;
  /** Rows as the item's run found them, read with its store; absent: whoever needs one asks for it. */
  began?: Began;
};
/** `order`: of the item; null: there is none, or the item is of no order. */
export type Began = { order: typeof orders.$inferSelect | null; account: typeof accounts.$inferSelect };

/** For a store that is being disconnected, also when its credentials are gone already (design 5). */
export type ClosingContext = FlowContext & {
  tenant: Tenant;
  /** Null: a former run came so far that its credentials are gone. */
  bigcommerce: BigCommerce | null;
  /** Empties the store's own queue: payloads, what is to be sent, claims, everything that waits. */
  eraseQueue(): Promise<void>;
  /** Of an account that has no other store: the call times of its keys. */
  eraseGates(keyIds: readonly string[]): Promise<void>;
  /** And its queue. */
  eraseAccount(account: AccountId): Promise<void>;
};

/** For what a queue itself keeps. */
export type KeepingContext = FlowContext & { keeping: Keeping };

export type AccountContext = FlowContext & {
  account: AccountId;
  cin7: Cin7;
  /** Puts wake-ups into a store's inbox; only for stores of this account. */
  putInto(store: StoreHash, works: Work[]): Promise<void>;
};

/** What is to be sent under each claim step, sealed in the inbox. What it is, the slices know: null, or to be judged by who reads it. */
export type Frozen = {
  /** Of the steps of an order that end like this, what was kept last. */
  newest(orderId: number, end: string): Promise<unknown>;
  /** Replaces what the step had: from its first claim on nobody does (design 3.4). */
  keep(orderId: number, step: string, body: unknown): Promise<void>;
  /** Orders of which something is kept as a release before kept it, the first so many. */
  older(limit: number): number[];
  /** From now on that is kept under this step. */
  settle(orderId: number, step: string, body: unknown): Promise<void>;
};
