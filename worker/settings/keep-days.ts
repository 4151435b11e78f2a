/** How long what belongs to shoppers is kept where Setup says nothing else (F140); Setup may choose 7 to 90 days. */
export const KEPT_DAYS = 30;
export const DAY_MS = 86_400_000;

/** The decision that an order on its way is to be erased when it is finished (M46). */
export const eraseKey = (orderId: number): string => `erase:${orderId}`;
