/** BigCommerce's order statuses, the same in every store (facts/bigcommerce.md 4.4), and the groups of them that mean something to us. */
export const STATUS = {
  incomplete: 0,
  pending: 1,
  shipped: 2,
  partiallyShipped: 3,
  refunded: 4,
  cancelled: 5,
  declined: 6,
  awaitingPayment: 7,
  awaitingPickup: 8,
  awaitingShipment: 9,
  completed: 10,
  awaitingFulfillment: 11,
  manualVerification: 12,
  disputed: 13,
  partiallyRefunded: 14,
} as const;

const group = (...names: (keyof typeof STATUS)[]): ReadonlySet<number> => new Set(names.map((name) => STATUS[name]));

const CANCELLED = group("cancelled", "declined");
/** Cancelled or declined: nothing further is written for such an order. */
export const isCancelled = (statusId: number): boolean => CANCELLED.has(statusId);

/** Cancelled, declined or refunded: nothing of it is to be shipped, and a voided sale is what is wanted. */
export const OVER = group("refunded", "cancelled", "declined");
export const isOver = (statusId: number): boolean => OVER.has(statusId);

const REFUNDED = group("refunded", "partiallyRefunded");
/** Money of it was given back, all or some. */
export const isRefunded = (statusId: number): boolean => REFUNDED.has(statusId);

const ON_ITS_WAY = group(
  "shipped",
  "partiallyShipped",
  "awaitingPickup",
  "awaitingShipment",
  "completed",
  "awaitingFulfillment",
  "partiallyRefunded",
);
/** Awaiting Fulfillment or later. */
export const isOnItsWay = (statusId: number): boolean => ON_ITS_WAY.has(statusId);

const LEFT = group("shipped", "completed");
/** All of its goods have left. */
export const hasLeft = (statusId: number): boolean => LEFT.has(statusId);

/** A warehouse still works on it: not shipped, not cancelled, not refunded. Asked for in this order. */
export const WITH_WAREHOUSE: readonly number[] = [
  STATUS.awaitingFulfillment,
  STATUS.awaitingShipment,
  STATUS.awaitingPickup,
  STATUS.awaitingPayment,
  STATUS.partiallyShipped,
  STATUS.manualVerification,
];

/** Of a row of ours that is no order of BigCommerce: a daily sale's. */
export const NO_STATUS = 0;
/** Of an order that nothing could be read of yet. BigCommerce has none like it. */
export const UNREAD = -1;
