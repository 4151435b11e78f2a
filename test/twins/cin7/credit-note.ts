/** /sale/creditnote (facts 2.8): needs the invoice's number, cannot be edited, may put goods back. */
import { place, placeByName, placeName, productBySku } from "./books.ts";
import { alreadyAuthorised, notInBook, refuse, required } from "./errors.ts";
import { creditNoteAuthorised } from "./events.ts";
import { day, flag, guid, needDay, needGuid, needNumber, needText, number, rows, same, text, wantedStatus } from "./fields.ts";
import { checkOpen, postCost, postCreditNote, unpost } from "./ledger.ts";
import { readContent } from "./lines.ts";
import { needQueryGuid, queryFlag } from "./lists.ts";
import { add, big, round, sub } from "./money.ts";
import { refundedOn, showRefunds } from "./payment.ts";
import { goneUnits } from "./picked.ts";
import { showCreditNote, type View } from "./sale-document.ts";
import { paymentsOf } from "./sale-status.ts";
import { checkStocktake, isZero, newTaskId, numbered, saleById, saleOfQuery, touch, writable } from "./sales.ts";
import { move, releaseLine } from "./stock.ts";
import type { CreditNote, Ctx, Json, RestockLine, Sale } from "./types.ts";

function answer(ctx: Ctx, sale: Sale, payments = false): Json {
  const combine = queryFlag(ctx, "CombineAdditionalCharges") ?? flag(ctx.body, "CombineAdditionalCharges") ?? false;
  const view: View = { account: ctx.account, sale, combine, info: queryFlag(ctx, "IncludeProductInfo") ?? false };
  const notes = sale.creditNotes.map((note) => ({
    ...showCreditNote(view, note, false),
    ...(payments && { CreditNoteBalance: sub(note.Total, refundedOn(sale, note)), Payments: showRefunds(sale, note) }),
  }));
  return { SaleID: sale.id, CreditNotes: notes };
}

export const getCreditNotes = (ctx: Ctx): Json => answer(ctx, saleOfQuery(ctx), queryFlag(ctx, "IncludePaymentInfo") ?? false);

function at(ctx: Ctx, row: Json, name: string) {
  const id = guid(row, `${name}ID`);
  const given = text(row, name);
  if (!id && !given) return undefined;
  return (id ? place(ctx.account, id) : placeByName(ctx.account, given ?? "")) ?? notInBook("Location", id ?? given ?? "");
}

function readRestock(ctx: Ctx, row: Json): RestockLine {
  const sku = text(row, "SKU", 50);
  const product = sku ? productBySku(ctx.account, sku) : ctx.account.products[guid(row, "ProductID") ?? required("SKU")];
  if (!product) return refuse(`Product '${sku}' was not found in reference book`);
  const from = at(ctx, row, "Location");
  const to = at(ctx, row, "RestockLocation") ?? from ?? required("Location");
  const source = from ?? to;
  return {
    ProductID: product.ID,
    SKU: product.SKU,
    Name: product.Name,
    Location: placeName(source.location, source.bin),
    LocationID: source.bin?.ID ?? source.location.ID,
    Quantity: needNumber(row, "Quantity"),
    BatchSN: text(row, "BatchSN", 50) ?? "",
    ExpiryDate: day(row, "ExpiryDate") ?? null,
    Box: "",
    RestockLocation: placeName(to.location, to.bin),
    RestockLocationID: to.bin?.ID ?? to.location.ID,
    restockDate: day(row, "RestockDate") ?? null,
  };
}

/** Putting back what never left is refused in the vendor's own connectors (facts 2.8). */
function checkRestock(ctx: Ctx, sale: Sale, lines: readonly RestockLine[]): void {
  for (const line of lines) {
    if (line.Quantity <= 0) refuse(`Restock quantity of '${line.SKU}' must be greater than 0`);
    if (ctx.switches.restockUnshipped === "accept") continue;
    const back = sale.creditNotes.filter((each) => each.status === "AUTHORISED").flatMap((each) => each.restock);
    const units = (some: readonly RestockLine[]) =>
      add(...some.filter((each) => each.ProductID === line.ProductID).map((each) => each.Quantity));
    const left = sub(goneUnits(sale, line.ProductID), units(back));
    if (units(lines) > left)
      refuse(`Restock quantity of '${line.SKU}' is greater than shipped. Available quantity is ${Math.max(0, left)}`);
  }
}

function noteFor(ctx: Ctx, sale: Sale, taskId: string): CreditNote | null {
  const found = sale.creditNotes.find((each) => each.taskId === taskId && each.status !== "VOIDED");
  if (found) return found;
  if (!isZero(taskId) && taskId !== sale.id) refuse("Sale Task with specified ID not found");
  const live = sale.creditNotes.filter((each) => each.status !== "VOIDED");
  if (live.length === 0 || sale.type === "Advanced Sale") return null;
  if (ctx.switches.secondCreditNote === "refuse") alreadyAuthorised("Credit Note", live[0]?.status ?? "");
  return null;
}

