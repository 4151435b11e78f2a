/** Where an order is written from: its store and Setup. `lookBefore`, `takeFrom`: ISO 8601 UTC; no start line is null. */
export type LooksFrom = { store: { lookBefore: string }; settings: { document: { orders: { takeFrom: string | null } } } };

/** `lookFirst`: its entry in the log was deleted. */
export type Looks = { lookFirst?: boolean | undefined };

/**
 * No memory, no blind first write (design 3.5): whether Cin7 is looked through before the first write of an order. True for
 * orders placed before we were connected or orders were switched on (`stores.look_before`), before the start line (M21), and
 * for those whose entry in the log was deleted (`kept.lookFirst`, decision 1.7): another connection may have brought them.
 */
export const looksFirst = ({ store, settings }: LooksFrom, order: { placedAt: string }, kept: Looks): boolean =>
  kept.lookFirst === true || order.placedAt < store.lookBefore || order.placedAt < (settings.document.orders.takeFrom ?? "");
