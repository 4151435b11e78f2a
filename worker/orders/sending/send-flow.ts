import { assembleFor, giveTurns } from "../../assembly/assembly-step.ts";
import { documentsOf } from "../../assembly/plan.ts";
import { speaksOfRefund } from "../../bigcommerce/refunds.ts";
import { readSale } from "../../cin7/sale.ts";
import type { SaleOrder } from "../../cin7/schemas/sale.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { type Again, blocked, done, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import type { Work } from "../../inbox/work.ts";
import { instant, iso } from "../../lib/days.ts";
import type { Problem, ProblemKey } from "../../problems/define-problem.ts";
import { reached, show } from "../../sales/documents-store.ts";
import type { Kept } from "../../sales/kept.ts";
import { saleKept } from "../../sales/kept-store.ts";
import { type Written as Document, type DocumentState, fulfilmentIn } from "../../sales/stages.ts";
import { isDaily } from "../../settings/is-daily.ts";
import { stocktakeAt, unlessStocktake } from "../../stocktake/wait-step.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { assemblyMark, orderStep, saleStep } from "../marks.ts";
import { move, type OrderRow, orderFor } from "../store.ts";
import { totalDifference } from "./bodies.ts";
import { IN_A_ROW, isBraked, waitsForBrake } from "./brake.ts";
import { agreed, differed } from "./brake-store.ts";
import { forCustomer } from "./customer-step.ts";
import { decideSend } from "./decide-send.ts";
import { ended, halted } from "./ended-flow.ts";
import { fulfilled, missingOf } from "./fulfilment-check.ts";
import { forgottenAt } from "./memory.ts";
import type { SaleIds } from "./service-sale.ts";
import { type Sending, writeSale, writeTaken } from "./write-sale-step.ts";

/**
 * `order.send`: the sale and its authorised order, each written exactly once (design 3, 8.10). Two calls when the customer
 * is known. What Cin7 answers is compared with ours to the cent before the next stage (M1).
 */
export async function sendOrder(c: LinkedContext, orderId: number, pressed = false): Promise<Outcome> {
  const next = decideSend({
    row: await orderFor(c, orderId),
    kept: await saleKept(c, orderId),
    isClaimed: ({ generation }) => c.claims.of(saleStep(orderId, generation)) !== null,
    daily: isDaily(c.settings.document),
    on: c.settings.document.orders.on,
  });
  if (next.is === "paused") return paused(c, orderId);
  if (next.is === "not") return done(next.why, next.read ? { next: [{ kind: "order.changed", orderId }] } : {});
  const { row, kept } = next;
  if (next.is === "sent") return done(`Already in Cin7 Core as ${row.saleNumber ?? "a sale"}.`, moneyNext(row, kept));
  // Every order differs just now: none is authorised but the one that somebody tries.
  const asked = { pressed, now: c.now(), timeScale: c.config.timeScale };
  if (!isOrdered(c, row) && waitsForBrake(c.store.differing, c.tenant.account, asked))
    return ended(c, row, blocked([{ kind: "totals-differ", orders: IN_A_ROW }]));
  // A stocktake keeps its whole location waiting: nobody asks Cin7 in vain (M36).
  const waits = isOrdered(c, row) || kept.draft.order?.status === "draft" ? null : await stocktakeAt(c, kept.draft);
  if (waits) return ended(c, row, blocked([waits]));

  const sending: Sending = { c, row, kept };
  const header = await forCustomer(c, kept.draft, forgottenAt(c, row, kept), (customerId) => writeSale(sending, customerId));
  if (header.is === "stop") return ended(c, row, header.outcome);
  if (header.is !== "written") return halted(c, row, kept.draft, header, { step: "sale" });
  const sale = saleDocument(header.value, kept.draft);
  if (header.value.service) return sentAsService(sending, sale);
  // Stored when this step ends, whichever way it does; until then its claim knows the sale.
  show(row, [sale]);
  return (await assembleFirst(sending, sale)) ?? sendDocument(sending, sale);
}

const PAUSED = "Orders are off. It goes to Cin7 Core when they are switched on again.";

