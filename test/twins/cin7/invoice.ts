/** /sale/invoice (facts 2.7): lines are sent again in full; authorisation posts the journal with the invoice date. */
import { alreadyAuthorised, refuse } from "./errors.ts";
import { invoiceAuthorised } from "./events.ts";
import { day, flag, guid, needDay, needGuid, number, text, wantedStatus } from "./fields.ts";
import { checkOpen, postInvoice, unpost } from "./ledger.ts";
import { readContent } from "./lines.ts";
import { needQueryGuid, queryFlag } from "./lists.ts";
import { big, round } from "./money.ts";
import { displayLines, showInvoice, type View } from "./sale-document.ts";
import { invoiceStatus, paymentsOf } from "./sale-status.ts";
import {
  checkStocktake,
  emptyDocument,
  isZero,
  newTaskId,
  numbered,
  orderAuthorised,
  saleById,
  saleOfQuery,
  touch,
  writable,
} from "./sales.ts";
import type { Ctx, Invoice, Json, Sale } from "./types.ts";

function answer(ctx: Ctx, sale: Sale): Json {
  const combine = queryFlag(ctx, "CombineAdditionalCharges") ?? flag(ctx.body, "CombineAdditionalCharges") ?? false;
  const view: View = { account: ctx.account, sale, combine, info: queryFlag(ctx, "IncludeProductInfo") ?? false };
  return { SaleID: sale.id, Invoices: sale.invoices.map((invoice) => showInvoice(view, invoice, false)) };
}

export const getInvoices = (ctx: Ctx): Json => answer(ctx, saleOfQuery(ctx));

/** The all-zero TaskID makes a new invoice, also when it is a repeat (facts 9.26); on a fresh simple sale TaskID = SaleID does too. */
function invoiceFor(ctx: Ctx, sale: Sale, taskId: string): Invoice | null {
  const found = sale.invoices.find((each) => each.taskId === taskId && each.status !== "VOIDED");
  if (found) return found;
  if (!isZero(taskId) && !(taskId === sale.id && sale.type !== "Advanced Sale")) refuse("Sale Task with specified ID not found");
  const live = sale.invoices.filter((each) => each.status !== "VOIDED");
  if (live.length === 0 || sale.type === "Advanced Sale") return null;
  if (sale.type === "Service Sale" || ctx.switches.secondInvoice === "refuse") alreadyAuthorised("Invoice", live[0]?.status ?? "");
  return null;
}

function readInvoice(ctx: Ctx, sale: Sale, before: Invoice | null): Invoice {
  const { body } = ctx;
  const [line1, line2] = displayLines(sale.header.BillingAddress);
  const rate = number(body, "CurrencyConversionRate");
  const partial = before !== null && body["Lines"] === undefined && body["AdditionalCharges"] === undefined;
  const content = partial ? before : readContent(ctx, sale, mergedBody(body, before), "invoice");
  return {
    ...emptyDocument(),
    ...content,
    taskId: before?.taskId ?? "",
    number: before?.number ?? "",
    status: body["Status"] === undefined && before ? before.status : wantedStatus(body),
    memo: text(body, "Memo", 1024) ?? before?.memo ?? "",
    combine: flag(body, "CombineAdditionalCharges") ?? before?.combine ?? false,
    date: before ? (day(body, "InvoiceDate") ?? before.date) : needDay(body, "InvoiceDate"),
    due: before ? (day(body, "InvoiceDueDate") ?? before.due) : needDay(body, "InvoiceDueDate"),
    rate: rate === undefined ? (before?.rate ?? round(big(sale.header.CurrencyRate))) : round(big(rate)),
    billing1: text(body, "BillingAddressLine1") ?? before?.billing1 ?? line1,
    billing2: text(body, "BillingAddressLine2") ?? before?.billing2 ?? line2,
    linkedFulfilment: text(body, "LinkedFulfillmentNumber") ?? before?.linkedFulfilment ?? "",
  };
}

/** On PUT what is left out stays; an empty list deletes the rows (L24442). */
function mergedBody(body: Json, before: Invoice | null): Json {
  if (!before) return body;
  const lines = before.lines.map(({ allocations: _unused, ...line }) => line);
  const charges = before.charges.map(({ productId: _unused, ...charge }) => charge);
  return { ...body, Lines: body["Lines"] ?? lines, AdditionalCharges: body["AdditionalCharges"] ?? charges };
}

