import { rememberRefusal } from "../../accounts/facts-store.ts";
import { assembleFor, giveTurns } from "../../assembly/assembly-flow.ts";
import { documentsOf } from "../../assembly/plan.ts";
import { isCancelled } from "../../bigcommerce/order-status.ts";
import { createSale, readSale } from "../../cin7/sale.ts";
import * as saleOrder from "../../cin7/sale-order.ts";
import { saleOrder as orderAnswer, type SaleOrder } from "../../cin7/schemas/sale.ts";
import { asWritten, type Written, writeOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { type Again, blocked, done, type Outcome } from "../../inbox/outcome.ts";
import { type Halt, haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import type { Work } from "../../inbox/work.ts";
import { isDaySale } from "../../lib/day-sale.ts";
import { instant, iso } from "../../lib/days.ts";
import { sameGuid } from "../../lib/ids.ts";
import type { Problem } from "../../problems/define-problem.ts";
import { reached, show } from "../../sales/documents-store.ts";
import { mapped } from "../../sales/lines-store.ts";
import { type Written as Document, type DocumentState, fulfilmentIn } from "../../sales/stages.ts";
import { isDaily } from "../../settings/is-daily.ts";
import { stocktakeAt, unlessStocktake } from "../../stocktake/wait-flow.ts";
import { holdReasons } from "../hold-words.ts";
import { roundingOf } from "../mapping/amounts/rounding.ts";
import { refusalIn } from "../mapping/could-be-refused.ts";
import type { Kept, SaleDraft } from "../mapping/sale-draft.ts";
import { assemblyMark, orderStep, saleStep } from "../marks.ts";
import { mappedFor, redrawn } from "../reading/picture.ts";
import { forgetProducts, type MoveTo, move, type OrderRow, orderFor } from "../store.ts";
import { orderBody, saleBody, totalDifference } from "./bodies.ts";
import { speaksOfUnknown, withNames } from "./charge-names.ts";
import { forCustomer } from "./customer-flow.ts";
import { lookForSale } from "./find-sale-flow.ts";
import { fulfilled, missingOf } from "./fulfilment-check.ts";
import { forgottenAt, isWanted } from "./memory.ts";
import { isServiceSale, type SaleIds, saleIds } from "./service-sale.ts";

/**
 * `order.send`: the sale and its authorised order, each written exactly once (design 3, 8.10). Two calls when the customer
 * is known. What Cin7 answers is compared with ours to the cent before the next stage (M1).
 */
export async function sendOrder(c: LinkedContext, orderId: number): Promise<Outcome> {
  const row = await orderFor(c, orderId);
  const stored = await c.drafts.of<Kept>(orderId);
  if (!row || !stored) return done("It is read again first.", { next: [{ kind: "order.changed", orderId }] });
  // Mapped for another generation of its sale: the row is older than what was sent (a restored database), or newer.
  if (!isWanted(stored.draft.mark, row))
    return done("It is read again for the sale that is wanted now.", { next: [{ kind: "order.changed", orderId }] });
  if (row.state === "sent") return done(`Already in Cin7 Core as ${row.saleNumber ?? "a sale"}.`, moneyNext(row, stored));
  // Taken back since it was mapped (cancelled, held): without a claim nothing of it is in Cin7, so the present decides anew.
  if (TAKEN_BACK.has(row.state) && !c.claims.of(saleStep(orderId, row.generation)))
    return done("It changed since it was mapped and is read again.", { next: [{ kind: "order.changed", orderId }] });
  // Cancelled since: what is in Cin7 already is voided, or told; nothing further is written (M28).
  if (isCancelled(row.statusId)) return done("It was cancelled and is read again.", { next: [{ kind: "order.changed", orderId }] });
  // One sale a day: what was not begun alone goes with that (F15).
  if (!isDaySale(orderId) && !c.claims.of(saleStep(orderId, row.generation)) && (row.dayCut !== null || isDaily(c.settings.document)))
    return done("It goes with the daily sale.", row.waitsFor === "day" ? {} : { next: [{ kind: "order.changed", orderId }] });
  // A stocktake keeps its whole location waiting: nobody asks Cin7 in vain (M36).
  const waits = isOrdered(c, row) || stored.draft.order?.status === "draft" ? null : await stocktakeAt(c, stored.draft);
  if (waits) return ended(c, row, blocked([waits]));

  const header = await forCustomer(c, stored.draft, forgottenAt(c, row, stored), (customerId) => writeSale(c, row, stored, customerId));
  if (header.is === "stop") return ended(c, row, header.outcome);
  if (header.is !== "written") return halted(c, row, stored.draft, header, { step: "sale" });
  const { saleId, saleNumber: number } = header.value;
  const { orderDate, totals } = stored.draft;
  const saleDocument: Document = { kind: "sale", state: "open", cin7Id: saleId, number, day: orderDate, total: totals.incTax };
  if (header.value.service) {
    // No order of its own: its invoice holds the lines (M7).
    const note = `In Cin7 Core${number ? ` as ${number}` : ""}`;
    await reached(c.db, c.tenant, row, [saleDocument, { kind: "order", state: "none" }], iso(c.now()), {
      ...SENT,
      note,
      reserved: [],
    });
    return done("In Cin7 Core as a Service sale.", { ...moneyNext(row, stored), notices: stored.draft.notices });
  }
  // Stored when this step ends, whichever way it does; until then its claim knows the sale.
  show(row, [saleDocument]);

  const assembled = await assembleFor(c, row, stored.draft, forgottenAt(c, row, stored));
  if (assembled.is !== "ready" && assembled.is !== "short")
    return ended(c, row, stop(assembled, c, refusedAs(orderId, "assembly")), [saleDocument]);
  if (assembled.made.length > 0) {
    // Known before the order document is begun: from then on nobody looks for it any more.
    const goods = documentsOf(assemblyMark(c.tenant.store, orderId), assembled.made, stored.draft.lines);
    await reached(c.db, c.tenant, row, goods, iso(c.now()), { state: "sending", note: "On its way to Cin7 Core." });
  }
  if (assembled.is === "short")
    return ended(c, row, { is: "blocked", problems: assembled.problems, again: lookedAtAgain(c, orderId) }, [saleDocument]);

  const { order: answer, draft } = await writeTaken(c, row, stored, saleId);
  if (answer.is !== "wait" && answer.is !== "trouble") await giveTurns(c, row, draft);
  const order = await unlessStocktake(c, draft, answer);
  if (order.is !== "written") return halted(c, row, draft, order, { step: "order", docs: [saleDocument] });
  const saleNumber = order.value.SaleOrderNumber || number;
  const sale = { ...saleDocument, number: saleNumber };
  const document = { kind: "order" as const, number: saleNumber, day: draft.orderDate, total: draft.totals.incTax };

  const difference = totalDifference(draft, order.value);
  if (difference) {
    const problem: Problem = { kind: "cin7-total-differs", orderId, document: "order", currency: draft.currency, ...difference };
    return ended(c, row, blocked([problem]), [sale]);
  }
  if (order.value.Status === "DRAFT") {
    // Cin7 allocates nothing for a draft: our hold on the stock stays until somebody authorises it (M11).
    const note = `In Cin7 Core as ${saleNumber}, a draft`;
    await reached(c.db, c.tenant, row, [sale, { ...document, state: "draft" }], iso(c.now()), { ...SENT, note });
    return done(`In Cin7 Core as ${saleNumber}, a draft.`, { ...moneyNext(row, stored), notices: draft.notices });
  }
  const short = order.value.Lines.some((line) => (line.BackorderQuantity ?? 0) > 0);
  const gone = await fulfilment(c, row, draft, saleId, saleNumber, short);
  if ("halt" in gone) return ended(c, row, stop(gone.halt, c, refusedAs(orderId, "order")), [sale]);
  const docs: Document[] = [sale, { ...document, state: short ? "backordered" : "authorised" }];
  if (gone.state) docs.push({ kind: "fulfilment", state: gone.state });
  await reached(c.db, c.tenant, row, docs, iso(c.now()), { ...SENT, note: `In Cin7 Core as ${saleNumber}`, reserved: [] });
  const notices = [...draft.notices, ...gone.notices];
  return done(`In Cin7 Core as ${saleNumber}${short ? ", waits for stock" : ""}.`, { ...moneyNext(row, stored), notices });
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

const TAKEN_BACK: ReadonlySet<OrderRow["state"]> = new Set(["held", "not-taken"]);

/** Invoice and payments follow, also those of an invoice that somebody else makes. */
function moneyNext(row: OrderRow, kept: Kept): { next: Work[] } {
  const { orderId } = row;
  const next: Work[] = [{ kind: "order.money", orderId }];
  // Told of a change while the frozen draft was on its way (K30): the sale is there now, so it is compared.
  if (row.modifiedAt !== instant(kept.order.date_modified)) next.push({ kind: "order.changed", orderId });
  return { next };
}

type Fulfilled = { state: DocumentState | null; notices: Problem[] } | { halt: Halt };

/** Reads back what the automatic mode did: one call, only where Setup asks for a mode (F21). */
async function fulfilment(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  saleId: string,
  saleNumber: string,
  short: boolean,
): Promise<Fulfilled> {
  const mode = draft.order?.fulfil ?? "none";
  // Nothing to pick: only services and certificates.
  if (mode === "none" || draft.reserved.length === 0) return { state: null, notices: [] };
  const read = await readSale(c.cin7, saleId);
  if (read.is !== "read") return { halt: haltOf(read, c) };
  const stages = fulfilled(read.value);
  const missing = missingOf(mode, stages);
  return {
    state: fulfilmentIn(stages),
    notices: missing ? [{ kind: "not-fulfilled", orderId: row.orderId, saleNumber, short, ...missing }] : [],
  };
}

/**
 * The order; where the account refuses negative charges or a price of 0, that is remembered and the sale's fallback goes
 * instead, at once (M2, M18, decision 1.13). Nothing of the refused one is in Cin7, so the frozen draft may be replaced.
 */
async function writeTaken(
  c: LinkedContext,
  row: OrderRow,
  kept: Kept,
  saleId: string,
): Promise<{ order: Written<SaleOrder>; draft: SaleDraft }> {
  const order = await writeOrder(c, row, kept, saleId);
  const refusal = order.is === "refused" ? refusalIn(order.message, kept.draft) : null;
  if (!refusal || !kept.fallback) return { order, draft: kept.draft };
  await rememberRefusal(c.db, c.tenant, refusal);
  const draft = kept.fallback;
  const replaced: Kept = { ...kept, draft, fallback: null };
  await c.drafts.keep(row.orderId, replaced);
  const picture = redrawn(row.picture, mappedFor(row.erasedAt !== null, draft));
  const note = "On its way to Cin7 Core, in another form that it takes.";
  await mapped(c.db, c.tenant, row, draft, { state: "sending", note, picture, rounding: roundingOf(draft) }, iso(c.now()));
  return { order: await writeOrder(c, row, replaced, saleId), draft };
}

/**
 * A write that did not come to its end. Refused because Cin7 does not know something (any more): what Setup names is looked at
 * at once, and the products of the order are asked for again when it is mapped next.
 */
async function halted(
  c: LinkedContext,
  row: OrderRow,
  draft: SaleDraft,
  halt: Halt,
  { step, docs = [] }: { step: "sale" | "order"; docs?: Document[] },
): Promise<Outcome> {
  const outcome = await ended(c, row, stop(halt, c, refusedAs(row.orderId, step)), docs);
  if (halt.is !== "refused" || outcome.is !== "blocked" || !speaksOfUnknown(halt.message)) return outcome;
  if (step === "order") await forgetProducts(c.db, c.tenant, productIds(draft));
  return done(`Held: ${holdReasons(outcome.problems)}`, { notices: outcome.problems, next: [{ kind: "settings.check" }] });
}

const productIds = (draft: SaleDraft): string[] => [...new Set(draft.lines.map((line) => line.productId))];

/** A flow that stops leaves its reason on the order, held with its problems, or waiting with the time of the next try, and what it has written. */
async function ended(c: LinkedContext, row: OrderRow, outcome: Outcome, docs: Document[] = []): Promise<Outcome> {
  const to = whereTo(c, row, outcome);
  if (docs.length > 0) await reached(c.db, c.tenant, row, docs, iso(c.now()), to);
  else if (to) await move(c.db, c.tenant, row.orderId, to, iso(c.now()));
  return outcome;
}

function whereTo(c: LinkedContext, row: OrderRow, outcome: Outcome): MoveTo | undefined {
  if (outcome.is === "blocked") return { state: "held", note: holdReasons(outcome.problems) };
  if (outcome.is !== "later") return undefined;
  const begun = row.saleId !== null || c.claims.of(saleStep(row.orderId, row.generation)) !== null;
  return { state: begun ? "sending" : "pending", note: outcome.why, notedFor: iso(outcome.at) };
}

async function writeSale(c: LinkedContext, row: OrderRow, kept: Kept, customerId: string): Promise<Written<SaleIds>> {
  // No memory of it: an order placed before we were connected (again) is looked up before its first POST (design 3.5).
  const { draft } = kept;
  const forgotten = forgottenAt(c, row, kept);
  return writeOnce<SaleIds>(writing(c), {
    step: saleStep(draft.orderId, row.generation),
    mark: draft.mark,
    kept: saleIds,
    forgottenAt: forgotten,
    look: () => lookForSale(c, row, draft, forgotten !== null),
    ...asWritten(createSale(c.cin7, saleBody(draft, customerId)), ({ ID, Order, Type }) => ({
      saleId: ID.toLowerCase(),
      saleNumber: Order?.SaleOrderNumber ?? "",
      service: isServiceSale(Type, draft),
    })),
  });
}

async function writeOrder(c: LinkedContext, row: OrderRow, kept: Kept, saleId: string): Promise<Written<SaleOrder>> {
  const { draft } = kept;
  // A draft that somebody has authorised meanwhile is as good.
  const wanted = draft.order?.status === "draft" ? ["DRAFT", "AUTHORISED"] : ["AUTHORISED"];
  const asWanted = (order: SaleOrder) => (sameGuid(order.SaleID, saleId) && wanted.includes(order.Status) ? order : null);
  return writeOnce<SaleOrder>(writing(c), {
    step: orderStep(draft.orderId, row.generation),
    mark: saleId,
    kept: orderAnswer,
    forgottenAt: forgottenAt(c, row, kept),
    look: async () => {
      const order = await saleOrder.readOrder(c.cin7, saleId);
      if (order.is !== "read") return haltOf(order, c);
      const value = asWanted(order.value);
      return value ? { is: "found", value } : { is: "absent" };
    },
    ...asWritten(saleOrder.writeOrder(c.cin7, orderBody(withNames(draft, c.settings.document), saleId)), asWanted),
  });
}
