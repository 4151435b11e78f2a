import type { Page } from "./page.ts";
import type { Urgency } from "./urgency.ts";

/** *Needs attention*: part of the wire contract (`contract.ts`). */

export type ProblemArea = "finance" | "warehouse" | "shop";
/** A gap in Setup that one choice closes: the Cin7 tax rule of a tax class. */
export type QuickAnswer = { is: "tax-rule"; classId: number; className: string; side: "with" | "without" };
/** What one click does about it: a page to go to, or an action of the server. */
export type Remedy =
  /** `answer`: what is chosen on that page can be chosen beside the problem, too. */
  | { label: string; to: string; answer?: QuickAnswer }
  /** `after`: by itself it changes nothing, something else is mended first. */
  | { label: string; action: "process"; orderId: number; after?: true }
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
  /** What depends on it: lists begin with the most urgent. */
  urgency: Urgency;
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
  /** Both sides of the one order that it is about; null where a side has no page for it. */
  sides?: { orderId: number; order: string | null; sale: string | null; saleNumber: string | null };
  /** When it was put aside; only in the list of what was read. */
  readAt?: string;
};

/** GET /api/stores/:hash/attention?q=&area=&sort=urgency|raisedAt|orders&dir=&read=1&page=&perPage= ; `read`: what was put aside */
export type AttentionList = Page<ProblemRow>;
/** POST /api/stores/:hash/attention/dismiss {key} or {keys} (operate): only those with holds = false; answers {dismissed, keys, left}. */
export type Dismissed = { dismissed: true; keys: string[]; left: number };
/** POST /api/stores/:hash/attention/restore {keys} (operate): what was put aside stands in the list again. */
export type Restored = { restored: number };
/** GET /api/stores/:hash/attention/kinds: what is open, by kind; `label` as an order's line says it. */
export type AttentionKinds = { kinds: { kind: string; label: string; orders: number }[] };
