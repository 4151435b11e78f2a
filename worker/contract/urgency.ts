/**
 * What depends on a problem, most urgent first. Each kind says its own beside its words (`problems.ts` of its slice); lists,
 * headings and tests take their order from here.
 */
export const URGENCIES = ["goods", "every-order", "orders", "books", "notice"] as const;
export type Urgency = (typeof URGENCIES)[number];
