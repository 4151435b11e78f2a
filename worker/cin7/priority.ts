/**
 * Work items: every cause becomes one (design 2). An item is a wake-up, not a truth: its flow reads the present and late,
 * repeated or reordered notices are harmless. `put` on a key that exists makes it due again.
 */
export type WorkClass = "cancel" | "stock-down" | "order" | "shipment" | "money" | "stock-up" | "sweep" | "catalogue";

/** Highest first: of the due items of a lane the first of these runs first, and permits are granted in this order. */
export const CLASSES: readonly WorkClass[] = ["cancel", "stock-down", "order", "shipment", "money", "stock-up", "sweep", "catalogue"];

export const rankOf = (cls: WorkClass): number => CLASSES.indexOf(cls);
