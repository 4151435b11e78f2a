/** What the laws of size and names do not hold for yet. These lists only shrink. */

/** Functions with more than five parameters. */
export const WIDE = [
  "worker/sales/documents-store.ts#reached",
  "worker/sales/lines-store.ts#mapped",
  "worker/setup/said.ts#bigcommerceRead",
];

/** Circles of types: these files reach each other. */
export const CIRCULAR = [
  "worker/api/access.ts",
  "worker/contract/attention.ts",
  "worker/contract/daily-sales.ts",
  "worker/contract/index.ts",
  "worker/contract/lifecycle.ts",
  "worker/inbox/breaker.ts",
  "worker/inbox/claim.ts",
  "worker/inbox/client.ts",
  "worker/inbox/define-work.ts",
  "worker/inbox/flow.ts",
  "worker/inbox/outcome.ts",
  "worker/inbox/vendor-answer.ts",
  "worker/inbox/work.ts",
  "worker/orders/mapping/amounts/plan-payments.ts",
  "worker/orders/mapping/amounts/tax.ts",
  "worker/orders/mapping/collector.ts",
  "worker/orders/mapping/sale-draft.ts",
];

/** Exported type names that mean two things. */
export const REPEATED = ["OrderRow", "Written"];
