import type { Claims } from "../../inbox/claim.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { orderStep, saleStep } from "../marks.ts";

/**
 * How much of an order may be in Cin7, by its claims (design 3.4): `nothing`: every run maps anew. `sale`: its header is there
 * for certain and nothing of the order document, because Cin7 refused that or was never asked: lines and charges may still be
 * mapped anew under the same header. `order`: the frozen draft goes to its end first (K30).
 */
export function begunOf(claims: Pick<Claims, "of">, orderId: number, generation: number): "nothing" | "sale" | "order" {
  const sale = claims.of(saleStep(orderId, generation));
  if (!sale) return "nothing";
  return sale.answer != null && !claims.of(orderStep(orderId, generation)) ? "sale" : "order";
}

/** What an order page says of the header, which stays as it was sent. */
const OF_HEADER = new Set(["Customer", "Location", "Prices", "Currency"]);

/**
 * The order mapped anew under the header that its sale has already: customer, location, addresses, days and rate stay as sent.
 * Null: currency or tax basis are other ones now, so the figures do not fit this sale.
 */
export function underHeader(sent: SaleDraft, anew: SaleDraft): SaleDraft | null {
  if (sent.currency !== anew.currency || sent.taxInclusive !== anew.taxInclusive) return null;
  const { lines, charges, sold, totals, order, invoice, settingsVersion, losses, notices, reserved } = anew;
  const decisions = [
    ...sent.decisions.filter((decision) => OF_HEADER.has(decision.label)),
    ...anew.decisions.filter((decision) => !OF_HEADER.has(decision.label)),
  ];
  const rows = { lines, charges, ...(sold ? { sold } : {}), totals };
  return { ...sent, ...rows, ...(order ? { order } : {}), invoice, settingsVersion, losses, notices, reserved, decisions };
}
