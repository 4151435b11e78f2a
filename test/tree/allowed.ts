/** What the laws of size and names do not hold for yet. These lists only shrink. */

/** Functions with more than five parameters. */
export const WIDE = [
  "worker/sales/documents-store.ts#reached",
  "worker/sales/lines-store.ts#mapped",
  "worker/setup/said.ts#bigcommerceRead",
];

/** Exported type names that mean two things. */
export const REPEATED = ["OrderRow", "Written"];
