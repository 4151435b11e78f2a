import type { Order } from "../bigcommerce/schemas.ts";
import type { Problem } from "../exceptions/problem.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { blocked, done, type Outcome } from "../inbox/outcome.ts";
import { decimal } from "../lib/money.ts";
import type { Kept, SaleDraft } from "./draft.ts";
import { mapOrder } from "./map-flow.ts";
import { saleStep } from "./marks.ts";
import { unreadOutcome } from "./read-flow.ts";
import { readStages } from "./state.ts";
import type { OrderRow } from "./store.ts";

/** The sale exists. A payment may have come; a cancel, refund or new total must be told (they are never silent). */
export async function afterSent(c: LinkedContext, row: OrderRow, order: Order, kept: Kept | null): Promise<Outcome> {
  const { orderId } = row;
  const notices: Problem[] = [];
  const total = decimal(order.total_inc_tax);
  const saleNumber = row.saleNumber ?? "";
  const change = (what: "cancelled" | "refunded" | "total") => notices.push({ kind: "changed-after-sale", orderId, saleNumber, what });
  if (order.status_id === 5 || order.status_id === 6) change("cancelled");
  else if (order.status_id === 4 || order.status_id === 14) change("refunded");
  else if (total && decimal(mappedTotal(row))?.eq(total) === false) change("total");
  // What is left to do was forgotten with a disconnect. A changed order is no longer the sale: then people finish it.
  const forgotten = !kept && isForgotten(c, row);
  if (forgotten && notices.length === 0) {
    const outcome = await rememberAgain(c, row, order);
    if (outcome) return outcome;
  }
  // What keeps its invoice or payments may have changed too; where nothing is left to do this asks nothing.
  const more = forgotten && notices.length > 0 ? {} : { next: [{ kind: "order.money" as const, orderId }] };
  const clears = notices.length === 0 ? [`changed-after-sale:${orderId}`] : [];
  return done(`Already in Cin7 Core${saleNumber ? ` as ${saleNumber}` : ""}.`, { ...more, notices, clears });
}

/** The total that went to Cin7: what the order is compared with from then on. */
const mappedTotal = (row: OrderRow) => (row.picture as { mapped?: { totals?: { incTax?: string } } } | null)?.mapped?.totals?.incTax;

/**
 * Its invoice or payments are not there as far as we know, and neither draft nor claim is left: a disconnect came between
 * (N20). An erased shopper's order keeps its claims, so it is none (M46).
 */
export function isForgotten(c: LinkedContext, row: OrderRow): boolean {
  const stages = readStages(row.stages);
  const over = stages.includes("paid") || stages.includes("voided") || c.settings.document.invoice.status === "none";
  return row.state === "sent" && !over && c.claims.of(saleStep(row.orderId, row.generation)) === null;
}

/** Mapped anew for its invoice and payments alone: nothing of the shopper is kept. Null: remembered. */
async function rememberAgain(c: LinkedContext, row: OrderRow, order: Order): Promise<Outcome | null> {
  const metAt = row.metAt ?? new Date(c.now()).toISOString();
  const mapping = await mapOrder(c, order, row, { is: "take", metAt });
  if (mapping.is === "stop") return mapping.outcome;
  if (mapping.is === "unread") return unreadOutcome(c, row.orderId, mapping.failure);
  if (mapping.is === "held") return blocked(mapping.problems);
  const { kept } = mapping;
  await c.drafts.keep(row.orderId, { ...kept, draft: withoutPerson(kept.draft), fallback: null } satisfies Kept);
  return null;
}

const withoutPerson = (draft: SaleDraft): SaleDraft => ({
  ...draft,
  party: { is: "default", id: "", name: "", why: "Its sale has its customer already." },
  ...{ contact: "", phone: "", email: "", billing: null, shipping: null, note: "", shippingNotes: "" },
});
