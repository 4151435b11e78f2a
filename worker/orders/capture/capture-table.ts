import { STATUS } from "../../bigcommerce/order-status.ts";
import type { CaptureRule, TakenAt, TakenIf } from "../../contract/index.ts";

/**
 * Table M19 as data: what each BigCommerce status means under each capture rule. A cell with a condition is taken only
 * when the condition is true of the order; until then it is *not yet*.
 */
export type Condition = TakenIf;
type Cell = "yes" | "not-yet" | { yesIf: Condition };
export type StatusRow =
  | { is: "rule"; name: string; cells: Record<CaptureRule, Cell> }
  | { is: "never"; name: string; code: string; text: string }
  | { is: "held"; name: string };

const rule = (name: string, created: Cell, authorised: Cell, paid: Cell, completed: Cell): StatusRow => ({
  is: "rule",
  name,
  cells: { created, authorised, paid, completed },
});
const ifPaid: Cell = { yesIf: "paid" };

export const STATUS_TABLE: Readonly<Record<number, StatusRow>> = {
  [STATUS.incomplete]: { is: "never", name: "Incomplete", code: "incomplete", text: "The shopper has not finished checkout." },
  [STATUS.pending]: rule("Pending", { yesIf: "staff-or-app" }, "not-yet", "not-yet", "not-yet"),
  [STATUS.shipped]: rule("Shipped", "yes", "yes", ifPaid, "yes"),
  [STATUS.partiallyShipped]: rule("Partially Shipped", "yes", "yes", ifPaid, "not-yet"),
  [STATUS.refunded]: {
    is: "never",
    name: "Refunded",
    code: "refunded",
    text: "It was already refunded in BigCommerce when Lockstep first saw it.",
  },
  [STATUS.cancelled]: { is: "never", name: "Cancelled", code: "cancelled", text: "It was cancelled in BigCommerce." },
  [STATUS.declined]: { is: "never", name: "Declined", code: "declined", text: "It was declined in BigCommerce." },
  [STATUS.awaitingPayment]: rule("Awaiting Payment", "yes", { yesIf: "authorised" }, { yesIf: "captured" }, "not-yet"),
  [STATUS.awaitingPickup]: rule("Awaiting Pickup", "yes", "yes", ifPaid, "not-yet"),
  [STATUS.awaitingShipment]: rule("Awaiting Shipment", "yes", "yes", ifPaid, "not-yet"),
  [STATUS.completed]: rule("Completed", "yes", "yes", ifPaid, "yes"),
  [STATUS.awaitingFulfillment]: rule("Awaiting Fulfillment", "yes", "yes", ifPaid, "not-yet"),
  [STATUS.manualVerification]: { is: "held", name: "Manual Verification Required" },
  [STATUS.disputed]: { is: "held", name: "Disputed" },
  [STATUS.partiallyRefunded]: rule("Partially Refunded", "yes", "yes", "yes", { yesIf: "all-shipped" }),
};

/** Statuses of which no rule ever takes an order. */
export const NEVER_TAKEN: readonly number[] = Object.entries(STATUS_TABLE).flatMap(([id, row]) => (row.is === "never" ? [Number(id)] : []));

/** The row of a status for Setup's table (M19), a condition by its name. An unknown status is not taken yet. */
export function takenAt(statusId: number): Record<CaptureRule, TakenAt> {
  const row = STATUS_TABLE[statusId];
  const cell = (captureRule: CaptureRule): TakenAt => {
    if (!row) return "not-yet";
    if (row.is !== "rule") return row.is;
    const known = row.cells[captureRule];
    return typeof known === "object" ? known.yesIf : known;
  };
  return { created: cell("created"), authorised: cell("authorised"), paid: cell("paid"), completed: cell("completed") };
}
