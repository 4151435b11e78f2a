import { assembledIn } from "../../assembly/plan.ts";
import { isCancelled, isRefunded } from "../../bigcommerce/order-status.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import { done, type Outcome } from "../../inbox/outcome.ts";
import { decimal } from "../../lib/money.ts";
import type { Problem } from "../../problems/define-problem.ts";
import type { OrderRow } from "../store.ts";

/** The sale exists. A payment may have come; a cancel, refund or new total must be told (they are never silent). */
export function afterSent(row: OrderRow, order: Order): Outcome {
  const { orderId } = row;
  const notices: Problem[] = [];
  const total = decimal(order.total_inc_tax);
  const saleNumber = row.saleNumber ?? "";
  // Its sale holds other orders too (F15).
  const daily = row.daySale === null ? {} : { daily: true };
  const change = (what: "refunded" | "total") => notices.push({ kind: "changed-after-sale", orderId, saleNumber, what, ...daily });
  const assembled = assembledIn(row.picture);
  if (isCancelled(order.status_id))
    notices.push({ kind: "changed-after-sale", orderId, saleNumber, what: "cancelled", ...daily, ...(assembled ? { assembled } : {}) });
  else if (isRefunded(order.status_id)) change("refunded");
  else if (total && decimal(mappedTotal(row))?.eq(total) === false) change("total");
  // What keeps its invoice or payments may have changed too; where nothing is left to do this asks nothing.
  const more = { next: [{ kind: "order.money" as const, orderId: row.daySale ?? orderId }] };
  const clears = notices.length === 0 ? [`changed-after-sale:${orderId}`] : [];
  return done(`Already in Cin7 Core${saleNumber ? ` as ${saleNumber}` : ""}.`, { ...more, notices, clears });
}

/** The total that went to Cin7: what the order is compared with from then on. */
const mappedTotal = (row: OrderRow) => (row.picture as { mapped?: { totals?: { incTax?: string } } } | null)?.mapped?.totals?.incTax;
