/** DELETE /sale: one verb for void and undo; without Void=true it is an undo (facts 2.8, 9.1). */

import { restock } from "./credit-note.ts";
import { refuse } from "./errors.ts";
import { saleUndone, saleVoided } from "./events.ts";
import { checkOpen, postingsOf, unpost } from "./ledger.ts";
import { needQueryGuid, queryFlag } from "./lists.ts";
import { goneLines, shelf } from "./picked.ts";
import { answer } from "./sale-header.ts";
import { saleById, touch, writable } from "./sales.ts";
import { move, releaseLine } from "./stock.ts";
import type { Ctx, Json, Sale } from "./types.ts";

export function deleteSale(ctx: Ctx): Json {
  const sale = writable(saleById(ctx, needQueryGuid(ctx, "ID")));
  if (queryFlag(ctx, "Void")) voidSale(ctx, sale);
  else undoSale(ctx, sale);
  return answer(ctx, sale);
}

function check(ctx: Ctx, sale: Sale, verb: string): void {
  const { switches } = ctx;
  if (switches.exportedToAccounting && sale.invoices.some((each) => each.status === "AUTHORISED")) {
    refuse(`Sale can not be ${verb}. Documents were exported to accounting software`);
  }
  if (sale.payments.length && switches.undoWithPayments === "refuse") refuse(`Sale can not be ${verb}. Payments exist`);
  const gone = sale.fulfilments.some((task) => task.ship.boxesGone.length > 0);
  if (gone && switches.undoWithShipment === "refuse") refuse(`Sale can not be ${verb}. Ship Status is AUTHORISED`);
  for (const posting of postingsOf(ctx.account, sale.id)) checkOpen(ctx, posting.date);
}

/** Goods and reservations go back, the ledger as if never sold (J13). */
function unwind(ctx: Ctx, sale: Sale): void {
  for (const task of sale.fulfilments) {
    for (const line of goneLines(task)) move(ctx, line.ProductID, shelf(ctx, line), line.Quantity);
    task.ship.boxesGone = [];
  }
  for (const note of sale.creditNotes) if (note.status === "AUTHORISED") restock(ctx, sale, note, -1);
  for (const line of sale.order.lines) releaseLine(ctx, line);
  sale.payments = [];
  unpost(ctx.account, (posting) => posting.saleId === sale.id);
}

export function voidSale(ctx: Ctx, sale: Sale): void {
  check(ctx, sale, "voided");
  unwind(ctx, sale);
  sale.voided = true;
  touch(ctx, sale);
  saleVoided(ctx, sale);
}

/** Back to draft with the data kept; task IDs and numbers stay (facts 10). */
function undoSale(ctx: Ctx, sale: Sale): void {
  check(ctx, sale, "undone");
  unwind(ctx, sale);
  const documents = [
    sale.quote,
    sale.order,
    ...sale.invoices,
    ...sale.creditNotes,
    ...sale.fulfilments.flatMap((task) => [task.pick, task.pack, task.ship]),
  ];
  for (const document of documents) if (document.status !== "NOT AVAILABLE" && document.status !== "VOIDED") document.status = "DRAFT";
  // The quote of a SkipQuote sale has no status of its own to lose.
  touch(ctx, sale);
  saleUndone(ctx, sale);
}
