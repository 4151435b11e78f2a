/** Groups of BigCommerce's order statuses (facts/bigcommerce.md 4.4). */

/** Cancelled or declined: nothing further is written for such an order. */
export const isCancelled = (statusId: number): boolean => statusId === 5 || statusId === 6;
