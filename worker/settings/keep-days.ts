export const DAY_MS = 86_400_000;

/** The decision that an order on its way is to be erased when it is finished (M46). */
export const eraseKey = (orderId: number): string => `erase:${orderId}`;
