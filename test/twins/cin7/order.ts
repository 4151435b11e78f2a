/** Quote and order (facts 2.2, 2.4). A POST replaces what the document held; an authorised one cannot be posted again. */

import { autoPack, autoPick, autoShip } from "./auto.ts";
import { locationById } from "./books.ts";
import { alreadyAuthorised, refuse } from "./errors.ts";
import { salePlain } from "./events.ts";
import { flag, needGuid, oneOf, rows, text, wantedStatus } from "./fields.ts";
import { customerOf } from "./ledger.ts";
import { applyOwnDiscounts, readContent } from "./lines.ts";
import { queryFlag } from "./lists.ts";
import { addPrepayment } from "./payment.ts";
import { showOrder, showQuote, type View } from "./sale-document.ts";
import { giveNumber } from "./sale-header.ts";
import { backordered, statuses } from "./sale-status.ts";
import { addTask, checkStocktake, saleById, saleOfQuery, touch, writable } from "./sales.ts";
import { allocateLine } from "./stock.ts";
import type { Ctx, Json, Sale } from "./types.ts";

const view = (ctx: Ctx, sale: Sale): View => ({
  account: ctx.account,
  sale,
  combine: queryFlag(ctx, "CombineAdditionalCharges") ?? flag(ctx.body, "CombineAdditionalCharges") ?? false,
  info: queryFlag(ctx, "IncludeProductInfo") ?? false,
});

const noService = (sale: Sale): Sale => (sale.type === "Service Sale" ? refuse("Sale Order is not available for Service Sale") : sale);

function orderAnswer(ctx: Ctx, sale: Sale): Json {
  const shown = view(ctx, sale);
  const { OrderStatus } = statuses(ctx.account, sale, ctx.switches);
  return { SaleID: sale.id, CombineAdditionalCharges: shown.combine, ...showOrder(shown, OrderStatus) };
}

export const getOrder = (ctx: Ctx): Json => orderAnswer(ctx, noService(saleOfQuery(ctx)));

export function getQuote(ctx: Ctx): Json {
  const shown = view(ctx, saleOfQuery(ctx));
  return { SaleID: shown.sale.id, CombineAdditionalCharges: shown.combine, ...showQuote(shown) };
}

export function postQuote(ctx: Ctx): Json {
  const sale = writable(saleById(ctx, needGuid(ctx.body, "SaleID")));
  if (sale.header.SkipQuote) refuse("Sale Quote can not be changed. Sale has SkipQuote = true");
  if (sale.quote.status === "AUTHORISED") alreadyAuthorised("Sale Quote", sale.quote.status);
  const status = wantedStatus(ctx.body);
  const content = readContent(ctx, sale, ctx.body, "quote");
  sale.quote = {
    ...content,
    status,
    memo: text(ctx.body, "Memo", 1024) ?? "",
    combine: flag(ctx.body, "CombineAdditionalCharges") ?? false,
  };
  for (const prepayment of rows(ctx.body, "Prepayments") ?? []) addPrepayment(ctx, sale, prepayment);
  touch(ctx, sale);
  if (status === "AUTHORISED") salePlain(ctx, sale, "Sale/QuoteAuthorised");
  const shown = view(ctx, sale);
  return { SaleID: sale.id, CombineAdditionalCharges: shown.combine, ...showQuote(shown) };
}

const MODES = ["NOPICK", "AUTOPICK", "AUTOPICKPACK", "AUTOPICKPACKSHIP"] as const;

export function postOrder(ctx: Ctx): Json {
  const { body } = ctx;
  const sale = noService(writable(saleById(ctx, needGuid(body, "SaleID"))));
  if (sale.order.status === "AUTHORISED") alreadyAuthorised("Sale Order", statuses(ctx.account, sale, ctx.switches).OrderStatus);
  if (!sale.header.SkipQuote && sale.quote.status !== "AUTHORISED")
    refuse(`Sale Quote must be authorised. Quote Status is ${sale.quote.status}`);
  const status = wantedStatus(body);
  const mode = oneOf(text(body, "AutoPickPackShipMode") || "NOPICK", "AutoPickPackShipMode", MODES);
  let content = readContent(ctx, sale, body, "order");
  if (status === "AUTHORISED") {
    checkAuthorisation(ctx, sale, content.lines.length + content.charges.length);
    content = applyOwnDiscounts(ctx, sale, content);
  } else if (ctx.switches.stocktakeBlocksDrafts) {
    checkStocktake(ctx, [sale.locationId], "Sale Order");
  }
  sale.order = { ...content, status, memo: text(body, "Memo", 1024) ?? "", combine: flag(body, "CombineAdditionalCharges") ?? false };
  touch(ctx, sale);
  if (status === "AUTHORISED") authoriseOrder(ctx, sale, mode);
  return orderAnswer(ctx, sale);
}

function checkAuthorisation(ctx: Ctx, sale: Sale, count: number): void {
  if (count === 0) refuse("Sale Order must contain at least one line");
  checkStocktake(ctx, [sale.locationId], "Sale Order");
  if (ctx.switches.creditHold === "refuse" && customerOf(ctx.account, sale).IsOnCreditHold) {
    refuse(`Customer '${customerOf(ctx.account, sale).Name}' is on credit hold`);
  }
}

/** Short stock is no error: the rest becomes a backorder (facts 2.4). */
function authoriseOrder(ctx: Ctx, sale: Sale, mode: (typeof MODES)[number]): void {
  giveNumber(ctx, sale);
  const at = locationById(ctx.account, sale.locationId);
  for (const line of sale.order.lines) {
    const product = ctx.account.products[line.ProductID];
    if (product) allocateLine(ctx, line, product, at);
  }
  salePlain(ctx, sale, "Sale/OrderAuthorised");
  if (backordered(sale)) salePlain(ctx, sale, "Sale/Backordered");
  if (ctx.switches.fulfilmentListed && sale.fulfilments.length === 0) addTask(ctx, sale);
  // Dropped without a word on an advanced sale or with any backorder (facts 9.3).
  if (mode === "NOPICK" || sale.type !== "Simple Sale" || backordered(sale)) return;
  const task = sale.fulfilments[0] ?? addTask(ctx, sale);
  if (!autoPick(ctx, sale, task) || mode === "AUTOPICK") return;
  autoPack(ctx, sale, task);
  if (mode === "AUTOPICKPACKSHIP") autoShip(ctx, sale, task);
}
