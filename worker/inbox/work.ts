import { rankOf, type WorkClass } from "../cin7/priority.ts";

export type Work =
  | { kind: "order.changed"; orderId: number; pressed?: boolean }
  | { kind: "order.send"; orderId: number }
  | { kind: "order.money"; orderId: number }
  /** The sale's number and stage are written to the order in BigCommerce (M45). */
  | { kind: "order.seen"; orderId: number }
  /** Nobody paid for it in time: its stock is given back (M31). */
  | { kind: "order.unpaid"; orderId: number }
  /** A sale of the order in Cin7 is not as we left it: look at all sales with our ID. */
  | { kind: "sale.check"; orderId: number }
  /** `gap`: the notices of the time since (ISO 8601) may be lost. */
  | { kind: "hooks.ensure"; gap?: string }
  | { kind: "store.refresh" }
  | { kind: "uninstall.check" }
  | { kind: "orders.release" }
  /** A test sale that finds out what the account takes; asked for then (ISO 8601), once (decision 1.13). */
  | { kind: "account.trial"; askedAt: string }
  /** Days of daily sales that have ended become sales (F15); it schedules itself. `from`: days up to there (ISO 8601) are closed. */
  | { kind: "day.close"; from?: string }
  /** Once a day: what Setup names is still there, and which books are locked. */
  | { kind: "settings.check" }
  /** A disconnect that was asked for (design 5); the only item that runs while the store is closing. */
  | { kind: "store.close" }
  /** Linked again: what a disconnect sealed comes back (N20). */
  | { kind: "links.restore" }
  /** New problems that hold orders are told of by mail, at most every 10 minutes (M42). */
  | { kind: "alerts.send" }
  /** Once a day, in every inbox: what is older than Setup keeps it goes (F140, M46). */
  | { kind: "kept.prune" }
  | SweepWork
  /** The account's sales sweep (design 3.7). */
  | SalesSweepWork
  /** All products of the account, page by page; at night once more. */
  | { kind: "products.mirror"; page: number }
  /** Products that changed since the last look (F116, K17); it schedules itself. */
  | { kind: "products.refresh" }
  /** Another application key is used now: Cin7 is asked with it at once (design 6). */
  | { kind: "key.changed" };

/**
 * The store's own sweep (K5). `from`: look again from this instant (ISO 8601), because notices were lost since. `after`: it
 * was too long and goes on here. `seen`: how far the one before it came.
 */
export type SweepWork = {
  kind: "orders.sweep";
  from?: string;
  after?: string;
  seen?: { seenTo: string; line: string; nightlyAt: string };
};

/** Too many sales for one run: it goes on with this page of the list since `from`; `last`: the newest change seen so far. */
export type SalesSweepWork = { kind: "sales.sweep"; from?: string; page?: number; last?: string };

export type WorkKind = Work["kind"];

const CLASS: Record<WorkKind, WorkClass> = {
  "order.changed": "order",
  "order.send": "order",
  "order.money": "money",
  "order.seen": "sweep",
  "order.unpaid": "stock-up",
  "sale.check": "sweep",
  "hooks.ensure": "sweep",
  "store.refresh": "sweep",
  "uninstall.check": "sweep",
  "orders.release": "order",
  "account.trial": "sweep",
  "day.close": "order",
  "settings.check": "sweep",
  "store.close": "cancel",
  "links.restore": "cancel",
  "alerts.send": "sweep",
  "kept.prune": "sweep",
  "orders.sweep": "sweep",
  "sales.sweep": "sweep",
  "products.mirror": "catalogue",
  "products.refresh": "sweep",
  "key.changed": "order",
};

/** Those that schedule themselves: nobody waits for them, so no screen counts them. */
export const SCHEDULED: readonly WorkKind[] = [
  "alerts.send",
  "kept.prune",
  "orders.sweep",
  "sales.sweep",
  "products.refresh",
  "settings.check",
  "day.close",
];

type Needs = { sides: readonly ("BigCommerce" | "Cin7 Core")[]; calls: number };
const BOTH = ["BigCommerce", "Cin7 Core"] as const;
/**
 * Without which side an item cannot be done, and how many of Cin7's calls it takes with a known customer and known
 * products (cin7-core.md 6); an order with a kit that Setup assembles asks for more on its way. Reading an order is worth
 * doing while Cin7 is away: its stock is held the sooner.
 */
