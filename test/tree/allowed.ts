/** What the laws of size and names do not hold for yet. These lists only shrink. */

/** Exported type names that mean two things. */
export const REPEATED = ["OrderRow", "Written"];