/** Mapped and not begun: it stays where it is, with its stock held, and whoever switches orders on sends it. */
async function paused(c: LinkedContext, orderId: number): Promise<Outcome> {
  await move(c.db, c.tenant, orderId, { state: "pending", note: PAUSED }, iso(c.now()));
  return done(PAUSED);
}

type SaleDocument = Document & { cin7Id: string; number: string };
const saleDocument = ({ saleId, saleNumber: number }: SaleIds, { orderDate, totals }: SaleDraft): SaleDocument => ({
  kind: "sale",
  state: "open",
  cin7Id: saleId,
  number,
  day: orderDate,
  total: totals.incTax,
});

/** No order of its own: its invoice holds the lines (M7). */
async function sentAsService({ c, row, kept }: Sending, sale: SaleDocument): Promise<Outcome> {
  const note = `In Cin7 Core${sale.number ? ` as ${sale.number}` : ""}`;
  await reached(c, row, [sale, { kind: "order", state: "none" }], { ...SENT, note, reserved: [] });
  return done("In Cin7 Core as a Service sale.", { ...moneyNext(row, kept), notices: kept.draft.notices });
}

/** What Setup wants assembled for it (F23) is assembled before its order document. Null: nothing keeps it. */
async function assembleFirst({ c, row, kept }: Sending, sale: SaleDocument): Promise<Outcome | null> {
  const { orderId } = row;
  const assembled = await assembleFor(c, row, kept.draft, forgottenAt(c, row, kept));
  if (assembled.is !== "ready" && assembled.is !== "short")
    return ended(c, row, stop(assembled, c, refusedAs(orderId, "assembly")), [sale]);
  if (assembled.made.length > 0) {
    // Known before the order document is begun: from then on nobody looks for it any more.
    const goods = documentsOf(assemblyMark(c.tenant.store, orderId), assembled.made, kept.draft.lines);
    await reached(c, row, goods, { state: "sending", note: "On its way to Cin7 Core." });
  }
  if (assembled.is === "ready") return null;
  return ended(c, row, { is: "blocked", problems: assembled.problems, again: lookedAtAgain(c, orderId) }, [sale]);
}

/** The order document, compared to the cent; then what Cin7 did with it is stored, and the money follows. */
async function sendDocument(sending: Sending, header: SaleDocument): Promise<Outcome> {
  const { c, row } = sending;
  // One that was written before and is looked at again tells nothing of Cin7's settings now.
  const isNew = !isOrdered(c, row);
  const { order: answer, draft } = await writeTaken(sending, header.cin7Id);
  if (answer.is !== "wait" && answer.is !== "trouble") await giveTurns(c, row, draft);
  const order = await unlessStocktake(c, draft, answer);
  if (order.is !== "written") return halted(c, row, draft, order, { step: "order", docs: [header] });
  const sale = { ...header, number: order.value.SaleOrderNumber || header.number };

  const difference = totalDifference(draft, order.value);
  if (difference) {
    const { orderId } = row;
    if (isNew) await differed(c.db, c.tenant, orderId, iso(c.now()));
    const problem: Problem = { kind: "cin7-total-differs", orderId, document: "order", currency: draft.currency, ...difference };
    return ended(c, row, blocked([problem]), [sale]);
  }
  if (isNew && c.store.differing) await agreed(c.db, c.tenant);
  const sent =
    order.value.Status === "DRAFT" ? await sentAsDraft(sending, draft, sale) : await sentInFull(sending, draft, sale, order.value);
  return isNew && isBraked(c.store.differing, c.tenant.account) ? letAllGo(sent) : sent;
}

/** One order agrees again: what waited for that goes by itself. */
const letAllGo = (sent: Outcome): Outcome =>
  sent.is === "done"
    ? { ...sent, clears: [...(sent.clears ?? []), "totals-differ"], next: [...(sent.next ?? []), { kind: "orders.release" }] }
    : sent;

const orderDocument = ({ orderDate, totals }: SaleDraft, { number }: SaleDocument, state: DocumentState): Document => ({
  kind: "order",
  number,
  day: orderDate,
  total: totals.incTax,
  state,
});