const NEEDS: Record<WorkKind, Needs> = {
  "order.changed": { sides: ["BigCommerce"], calls: 2 },
  "order.send": { sides: ["Cin7 Core"], calls: 2 },
  "order.money": { sides: BOTH, calls: 2 },
  "order.seen": { sides: ["BigCommerce"], calls: 0 },
  "order.unpaid": { sides: [], calls: 0 },
  "sale.check": { sides: ["Cin7 Core"], calls: 1 },
  "hooks.ensure": { sides: ["BigCommerce"], calls: 0 },
  "store.refresh": { sides: ["BigCommerce"], calls: 0 },
  "uninstall.check": { sides: ["BigCommerce"], calls: 0 },
  "orders.release": { sides: [], calls: 0 },
  "account.trial": { sides: ["Cin7 Core"], calls: 4 },
  "day.close": { sides: [], calls: 0 },
  "settings.check": { sides: ["Cin7 Core"], calls: 1 },
  "store.close": { sides: [], calls: 0 },
  "links.restore": { sides: [], calls: 0 },
  "alerts.send": { sides: [], calls: 0 },
  "kept.prune": { sides: [], calls: 0 },
  "orders.sweep": { sides: ["BigCommerce"], calls: 0 },
  "sales.sweep": { sides: ["Cin7 Core"], calls: 1 },
  "products.mirror": { sides: ["Cin7 Core"], calls: 1 },
  "products.refresh": { sides: ["Cin7 Core"], calls: 1 },
  // Not kept back while Cin7 counts as away: its call is what tells that it is back.
  "key.changed": { sides: [], calls: 1 },
};
export const WORK_KINDS = Object.keys(NEEDS) as WorkKind[];
export const sidesOf = (kind: WorkKind): Needs["sides"] => NEEDS[kind].sides;
export const needsSide = (work: Work, side: "BigCommerce" | "Cin7 Core"): boolean => NEEDS[work.kind]?.sides.includes(side) ?? false;
/** Calls to Cin7 by kind of item: what the gate is told that a store still wants. */
export const CALLS: Readonly<Record<WorkKind, number>> = Object.fromEntries(WORK_KINDS.map((k) => [k, NEEDS[k].calls])) as Record<
  WorkKind,
  number
>;

/**
 * Those that wait for a permit when their class is held. To read an order takes no call (its `calls` are those of the sale that
 * follows): it is read meanwhile, so that its stock is held the sooner.
 */
export const CALLING: readonly WorkKind[] = WORK_KINDS.filter((kind) => kind !== "order.changed" && CALLS[kind] > 0);

export const classOfKind = (kind: WorkKind): WorkClass => CLASS[kind];
export const classOf = (work: Work): WorkClass => CLASS[work.kind];
export const orderOf = (work: Work): number | null => ("orderId" in work ? work.orderId : null);

/** The rank with which a running item waits for its first permit; null: it waits for none. */
export const asksAs = (work: Work): number | null => (CALLING.includes(work.kind) ? rankOf(classOf(work)) : null);

/** False: the item says nothing about what holds the order; its problems stay as they are. */
export const settlesOrder = (work: Work): boolean => work.kind !== "sale.check" && work.kind !== "order.seen";

/** One row per key. */
export const keyOf = (work: Work): string => ("orderId" in work ? `${work.kind}:${work.orderId}` : work.kind);

/** Every key under which an order can have an item. */
export const keysOfOrder = (orderId: number): string[] => OF_ORDERS.map((kind) => `${kind}:${orderId}`);
const OF_ORDERS = Object.keys({
  "order.changed": 1,
  "order.send": 1,
  "order.money": 1,
  "order.seen": 1,
  "order.unpaid": 1,
  "sale.check": 1,
} satisfies Record<Extract<Work, { orderId: number }>["kind"], 1>);

/**
 * What an item that is there says after it is woken by another of its key: a person's *Process* that waits is not forgotten
 * because BigCommerce tells of the order meanwhile, nor is the earliest instant from which a sweep is to look again.
 */
export function wokenBy(there: Work, work: Work): Work {
  if ("pressed" in there && there.pressed) return there;
  const from = (each: Work) => ("from" in each ? each.from : undefined);
  return (from(there) ?? "~") < (from(work) ?? "~") ? there : work;
}

/** A lane is a mutex, not a queue: its items never run at the same time. */
export const laneOf = (work: Work): string => ("orderId" in work ? `order:${work.orderId}` : work.kind);
