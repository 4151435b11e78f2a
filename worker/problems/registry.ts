import type { ChargeKey } from "../contract/index.ts";

/**
 * What a person must decide or know. A problem is keyed: the same cause raises it once, however many orders wait for it,
 * and it clears itself when the last of them passes (design 2; rules.md 1.6). Facts are enough to word it; no personal data.
 */
export type ProblemKey = string;

export type Problem =
  // orders: mapping gaps (hold the order, all at once)
  | { kind: "setup-incomplete"; missing: string[] }
  | { kind: "tax-unmapped"; classId: number; className: string; side: "with" | "without" }
  | { kind: "charge-missing"; charge: ChargeKey }
  | { kind: "sku-unknown"; sku: string; name: string; held: boolean }
  | { kind: "total-differs"; orderId: number; ours: string; theirs: string; currency: string; what: string }
  | { kind: "currency-unsupported"; currency: string; base: string }
  | { kind: "currency-customer-missing"; currency: string }
  | { kind: "several-addresses"; orderId: number; count: number }
  | { kind: "order-malformed"; orderId: number; fields: string[] }
  | { kind: "status-hold"; orderId: number; statusId: number; status: string }
  | { kind: "test-payment"; orderId: number }
  | { kind: "payment-unmapped"; method: string }
  | { kind: "payment-differs"; orderId: number; paid: string; total: string; currency: string }
  // orders: what Cin7 Core says
  | { kind: "cin7-refused"; orderId: number; step: string; text: string }
  | { kind: "cin7-total-differs"; orderId: number; ours: string; cin7: string; currency: string; document: string }
  | { kind: "sale-voided"; orderId: number; saleNumber: string }
  /** Its entry in the log was deleted, its sale is there (decision 1.7). `shipped`: the goods have left, so it is not voided from here. */
  | { kind: "sale-exists"; orderId: number; saleNumber: string; shipped?: boolean }
  | { kind: "maybe-imported-elsewhere"; orderId: number; saleNumber: string }
  | { kind: "twin-sale"; orderId: number; saleNumbers: string[] }
  | { kind: "customer-gone"; customer: string }
  | {
      kind: "changed-after-sale";
      orderId: number;
      saleNumber: string;
      what: "cancelled" | "refunded" | "total";
      assembled?: string;
      /** Its sale holds other orders too. */
      daily?: boolean;
    }
  /** Cancelled in BigCommerce while it was on its way; `why`: what keeps its sale from being voided by us, in words (M28). */
  | { kind: "cancel-waits"; orderId: number; saleNumber: string; why: string; assembled?: string }
  /** Cin7 Core, or the side that is named, calls something that Setup names otherwise now; Setup follows by ID. */
  | { kind: "setting-renamed"; field: string; before: string; after: string; side?: "BigCommerce" }
  /** Documents of these books wait: one for each period (M13). `lockedTo`: YYYY-MM-DD, itself locked; `openDay`: the day after. */
  | { kind: "books-locked"; lockedTo: string; openDay: string }
  /** The automatic pick, pack or ship did not come as far as Setup wants (F21). */
  | { kind: "not-fulfilled"; orderId: number; saleNumber: string; wanted: string; reached: string; short: boolean }
  /** Before the order `quantity` of the kit are to be assembled and components are short (F23); `parts`: which, how many. */
  | {
      kind: "assembly-short";
      orderId: number;
      saleNumber: string;
      sku: string;
      quantity: string;
      location: string;
      parts: { sku: string; needs: string; there: string; made: boolean }[];
    }
  /** The test sale of decision 1.13 could not be voided. */
  | { kind: "test-sale-left"; saleNumber: string; text: string }
  /** Setup names something that Cin7 Core no longer has; `field` is its path in the settings. */
  | { kind: "setting-gone"; field: string; text: string }
  | { kind: "tax-class-new"; classId: number; className: string }
  | { kind: "tax-class-gone"; classId: number; className: string }
  /** The shop's prices are entered with tax (or without) now, and Setup was saved when they were not (F152). */
  | { kind: "price-basis"; withTax: boolean }
  /** Not paid in time: its stock is for sale again (M31). */
  | { kind: "unpaid-released"; orderId: number; days: number }
  | { kind: "voided-after-sale"; orderId: number; saleNumber: string }
  /** More invoices or payments than the order has; what is to be deleted in Cin7 Core (design 3.2). */
  | {
      kind: "written-twice";
      orderId: number;
      saleNumber: string;
      total: string;
      currency: string;
      invoices: string[];
      payments: { reference: string; amount: string }[];
    }
  /** Orders and invoices of this location wait, all for one problem (M36). */
  | { kind: "stocktake-open"; location: string }
  /** Something else writes sales for this store's orders (M22). */
  | { kind: "other-connection"; found: { name: string; sales: number }[] }
  /** Nothing was kept to finish the sale with, and reading the order again did not give the same. `what`: how it differs. */
  | { kind: "sale-unfinished"; orderId: number; saleNumber: string; why: "gone" | "cancelled" | "unmapped" | "differs"; what: string }
  // connections
  | { kind: "bigcommerce-down"; since: string }
  | { kind: "cin7-down"; since: string }
  | { kind: "hooks-refused"; scope: string; text: string }
  | { kind: "bigcommerce-denied"; scope: string | null }
  /** `licence`: Cin7 speaks of a licence or subscription that has ended (F4). */
  | { kind: "cin7-denied"; licence?: boolean }
  // ours
  | { kind: "parked"; work: string; orderId: number | null };

