import type { Switches } from "../world.ts";

/**
 * Every fact of `facts/bigcommerce.md` that is open or inferred, and how this twin decides it. `POST /control/switches`
 * changes them; journeys run with each in both positions.
 */
export const BIGCOMMERCE_SWITCHES = {
  /** 3.5: a DELETE fires `order/archived`; does `order/updated` fire too? */
  archiveAlsoUpdates: false,
  /** 4.2: does the order list show archived orders? */
  archivedInList: false,
  /** 3.5: storefront orders begin as Incomplete (0) and are promoted, with both hooks. */
  storefrontStartsIncomplete: true,
  /** 4.3: order-level discounts of a tax-exclusive store are counted before tax ("entered") or with it ("inclusive": example 218). */
  discountBasis: "entered",
  /** 4.6: the tax rows have no type for fees: do fees show as "handling" rows, or in no row? */
  feeTaxRows: true,
  /** 0, V2 money: 4 places always, or "mixed" (trailing zeros dropped: "8"). */
  decimals: "fixed",
  /** 4: empty V2 lists answer 204 (seen by others) or 200 with `[]`. */
  emptyListStatus: 204,
  /** 5.2: an order without transactions answers 204 (facts) or 200 with an empty list. contract/check calls any 204 here an error. */
  emptyTransactionsStatus: 200,
  /** 4.1: POST /v2/orders answers 201 (general rule) or 200 (specification). */
  createOrderStatus: 201,
  /** 5.2: offline methods leave no transaction row, or one of method "offline". */
  offlineTransactions: false,
  /** 9: tax class ids are text in the specification, numbers on the wire for others. */
  taxClassIdText: true,
  /** 3.1: does creating a hook call its destination? */
  hookPing: false,
  /** 3.1: milliseconds until a new hook is live ("up to a minute"). */
  hookActivationMs: 1_000,
  /** 3.2: are retries signed anew, or do they keep the first timestamp? */
  hookResign: true,
  /** 3.3: milliseconds without an answer that count as failure. Real time, never scaled. */
  hookTimeoutMs: 10_000,
  /** Milliseconds between an event and its first delivery. */
  hookDelayMs: 50,
  /** 3.3: events during a block are all queued again, or lost. */
  blockedEventsLost: false,
  /** 1.5: does a hook on orders need an orders scope? */
  hookNeedsScope: false,
  /** 3.1: POST /v3/hooks answers inside `data`, or bare as one page shows. */
  hookWrapped: true,
  /** 3.4: `order/statusUpdated` carries the status block; one page leaves it out. */
  statusInHook: true,
  /** 3.2: `created_at` is in the payload; one page leaves it out. */
  createdAtInHook: true,
  /** 12: what the payload hash covers. Without the time, every update of one order has the same hash: two firings of one event collide. */
  hashIncludesTime: false,
  /** 10.1: "standard" 150, "pro" 450, "unlimited" per 30 s. */
  plan: "standard",
  /** 1.3: seconds that BigCommerce's clock runs ahead of ours, in JWTs. */
  jwtSkewSeconds: 0,
  /** 3.5: placing an order also fires product/sku inventory hooks and product/updated noise. */
  inventoryNoise: true,
  /** 10.3: a trailing slash on a V3 path answers 403. */
  trailingSlashForbidden: true,
} satisfies Switches;

export type BigCommerceSwitches = { -readonly [K in keyof typeof BIGCOMMERCE_SWITCHES]: Widened<(typeof BIGCOMMERCE_SWITCHES)[K]> };
type Widened<T> = T extends boolean ? boolean : T extends number ? number : string;
