/** Method and path → handler. Paths are compared without regard to case (facts 1.1). */
import { getAvailability } from "./availability.ts";
import { deleteSale } from "./cancel.ts";
import { getAddresses, getContacts, getCredits, getMe, getStockTakes, getTransactions } from "./company.ts";
import { deleteCreditNote, getCreditNotes, postCreditNoteDocument } from "./credit-note.ts";
import { getCustomers, postCustomer, putCustomer } from "./customers.ts";
import { deleteAttachment, getAttachments, getFamilies, postAttachment, postFamily, putFamily } from "./families.ts";
import { deleteFinishedGoods, getFinishedGoods, getFinishedGoodsList, postFinishedGoods } from "./finished-goods.ts";
import { deleteFulfilment, getFulfilments, getShip, getStage, postFulfilment } from "./fulfilment.ts";
import { deleteInvoice, getInvoices, postInvoiceDocument, putInvoice } from "./invoice.ts";
import { getOrder, getQuote, postOrder, postQuote } from "./order.ts";
import { deletePayment, getPayments, postPaymentDocument, putPayment } from "./payment.ts";
import { writePack, writePick } from "./pick-pack.ts";
import { getProducts, postProduct, putProductDocument } from "./products.ts";
import * as books from "./reference.ts";
import { getSale, postSale, putSale } from "./sale-header.ts";
import { getCreditNoteList, getSaleList } from "./sale-list.ts";
import { writeShip } from "./ship.ts";
import type { Ctx } from "./types.ts";
import { deleteWebhook, getWebhooks, postWebhook, putWebhook } from "./webhooks.ts";

export type Handler = (ctx: Ctx) => unknown;

const TABLE: Record<string, Record<string, Handler>> = {
  "/me": { GET: getMe },
  "/me/contacts": { GET: getContacts },
  "/me/addresses": { GET: getAddresses },
  "/ref/tax": { GET: books.getTax },
  "/ref/account": { GET: books.getAccounts },
  "/ref/account/bank": { GET: books.getBankAccounts },
  "/ref/priceTier": { GET: books.getPriceTiers },
  "/ref/carrier": { GET: books.getCarriers, POST: books.postCarrier },
  "/ref/paymentterm": { GET: books.getPaymentTerms },
  "/ref/location": { GET: books.getLocations },
  "/ref/category": {
    GET: (ctx) => books.getNamed(ctx, "CategoryList", ctx.account.categories),
    POST: (ctx) => books.postNamed(ctx, "Category", ctx.account.categories),
  },
  "/ref/brand": {
    GET: (ctx) => books.getNamed(ctx, "BrandList", ctx.account.brands),
    POST: (ctx) => books.postNamed(ctx, "Brand", ctx.account.brands),
  },
  "/ref/unit": {
    GET: (ctx) => books.getNamed(ctx, "UnitList", ctx.account.units),
    POST: (ctx) => books.postNamed(ctx, "Unit", ctx.account.units),
  },
  "/ref/attributeset": { GET: books.getAttributeSets },
  "/ref/productavailability": { GET: getAvailability },
  "/ref/customer/credits": { GET: getCredits },
  "/product": { GET: getProducts, POST: postProduct, PUT: putProductDocument },
  "/product/attachments": { GET: getAttachments, POST: postAttachment, DELETE: deleteAttachment },
  "/productFamily": { GET: getFamilies, POST: postFamily, PUT: putFamily },
  "/finishedGoodsList": { GET: getFinishedGoodsList },
  "/finishedGoods": { GET: getFinishedGoods, POST: postFinishedGoods, DELETE: deleteFinishedGoods },
  "/customer": { GET: getCustomers, POST: postCustomer, PUT: putCustomer },
  "/sale": { GET: getSale, POST: postSale, PUT: putSale, DELETE: deleteSale },
  "/saleList": { GET: getSaleList },
  "/saleCreditNoteList": { GET: getCreditNoteList },
  "/sale/quote": { GET: getQuote, POST: postQuote },
  "/sale/order": { GET: getOrder, POST: postOrder },
  "/sale/fulfilment": { GET: getFulfilments, POST: postFulfilment, DELETE: deleteFulfilment },
  "/sale/fulfilment/pick": {
    GET: (ctx) => getStage(ctx, "pick"),
    POST: (ctx) => writePick(ctx, false),
    PUT: (ctx) => writePick(ctx, true),
  },
  "/sale/fulfilment/pack": {
    GET: (ctx) => getStage(ctx, "pack"),
    POST: (ctx) => writePack(ctx, false),
    PUT: (ctx) => writePack(ctx, true),
  },
  "/sale/fulfilment/ship": { GET: getShip, POST: (ctx) => writeShip(ctx, false), PUT: (ctx) => writeShip(ctx, true) },
  "/sale/invoice": { GET: getInvoices, POST: postInvoiceDocument, PUT: putInvoice, DELETE: deleteInvoice },
  "/sale/payment": { GET: getPayments, POST: postPaymentDocument, PUT: putPayment, DELETE: deletePayment },
  "/sale/creditnote": { GET: getCreditNotes, POST: postCreditNoteDocument, DELETE: deleteCreditNote },
  "/transactions": { GET: getTransactions },
  "/stockTakeList": { GET: getStockTakes },
  "/webhooks": { GET: getWebhooks, POST: postWebhook, PUT: putWebhook, DELETE: deleteWebhook },
};

const BY_LOWER = new Map(Object.entries(TABLE).map(([path, methods]) => [path.toLowerCase(), { path, methods }]));

export const findRoute = (path: string) => BY_LOWER.get(path.toLowerCase().replace(/\/+$/, ""));