/** The key under which a problem is raised once per store. */
export function keyOf(problem: Problem): ProblemKey {
  switch (problem.kind) {
    case "tax-unmapped":
      return `tax-unmapped:${problem.classId}:${problem.side}`;
    case "charge-missing":
      return `charge-missing:${problem.charge}`;
    case "sku-unknown":
      // Lines without a SKU are told apart by their name.
      return `sku-unknown:${problem.sku || problem.name}`;
    case "currency-unsupported":
      return `currency-unsupported:${problem.currency}`;
    case "currency-customer-missing":
      return `currency-customer-missing:${problem.currency}`;
    case "books-locked":
      return `books-locked:${problem.lockedTo}`;
    case "setting-gone":
      return `setting-gone:${problem.field}`;
    case "setting-renamed":
      return `setting-renamed:${problem.field}`;
    case "tax-class-new":
    case "tax-class-gone":
      return `${problem.kind}:${problem.classId}`;
    case "stocktake-open":
      return `stocktake-open:${problem.location.trim().toLowerCase()}`;
    case "payment-unmapped":
      return `payment-unmapped:${problem.method.toLowerCase()}`;
    case "cin7-refused":
      return `cin7-refused:${problem.step}:${problem.orderId}`;
    case "assembly-short":
      return `assembly-short:${problem.orderId}:${problem.sku}`;
    case "cin7-total-differs":
      return `cin7-total-differs:${problem.document}:${problem.orderId}`;
    case "test-sale-left":
      return `test-sale-left:${problem.saleNumber}`;
    case "customer-gone":
      return `customer-gone:${problem.customer.toLowerCase()}`;
    case "bigcommerce-denied":
      return `bigcommerce-denied:${problem.scope ?? "token"}`;
    case "parked":
      return `parked:${problem.work}`;
    case "total-differs":
    case "several-addresses":
    case "order-malformed":
    case "status-hold":
    case "test-payment":
    case "payment-differs":
    case "sale-voided":
    case "cancel-waits":
    case "sale-exists":
    case "maybe-imported-elsewhere":
    case "twin-sale":
    case "changed-after-sale":
    case "voided-after-sale":
    case "unpaid-released":
    case "sale-unfinished":
    case "not-fulfilled":
    case "written-twice":
      return `${problem.kind}:${problem.orderId}`;
    case "bigcommerce-down":
    case "cin7-down":
    case "hooks-refused":
    case "setup-incomplete":
    case "cin7-denied":
    case "price-basis":
    case "other-connection":
      return problem.kind;
  }
}

/** A side that does not answer: raised once, whoever asked it. */
export const isOfSide = (problem: Problem): boolean => problem.kind === "bigcommerce-down" || problem.kind === "cin7-down";

/** False: only tells; the order went on. */
export function holds(problem: Problem): boolean {
  switch (problem.kind) {
    case "sku-unknown":
      return problem.held;
    case "payment-unmapped":
    case "payment-differs":
    case "twin-sale":
    case "changed-after-sale":
    case "voided-after-sale":
    case "unpaid-released":
    case "sale-unfinished":
    case "bigcommerce-down":
    case "cin7-down":
    case "hooks-refused":
    case "not-fulfilled":
    case "written-twice":
    case "setting-gone":
    case "test-sale-left":
    case "setting-renamed":
    case "tax-class-new":
    case "tax-class-gone":
    case "price-basis":
    case "other-connection":
      return false;
    default:
      return true;
  }
}
