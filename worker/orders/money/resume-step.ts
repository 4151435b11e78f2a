import type { StoreRow } from "../../api/access.ts";
import { isCancelled } from "../../bigcommerce/order-status.ts";
import { readOrder as readSaleOrder } from "../../cin7/sale-order.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome } from "../../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { isDaySale } from "../../lib/day-sale.ts";
import type { OrderKept } from "../../sales/kept.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { mapOrder } from "../reading/map-step.ts";
import { readOrder, unreadOutcome } from "../reading/read-order-flow.ts";
import { totalDifference } from "../sending/bodies.ts";
import { readStages } from "../state.ts";
import type { OrderRow } from "../store.ts";

/** `c`: looks before each write, as nothing is remembered of the order. */
type Again = { is: "kept"; kept: OrderKept; c: LinkedContext } | { is: "stop"; outcome: Outcome };

/** Nothing is remembered of the order, as if it had been placed before we were connected. */
const withoutMemory = (row: OrderRow, { lookBefore }: StoreRow): string =>
  row.placedAt < lookBefore ? lookBefore : new Date(Date.parse(row.placedAt) + 1).toISOString();

/**
 * A sale in Cin7 of which nothing is kept any more (after a disconnect, an erased shopper, the days of keeping): read again
 * from BigCommerce, mapped with the settings that sent it and compared with the order in Cin7 to the cent; then what it still
 * lacks is written, looked for first (design 3.5). What cannot be worked out as it was is named, never written (N20).
 */
export async function readAgain(c: LinkedContext, row: OrderRow): Promise<Again> {
  const { orderId } = row;
  const stages = readStages(row.stages);
  const settings = (row.settingsVersion && (await c.settingsOf(row.settingsVersion))) || c.settings.document;
  const invoiced = row.waitsFor === "invoice" || row.waitsFor === "books" || row.invoiceTaskId !== null;
  const wanted = settings.invoice.status !== "none" || row.waitsFor !== "" || invoiced;
  if (stages.includes("voided") || stages.includes("paid") || !wanted) return over("Nothing is left to do for it in Cin7 Core.");
  // Its orders were mapped one by one; they are not put together a second time (F15).
  if (isDaySale(orderId)) return named(row, "unmapped");

  const read = await readOrder(c.bigcommerce, orderId);
  if (!read.ok && read.error.is === "answer" && read.error.answer.is === "missing") return named(row, "gone");
  if (!read.ok) return { is: "stop", outcome: unreadOutcome(c, orderId, read.error) };
  const order = read.value;
  if (isCancelled(order.status_id)) return named(row, "cancelled");
  // Mapped with what sent it, as the one sale that it is already, to however many addresses.
  const sentBy = { ...c, settings: { version: row.settingsVersion ?? c.settings.version, document: settings } };
  const mapping = await mapOrder(sentBy, order, row, { is: "take", metAt: row.metAt ?? row.placedAt }, true);
  if (mapping.is === "stop") return mapping;
  if (mapping.is === "unread") return { is: "stop", outcome: unreadOutcome(c, orderId, mapping.failure) };
  if (mapping.is === "held") return named(row, "unmapped");
  const { draft } = mapping.kept;
  const differs = await compared(c, row, draft);
  if (differs) return differs;
  // Its invoice is in Cin7 already: it is finished, whatever that version of Setup says.
  const invoice =
    row.invoiceTaskId !== null && draft.invoice.status === "none" ? { ...draft.invoice, status: "draft" as const } : draft.invoice;
  // No other form of it: its order is in Cin7 as it is.
  const kept: OrderKept = { ...mapping.kept, draft: { ...draft, invoice }, fallback: null };
  return { is: "kept", kept, c: { ...c, store: { ...c.store, lookBefore: withoutMemory(row, c.store) } } };
}

/** Null: the order in Cin7 is the one that would be sent now. */
async function compared(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Again | null> {
  const order = await readSaleOrder(c.cin7, row.saleId ?? "");
  if (order.is !== "read") return { is: "stop", outcome: stop(haltOf(order, c), c, refusedAs(row.orderId, "order")) };
  if (order.value.Status === "VOIDED")
    return { is: "stop", outcome: done("Its sale is void.", { next: [{ kind: "sale.check", orderId: row.orderId }] }) };
  const difference = totalDifference(draft, order.value);
  return difference && named(row, "differs", `${difference.ours} ${draft.currency}, in Cin7 Core ${difference.cin7}`);
}

const over = (note: string): Again => ({ is: "stop", outcome: done(note) });

function named({ orderId, saleNumber }: OrderRow, why: "gone" | "cancelled" | "unmapped" | "differs", what = ""): Again {
  const notice = { kind: "sale-unfinished" as const, orderId, saleNumber: saleNumber ?? "", why, what };
  return { is: "stop", outcome: done("It cannot be finished by itself; Needs attention says why.", { notices: [notice] }) };
}
