import type { Page } from "./page.ts";

/** *Needs attention*: part of the wire contract (`contract.ts`). */

export type ProblemArea = "finance" | "warehouse" | "shop";
/** What one click does about it: a page to go to, or an action of the server. */
export type Remedy =
  | { label: string; to: string }
  | { label: string; action: "process"; orderId: number }
  /** POST /api/stores/:hash/orders/:id/send-as-one (operate): one sale for several addresses; `warning` is said before it is pressed (M24). */
  | { label: string; action: "send-as-one"; orderId: number; warning: string }
  /** POST /api/stores/:hash/orders/:id/void-and-create (operate): the sale is voided, a new one created (decision 1.7). */
  | { label: string; action: "void-and-create"; orderId: number; warning: string }
  /** POST /api/stores/:hash/locked-books {lockedTo} (operate): what waits for these locked books is dated the first open day (M13). */
  | { label: string; action: "post-open"; lockedTo: string; warning: string };

export type ProblemRow = {
  key: string;
  kind: string;
  area: ProblemArea;
  /** What happened, to which order or SKU. */
  title: string;
  /** What it means and what to do. */
  text: string;
  remedies: Remedy[];
  orders: number[];
  orderCount: number;
  /** False: only tells, nothing waits for it. */
  holds: boolean;
  /** What the button says that puts it aside; absent: *Mark as read*. */
  aside?: string;
  raisedAt: string;
};

/** GET /api/stores/:hash/attention?q=&area=&sort=raisedAt|orders&dir=&page=&perPage= */
export type AttentionList = Page<ProblemRow>;
/** POST /api/stores/:hash/attention/dismiss {key} (operate): only for those with holds = false. */