function checkInvoice(ctx: Ctx, sale: Sale, invoiceNumber: string): void {
  const invoice = sale.invoices.find((each) => same(each.number, invoiceNumber) && each.status !== "VOIDED");
  if (!invoice && sale.invoices.length === 0 && ctx.switches.standaloneCreditNote === "accept") return;
  if (!invoice) refuse(`Invoice with number '${invoiceNumber}' not found`);
  else if (invoice.status !== "AUTHORISED") refuse(`Invoice must be authorised. Invoice Status is ${invoice.status}`);
}

export function postCreditNoteDocument(ctx: Ctx): Json {
  const { body } = ctx;
  const sale = writable(saleById(ctx, needGuid(body, "SaleID")));
  const invoiceNumber = needText(body, "CreditNoteInvoiceNumber");
  checkInvoice(ctx, sale, invoiceNumber);
  const before = noteFor(ctx, sale, needGuid(body, "TaskID"));
  if (before && before.status !== "DRAFT") alreadyAuthorised("Credit Note", before.status);
  const rate = number(body, "CreditNoteConversionRate");
  const note: CreditNote = {
    ...readContent(ctx, sale, body, "credit note"),
    taskId: before?.taskId ?? newTaskId(ctx, sale, sale.creditNotes),
    number: before?.number ?? "",
    status: wantedStatus(body),
    memo: text(body, "Memo", 1024) ?? "",
    combine: flag(body, "CombineAdditionalCharges") ?? false,
    date: needDay(body, "CreditNoteDate"),
    rate: rate === undefined ? round(big(sale.header.CurrencyRate)) : round(big(rate)),
    invoiceNumber,
    // Read-only on service sales (L20335).
    restock: sale.type === "Service Sale" ? [] : (rows(body, "Restock") ?? []).map((row) => readRestock(ctx, row)),
  };
  if (note.status === "AUTHORISED") checkAuthorisation(ctx, sale, note);
  if (!before && sale.creditNotes.some((each) => each.status !== "VOIDED") && sale.type === "Simple Sale") sale.type = "Advanced Sale";
  if (!note.number) {
    ctx.account.counters.credit += 1;
    note.number = numbered("CR", ctx.account.counters.credit);
  }
  if (before) Object.assign(before, note);
  else sale.creditNotes.push(note);
  touch(ctx, sale);
  if (note.status === "AUTHORISED") authorise(ctx, sale, before ?? note);
  return answer(ctx, sale);
}

function checkAuthorisation(ctx: Ctx, sale: Sale, note: CreditNote): void {
  if (note.lines.length + note.charges.length === 0) refuse("Credit Note must contain at least one line");
  checkOpen(ctx, note.date);
  for (const line of note.restock) checkOpen(ctx, line.restockDate ?? note.date);
  checkRestock(ctx, sale, note.restock);
  checkStocktake(
    ctx,
    note.restock.map((line) => place(ctx.account, line.RestockLocationID)?.location.ID ?? ""),
    "Credit Note",
  );
}

function authorise(ctx: Ctx, sale: Sale, note: CreditNote): void {
  postCreditNote(ctx, sale, note);
  restock(ctx, sale, note, 1);
  if (ctx.switches.creditNoteFreesAllocation) {
    for (const line of sale.order.lines) if (note.lines.some((each) => each.ProductID === line.ProductID)) releaseLine(ctx, line);
  }
  creditNoteAuthorised(ctx, sale, note);
}

/** Goods come back at their cost, on the restock date (J11). */
export function restock(ctx: Ctx, sale: Sale, note: CreditNote, sign: 1 | -1): void {
  for (const line of note.restock) {
    const to = place(ctx.account, line.RestockLocationID);
    const product = ctx.account.products[line.ProductID];
    if (!to || !product) continue;
    move(ctx, product.ID, { locationId: to.location.ID, binId: to.bin?.ID ?? null, batch: line.BatchSN || null }, sign * line.Quantity);
    if (sign < 0) continue;
    const entry = {
      kind: "restock" as const,
      source: note.number,
      taskId: note.taskId,
      date: line.restockDate ?? note.date,
      reference: note.number,
      text: `Restock ${note.number}`,
    };
    postCost(ctx, sale, entry, product, -line.Quantity);
  }
}

export function deleteCreditNote(ctx: Ctx): Json {
  const taskId = needQueryGuid(ctx, "TaskID");
  const owner = Object.values(ctx.account.sales).find((each) => each.creditNotes.some((note) => note.taskId === taskId));
  const sale = writable(owner ?? refuse("Sale Task with specified ID not found"));
  const note =
    sale.creditNotes.find((each) => each.taskId === taskId && each.status !== "VOIDED") ?? refuse("Credit Note Status is VOIDED");
  if (sale.type !== "Advanced Sale" && ctx.switches.invoiceVoidOnSimple === "refuse")
    refuse("Credit Note can be voided or undone for Advanced Sale only");
  if (paymentsOf(sale, taskId, "Refund").length) refuse("Credit Note can not be changed. Refunds exist");
  if (note.status === "AUTHORISED") {
    checkOpen(ctx, note.date);
    restock(ctx, sale, note, -1);
  }
  unpost(ctx.account, (posting) => posting.saleId === sale.id && posting.source === note.number);
  note.status = queryFlag(ctx, "Void") ? "VOIDED" : "DRAFT";
  touch(ctx, sale);
  return answer(ctx, sale);
}
