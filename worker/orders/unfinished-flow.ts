import type { StoreRow } from "../access.ts";
import * as cin7 from "../cin7/schemas.ts";
import type { LinkedContext } from "../inbox/flow.ts";
import { haltOf, stop } from "../inbox/halt.ts";
import { done, later, type Outcome } from "../inbox/outcome.ts";
import { accountFacts } from "./account-store.ts";
import { needsCustomer } from "./customer-facts.ts";
import type { Kept, SaleDraft } from "./draft.ts";
import { knownProducts } from "./map-flow.ts";
import { readOrder, readSnapshot, unreadOutcome } from "./read-flow.ts";
import type { OrderRow } from "./store.ts";
import { totalDifference } from "./to-cin7.ts";
import { toSale } from "./to-sale.ts";

/** `c`: looks before each write, as nothing is remembered of the order. */
type Again = { is: "kept"; kept: Kept; c: LinkedContext } | { is: "stop"; outcome: Outcome };

const CANCELLED: ReadonlySet<number> = new Set([5, 6]);
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
  const stages = row.stages.split(",");
  const settings = (row.settingsVersion && (await c.settingsOf(row.settingsVersion))) || c.settings.document;
  const invoiced = row.waitsFor === "invoice" || row.waitsFor === "books" || row.invoiceTaskId !== null;
  const wanted = settings.invoice.status !== "none" || row.waitsFor !== "" || invoiced;
  if (stages.includes("voided") || stages.includes("paid") || !wanted) return over("Nothing is left to do for it in Cin7 Core.");

  const read = await readOrder(c.bigcommerce, orderId);
  if (!read.ok && read.error.is === "answer" && read.error.answer.is === "missing") return named(row, "gone");
  if (!read.ok) return { is: "stop", outcome: unreadOutcome(c, orderId, read.error) };
  const order = read.value;
  if (CANCELLED.has(order.status_id)) return named(row, "cancelled");
  const snapshot = await readSnapshot(c.bigcommerce, order, needsCustomer(order, settings));
  if (!snapshot.ok) return { is: "stop", outcome: unreadOutcome(c, orderId, snapshot.error) };
  const known = await knownProducts(c, snapshot.value);
  if (known.is !== "known") return { is: "stop", outcome: known.outcome };
  const facts = await accountFacts(c.db, c.tenant);
  const mapped = toSale({
    snapshot: snapshot.value,
    settings,
    settingsVersion: row.settingsVersion ?? c.settings.version,
    store: { hash: c.tenant.store, timeZone: c.store.timeZone, currency: c.store.currency },
    account: c.account,
    products: known.products,
    generation: row.generation,
    metAt: row.metAt ?? row.placedAt,
    negativeChargesRefused: facts.negativeChargesRefused,
    zeroPriceRefused: facts.zeroPriceRefused,
    // It is one sale already, to however many addresses.
    asOneSale: snapshot.value.shipping.length > 1,
  });
  if (!mapped.ok) return named(row, "unmapped");
  const differs = await compared(c, row, mapped.value);
  if (differs) return differs;
  // Its invoice is in Cin7 already: it is finished, whatever that version of Setup says.
  const invoice =
    row.invoiceTaskId !== null && mapped.value.invoice.status === "none"
      ? { ...mapped.value.invoice, status: "draft" as const }
      : mapped.value.invoice;
  const kept: Kept = { draft: { ...mapped.value, invoice }, order: { ...order, consignments: undefined, fees: undefined } };
  return { is: "kept", kept, c: { ...c, store: { ...c.store, lookBefore: withoutMemory(row, c.store) } } };
}

/** Null: the order in Cin7 is the one that would be sent now. */
async function compared(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Again | null> {
  const answer = await c.cin7.get("/sale/order", { SaleID: row.saleId ?? "" });
  const halt = haltOf(answer, c);
  if (halt) return { is: "stop", outcome: stop(halt, c, (text) => ({ kind: "cin7-refused", orderId: row.orderId, step: "order", text })) };
  const order = cin7.saleOrder.safeParse(answer.is === "ok" ? answer.body : null);
  if (!order.success)
    return { is: "stop", outcome: later(c.now() + 60_000 / c.config.timeScale, "Cin7 Core's answer could not be understood.") };
  if (order.data.Status === "VOIDED")
    return { is: "stop", outcome: done("Its sale is void.", { next: [{ kind: "sale.check", orderId: row.orderId }] }) };
  const difference = totalDifference(draft, order.data);
  return difference && named(row, "differs", `${difference.ours} ${draft.currency}, in Cin7 Core ${difference.cin7}`);
}

const over = (note: string): Again => ({ is: "stop", outcome: done(note) });

function named({ orderId, saleNumber }: OrderRow, why: "gone" | "cancelled" | "unmapped" | "differs", what = ""): Again {
  const notice = { kind: "sale-unfinished" as const, orderId, saleNumber: saleNumber ?? "", why, what };
  return { is: "stop", outcome: done("It cannot be finished by itself; Needs attention says why.", { notices: [notice] }) };
}