function checkAuthorisation(ctx: Ctx, sale: Sale, invoice: Invoice): void {
  if (invoice.lines.length + invoice.charges.length === 0) refuse("Invoice must contain at least one line");
  checkOpen(ctx, invoice.date);
  if (ctx.switches.stocktakeBlocksInvoices) checkStocktake(ctx, [sale.locationId], "Invoice");
  if (ctx.switches.invoiceQuantity === "accept" || sale.type === "Service Sale") return;
  for (const line of invoice.lines) {
    const ordered = sale.order.lines.filter((each) => each.ProductID === line.ProductID);
    if (!ordered.some((each) => each.Quantity === line.Quantity)) refuse(`Quantity of '${line.SKU}' can not be changed in Invoice`);
  }
}

function giveInvoiceNumber(ctx: Ctx, invoice: Invoice): void {
  if (invoice.number) return;
  ctx.account.counters.invoice += 1;
  invoice.number = numbered("INV", ctx.account.counters.invoice);
}

function store(ctx: Ctx, sale: Sale, invoice: Invoice, before: Invoice | null): Json {
  if (invoice.status === "AUTHORISED") checkAuthorisation(ctx, sale, invoice);
  if (before) Object.assign(before, invoice);
  else {
    const live = sale.invoices.filter((each) => each.status !== "VOIDED");
    if (live.length > 0) sale.type = "Advanced Sale";
    invoice.taskId = newTaskId(ctx, sale, sale.invoices);
    sale.invoices.push(invoice);
  }
  const stored = before ?? invoice;
  if (ctx.switches.invoiceNumberAt === "creation" || stored.status === "AUTHORISED") giveInvoiceNumber(ctx, stored);
  touch(ctx, sale);
  if (stored.status === "AUTHORISED") {
    postInvoice(ctx, sale, stored);
    invoiceAuthorised(ctx, sale, stored);
  }
  return answer(ctx, sale);
}

export function postInvoiceDocument(ctx: Ctx): Json {
  const sale = writable(saleById(ctx, needGuid(ctx.body, "SaleID")));
  orderAuthorised(sale);
  const before = invoiceFor(ctx, sale, needGuid(ctx.body, "TaskID"));
  if (before && before.status !== "DRAFT") alreadyAuthorised("Invoice", invoiceStatus(sale, before));
  const fresh = readInvoice(ctx, sale, null);
  return store(ctx, sale, before ? { ...fresh, taskId: before.taskId, number: before.number } : fresh, before);
}

export function putInvoice(ctx: Ctx): Json {
  const sale = writable(saleById(ctx, needGuid(ctx.body, "SaleID")));
  orderAuthorised(sale);
  const taskId = guid(ctx.body, "TaskID");
  const before = sale.invoices.find((each) => each.status !== "VOIDED" && (taskId ? each.taskId === taskId : true));
  if (!before) return refuse("Invoice does not exist");
  if (before.status !== "DRAFT") alreadyAuthorised("Invoice", invoiceStatus(sale, before));
  return store(ctx, sale, readInvoice(ctx, sale, before), before);
}

/** Works on advanced sales; whether a simple sale's invoice goes alone is open (facts 2.8). */
export function deleteInvoice(ctx: Ctx): Json {
  const taskId = needQueryGuid(ctx, "TaskID");
  const sale = writable(
    Object.values(ctx.account.sales).find((each) => each.invoices.some((one) => one.taskId === taskId)) ??
      refuse("Sale Task with specified ID not found"),
  );
  const invoice = sale.invoices.find((each) => each.taskId === taskId && each.status !== "VOIDED") ?? refuse("Invoice Status is VOIDED");
  if (sale.type !== "Advanced Sale" && ctx.switches.invoiceVoidOnSimple === "refuse")
    refuse("Invoice can be voided or undone for Advanced Sale only");
  if (paymentsOf(sale, taskId, "Payment").length) refuse("Invoice can not be changed. Payments exist");
  if (sale.creditNotes.some((each) => each.status === "AUTHORISED" && each.invoiceNumber === invoice.number))
    refuse("Invoice can not be changed. Credit Note Status is AUTHORISED");
  if (invoice.status === "AUTHORISED") checkOpen(ctx, invoice.date);
  unpost(ctx.account, (posting) => posting.saleId === sale.id && posting.kind === "invoice" && posting.source === invoice.number);
  invoice.status = queryFlag(ctx, "Void") ? "VOIDED" : "DRAFT";
  touch(ctx, sale);
  return answer(ctx, sale);
}
