/**
 * Work items: every cause becomes one (design 2). An item is a wake-up, not a truth: its flow reads the present and late,
 * repeated or reordered notices are harmless. `put` on a key that exists makes it due again.
 */
export type WorkClass = "cancel" | "stock-down" | "order" | "shipment" | "money" | "stock-up" | "sweep" | "catalogue";

/** Highest first: of the due items of a lane the first of these runs first, and permits are granted in this order. */
export const CLASSES: readonly WorkClass[] = ["cancel", "stock-down", "order", "shipment", "money", "stock-up", "sweep", "catalogue"];
export const rankOf = (cls: WorkClass): number => CLASSES.indexOf(cls);

export type Work =
  | { kind: "order.changed"; orderId: number; pressed?: boolean }
  | { kind: "order.send"; orderId: number }
  | { kind: "order.money"; orderId: number }
  | { kind: "hooks.ensure" }
  | { kind: "store.refresh" }
  | { kind: "uninstall.check" }
  | { kind: "orders.release" }
  | { kind: "products.mirror"; page: number };

type WorkKind = Work["kind"];

const CLASS: Record<WorkKind, WorkClass> = {
  "order.changed": "order",
  "order.send": "order",
  "order.money": "money",
  "hooks.ensure": "sweep",
  "store.refresh": "sweep",
  "uninstall.check": "sweep",
  "orders.release": "order",
  "products.mirror": "catalogue",
};

export const classOf = (work: Work): WorkClass => CLASS[work.kind];
export const orderOf = (work: Work): number | null => ("orderId" in work ? work.orderId : null);

/** One row per key. */
export const keyOf = (work: Work): string => ("orderId" in work ? `${work.kind}:${work.orderId}` : work.kind);

/** A lane is a mutex, not a queue: its items never run at the same time. */
export const laneOf = (work: Work): string => ("orderId" in work ? `order:${work.orderId}` : work.kind);