/** Cin7 allocates nothing for a draft: our hold on the stock stays until somebody authorises it (M11). */
async function sentAsDraft({ c, row, kept }: Sending, draft: SaleDraft, sale: SaleDocument): Promise<Outcome> {
  const note = `In Cin7 Core as ${sale.number}, a draft`;
  await reached(c, row, [sale, orderDocument(draft, sale, "draft")], { ...SENT, note });
  return done(`In Cin7 Core as ${sale.number}, a draft.`, { ...moneyNext(row, kept), notices: draft.notices });
}

async function sentInFull({ c, row, kept }: Sending, draft: SaleDraft, sale: SaleDocument, order: SaleOrder): Promise<Outcome> {
  const short = order.Lines.some((line) => (line.BackorderQuantity ?? 0) > 0);
  const gone = await fulfilment(c, row, draft, sale, short);
  if ("halt" in gone) return ended(c, row, stop(gone.halt, c, refusedAs(row.orderId, "order")), [sale]);
  const docs: Document[] = [sale, orderDocument(draft, sale, short ? "backordered" : "authorised")];
  if (gone.state) docs.push({ kind: "fulfilment", state: gone.state });
  await reached(c, row, docs, { ...SENT, note: `In Cin7 Core as ${sale.number}`, reserved: [] });
  const notices = [...draft.notices, ...gone.notices];
  return done(`In Cin7 Core as ${sale.number}${short ? ", waits for stock" : ""}.`, { ...moneyNext(row, kept), notices });
}

/** Its state while it is on its way is not written by itself. */
const SENT = { state: "sent", via: "sending" } as const;

/** A held order that lacks components looks for them by itself: they come without anybody telling us. */
const LOOK_MS = 15 * 60_000;
const lookedAtAgain = (c: LinkedContext, orderId: number): Again => ({
  at: c.now() + LOOK_MS / c.config.timeScale,
  work: { kind: "order.send", orderId },
});

const isOrdered = (c: LinkedContext, { orderId, generation }: OrderRow): boolean =>
  c.claims.of(orderStep(orderId, generation))?.answer != null;

/** Invoice and payments follow, also those of an invoice that somebody else makes. */
function moneyNext(row: OrderRow, kept: Kept): { next: Work[]; clears?: ProblemKey[] } {
  const { orderId, generation } = row;
  const next: Work[] = [{ kind: "order.money", orderId }];
  // Of a daily sale there is nothing to read.
  if (kept.is === "day") return { next };
  // Created again: that the one before is void is no news any more.
  const clears = generation > 1 ? { clears: [`open-again:${orderId}`, `voided-after-sale:${orderId}`] } : {};
  // Money of it went back before there was a sale: that is in no document (F125).
  if (speaksOfRefund(kept.order, kept.transactions ?? [])) next.push({ kind: "order.refunds", orderId });
  // Told of a change while the frozen draft was on its way (K30): the sale is there now, so it is compared.
  if (row.modifiedAt !== instant(kept.order.date_modified)) next.push({ kind: "order.changed", orderId });
  return { next, ...clears };
}

type Fulfilled = { state: DocumentState | null; notices: Problem[] } | { halt: Halt };

/** Reads back what the automatic mode did: one call, only where Setup asks for a mode (F21). */
async function fulfilment(c: LinkedContext, row: OrderRow, draft: SaleDraft, sale: SaleDocument, short: boolean): Promise<Fulfilled> {
  const mode = draft.order?.fulfil ?? "none";
  // Nothing to pick: only services and certificates.
  if (mode === "none" || draft.reserved.length === 0) return { state: null, notices: [] };
  const read = await readSale(c.cin7, sale.cin7Id);
  if (read.is !== "read") return { halt: haltOf(read, c) };
  const stages = fulfilled(read.value);
  const missing = missingOf(mode, stages);
  const { orderId } = row;
  return {
    state: fulfilmentIn(stages),
    notices: missing ? [{ kind: "not-fulfilled", orderId, saleNumber: sale.number, short, ...missing }] : [],
  };
}
