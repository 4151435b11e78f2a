/** An order's page and what can be done there. */
import type { ProblemRow } from "./attention.ts";
import type { OrderRow } from "./core.ts";

export type Attempt = {
  id: number;
  at: string;
  /** e.g. "Create the sale", "Authorise the order", "Read the order". */
  step: string;
  side: "BigCommerce" | "Cin7 Core";
  method: string;
  path: string;
  status: number | null;
  outcome: "ok" | "refused" | "unknown" | "waits";
  ms: number;
  note: string;
  /** Bodies as sent and answered, credentials left out; null when their keeping time is over. */
  request: string | null;
  response: string | null;
};

export type DraftLineView = {
  kind: "line" | "charge";
  sku: string;
  name: string;
  quantity: string;
  price: string;
  tax: string;
  taxRule: string;
  total: string;
  account: string;
  /** Why it looks like this: "GST on Income, because tax class Default Tax Class was charged 10 %". */
  why: string;
};

/** `price`: of one, as the shop keeps it, so with or without tax as *Prices* says; the other three are of the whole line. */
export type CameLine = { sku: string; name: string; quantity: string; price: string; exTax: string; tax: string; incTax: string };
export type CameTotal = { label: string; exTax: string; tax: string; incTax: string };

/**
 * GET /api/stores/:hash/orders/:id/now: the order as BigCommerce says it is at this moment, asked for the page and not kept. `changes`:
 * what is different since its sale was made, a sentence each; null: it has none.
 */
export type OrderNow = Pick<OrderDetail, "came" | "cameLines" | "cameTotals"> & { at: string; changes: string[] | null };

/** GET /api/stores/:hash/orders/:id */
export type OrderDetail = {
  order: OrderRow;
  /** What came from BigCommerce, as label and value, ready to show. */
  came: { label: string; value: string }[];
  cameLines: CameLine[];
  /** From the lines to the total, each row on the same basis, so that every column adds up; the last row is the total. */
  cameTotals: CameTotal[];
  /** What was mapped and why; null while a problem keeps it from being mapped. */
  mapped: {
    lines: DraftLineView[];
    totals: { exTax: string; tax: string; incTax: string };
    decisions: { label: string; value: string; why: string }[];
    settingsVersion: number;
    /** What did not fit (N19). */
    losses: string[];
  } | null;
  payments: {
    method: string;
    amount: string;
    /** As it was paid: not always the order's. */
    currency: string;
    account: string;
    reference: string;
    at: string;
    state: "posted" | "waits" | "left-out";
    why: string;
  }[];
  problems: ProblemRow[];
  attempts: Attempt[];
  bigcommerceUrl: string | null;
  daily: { id: number; day: string; orders: OrderRow[] } | null;
  /** Of an order that is not taken: what keeps it out, and each way in. */
  keptOut: KeptOut | null;
  /** What the sale means in the books, in sentences; empty where it is not known. */
  books: { when: string; entries: { title: string; text: string }[] } | null;
  /** The orders before and after it by number. */
  previous: number | null;
  next: number | null;
};

export type KeptOut = { text: string; ways: WayIn[] };
/** `shop`: the order in BigCommerce; `take-now`: POST …/orders/:id/take-now, after its warning. */
export type WayIn =
  | { is: "process" | "shop"; label: string }
  | { is: "page"; label: string; to: string }
  | { is: "take-now"; label: string; warning: string };

/**
 * POST /api/stores/:hash/orders/:id/process (operate) -> {queued: true}: looks again now; the same for two people who press at once.
 * `keptOut`: why it is not taken all the same, as BigCommerce told of it last.
 * POST /api/stores/:hash/orders/:id/take-now (operate) -> {queued: true}: an order that is not taken comes before its moment.
 */
export type Queued = { queued: true; keptOut?: string };
/**
 * POST /api/stores/:hash/orders/:id/delete-entry (operate) -> Queued: the entry in the log goes and the order is taken again; a
 * sale that is in Cin7 Core is found first, never made twice (F124). 409 `on-its-way` while it is being sent.
 * POST /api/stores/:hash/orders/bulk {ids, action} (operate) -> BulkDone: at most 200 at once (K12). `left`: those that cannot be
 * skipped any more, because they are on their way or in Cin7 Core.
 */
export type BulkAction = { ids: number[]; action: "process" | "skip" };
export type BulkDone = { done: number; left: number };
