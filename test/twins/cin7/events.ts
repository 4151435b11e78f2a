/** Payloads of the sale webhooks, with their oddities (facts 1.6): each type names the sale in its own way. */
import { emit } from "./hooks.ts";
import { customerOf } from "./ledger.ts";
import type { CreditNote, Ctx, Fulfilment, Invoice, Sale } from "./types.ts";

const person = (ctx: Ctx, sale: Sale) => ({
  CustomerName: customerOf(ctx.account, sale).Name,
  CustomerContactName: sale.header.Contact,
  CustomerContactEmail: sale.header.Email,
});
const upper = (id: string) => id.toUpperCase();
const slashed = (day: string) => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

export function saleCreated(ctx: Ctx, sale: Sale): void {
  emit(ctx, "Sale/Created", () => ({
    SaleID: upper(sale.id),
    SaleOrderNumber: sale.number,
    ...person(ctx, sale),
    SaleRepEmail: "",
    SaleOrderDate: sale.header.SaleOrderDate.slice(0, 10),
    TaskTypeSign: "0",
    IsServiceOnly: sale.type === "Service Sale" ? "1" : "0",
    DownloadLink: null,
    EventType: "Sale/Created",
  }));
}

type Plain = "Sale/QuoteAuthorised" | "Sale/OrderAuthorised" | "Sale/Backordered";
/** IDs and nothing else: which lines are short must be read. */
export const salePlain = (ctx: Ctx, sale: Sale, type: Plain): void =>
  emit(ctx, type, () => ({ SaleID: upper(sale.id), SaleOrderNumber: sale.number, EventType: type }));

export const saleVoided = (ctx: Ctx, sale: Sale): void =>
  emit(ctx, "Sale/Voided", () => ({
    SaleID: upper(sale.id),
    SaleOrderNumber: sale.number,
    EventType: "Sale/Voided",
    ...person(ctx, sale),
  }));

export const saleUndone = (ctx: Ctx, sale: Sale): void =>
  emit(ctx, "Sale/Undo", () => {
    const { CustomerName: _unsent, ...contact } = person(ctx, sale);
    return { SaleID: upper(sale.id), SaleOrderNumber: sale.number, ...contact, EventType: "Sale/Undo" };
  });

/** SaleTaskID and OrderNumber instead of SaleID and SaleOrderNumber, and no tracking number. */
export const shipmentAuthorised = (ctx: Ctx, sale: Sale, task: Fulfilment): void =>
  emit(ctx, "Sale/ShipmentAuthorised", () => ({
    SaleTaskID: upper(task.taskId),
    TenantID: upper(ctx.account.id),
    OrderNumber: sale.number,
    ...person(ctx, sale),
    EventType: "Sale/ShipmentAuthorised",
  }));

export const invoiceAuthorised = (ctx: Ctx, sale: Sale, invoice: Invoice): void =>
  emit(ctx, "Sale/InvoiceAuthorised", () => ({
    SaleTaskID: upper(invoice.taskId),
    TenantID: upper(ctx.account.id),
    OrderNumber: sale.number,
    InvoiceNumber: invoice.number,
    ...person(ctx, sale),
    EventType: "Sale/InvoiceAuthorised",
  }));

export const stageAuthorised = (ctx: Ctx, sale: Sale, task: Fulfilment, type: "Sale/PickAuthorised" | "Sale/PackAuthorised"): void =>
  emit(ctx, type, () => ({
    SaleID: upper(sale.id),
    SaleOrderNumber: sale.number,
    TaskID: upper(task.taskId),
    ...person(ctx, sale),
    EventType: type,
  }));

/** The number ends with a blank, as in the example. */
export const creditNoteAuthorised = (ctx: Ctx, sale: Sale, note: CreditNote): void =>
  emit(ctx, "Sale/CreditNoteAuthorised", () => ({
    SaleID: upper(sale.id),
    SaleOrderNumber: sale.number,
    CreditNoteNumber: `${note.number} `,
    TaskID: upper(note.taskId),
    ...person(ctx, sale),
    EventType: "Sale/CreditNoteAuthorised",
  }));

/** Lower case here, dd/MM/yyyy, and the full event has no amount. */
export function paymentReceived(ctx: Ctx, sale: Sale, invoice: Invoice, full: boolean): void {
  const type = full ? "Sale/FullPaymentReceived" : "Sale/PartialPaymentReceived";
  emit(ctx, type, () => ({
    SaleID: sale.id,
    DocumentNumber: invoice.number,
    DocumentType: "invoice",
    DocumentDate: slashed(invoice.date),
    ...person(ctx, sale),
    ...(!full && { AmountPercent: "0.00" }),
    EventType: type,
  }));
}

/** The only event that carries tracking. */
export const trackingChanged = (ctx: Ctx, sale: Sale, task: Fulfilment): void =>
  emit(ctx, "Sale/ShipmentTrackingNumberChanged", () => ({
    SaleID: sale.id,
    TaskID: task.taskId,
    SaleOrderNumber: sale.number,
    SaleOrderDate: slashed(sale.header.SaleOrderDate),
    CustomerContact: sale.header.Contact,
    CustomerEmail: sale.header.Email,
    CustomerName: customerOf(ctx.account, sale).Name,
    TaskTypeSign: 0,
    Shipments: task.ship.lines.map((line) => ({
      ShipmentDate: slashed(line.ShipmentDate),
      TrackingNumber: line.TrackingNumber,
      TrackingUrl: line.TrackingURL,
      Carrier: line.Carrier,
    })),
    EventType: "Sale/ShipmentTrackingNumberChanged",
  }));

export const attributeChanged = (ctx: Ctx, sale: Sale, n: number, before: string, after: string): void =>
  emit(ctx, "Sale/AdditionalAttributesChanged", () => ({
    SaleID: sale.id,
    ...person(ctx, sale),
    EventType: "Sale/AdditionalAttributesChanged",
    SaleOrderNumber: sale.number,
    SaleRepEmail: "",
    Changes: {
      Field: `CustomField${n}`,
      Result: `Attribute ${n} value has changed from: '${before}'; to: ${after}`,
      OldValue: before,
      NewValue: after,
    },
  }));
