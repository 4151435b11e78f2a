/** What the laws of size and names do not hold for yet. These lists only shrink. */

/** Functions with more than five parameters. */
export const WIDE = [
  "worker/sales/documents-store.ts#reached",
  "worker/sales/lines-store.ts#mapped",
  "worker/setup/said.ts#bigcommerceRead",
];

/** Circles of types: these files reach each other. */
export const CIRCULAR = [
  "worker/inbox/claim.ts",
  "worker/inbox/define-work.ts",
  "worker/inbox/flow.ts",
  "worker/inbox/outcome.ts",
  "worker/inbox/vendor-answer.ts",
];

/** Exported type names that mean two things. */
export const REPEATED = ["OrderRow", "Written"];
