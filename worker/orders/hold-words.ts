import type { Problem } from "../problems/registry.ts";

/** What an order's line says while it is held: "Held: tax, SKU" (ui.md 10.2). One word a cause, each once. */
export function heldNote(problems: readonly Problem[]): string {
  const words = problems.map((problem) => WORD[problem.kind](problem as never));
  return `Held: ${[...new Set(words)].join(", ")}`;
}

const WORD: { [K in Problem["kind"]]: (problem: Extract<Problem, { kind: K }>) => string } = {
  "setup-incomplete": () => "setup is not complete",
  "tax-unmapped": () => "tax",
  "charge-missing": () => "charge item",
  "sku-unknown": () => "SKU",
  "total-differs": (p) => `total differs by ${p.what}`,
  "currency-unsupported": (p) => `currency ${p.currency}`,
  "currency-customer-missing": (p) => `no customer in ${p.currency}`,
  "books-locked": (p) => `books locked up to ${p.lockedTo}`,
  "not-fulfilled": () => "not picked",
  "assembly-short": (p) => `components of ${p.sku}`,
  "test-sale-left": () => "test sale",
  "setting-gone": () => "setup names something that is gone",
  "setting-renamed": (p) => `renamed in ${p.side ?? "Cin7 Core"}`,
  "tax-class-new": () => "new tax class",
  "tax-class-gone": () => "tax class is gone",
  "price-basis": () => "prices with or without tax",
  "several-addresses": () => "several addresses",
  "order-malformed": () => "order could not be read",
  "status-hold": (p) => p.status,
  "test-payment": () => "test payment",
  "payment-unmapped": () => "payment method",
  "payment-differs": () => "payment differs",
  "cin7-refused": () => "refused by Cin7 Core",
  "cin7-total-differs": () => "total differs in Cin7 Core",
  "sale-voided": () => "sale was voided in Cin7 Core",
  "cancel-waits": () => "cancelled in BigCommerce",
  "sale-exists": (p) => `is in Cin7 Core as ${p.saleNumber || "a sale"}`,
  "maybe-imported-elsewhere": () => "may already be in Cin7 Core",
  "twin-sale": () => "two sales in Cin7 Core",
  "customer-gone": () => "customer",
  "changed-after-sale": () => "changed after the sale",
  "unpaid-released": () => "not paid",
  "voided-after-sale": () => "sale was voided in Cin7 Core",
  "written-twice": () => "twice in Cin7 Core",
  "stocktake-open": (p) => `stocktake at ${p.location}`,
  "other-connection": () => "another connection",
  "sale-unfinished": () => "sale not finished",
  "bigcommerce-down": () => "BigCommerce does not answer",
  "cin7-down": () => "Cin7 Core does not answer",
  "hooks-refused": () => "notices are refused",
  "bigcommerce-denied": () => "connection to BigCommerce",
  "cin7-denied": () => "connection to Cin7 Core",
  parked: () => "an error of ours",
};
