import * as z from "zod";
import { amount, flag, list, listed, text } from "./fields.ts";

/** The fields of sales that we use; unknown fields are ignored. Shapes: cin7-core.md 2. */

/** POST, GET and DELETE /sale. The order number may be empty until authorisation (2.3). */
export const sale = z.object({
  ID: z.string(),
  Type: text,
  Status: text,
  Terms: text,
  Order: z.object({ SaleOrderNumber: text, Status: text }).partial().nullish(),
  Invoices: list(z.object({ Status: text })),
  CombinedPickingStatus: text,
  CombinedPackingStatus: text,
  CombinedShippingStatus: text,
});
export type Sale = z.output<typeof sale>;

export const saleRow = z.object({
  SaleID: z.string(),
  Type: text,
  OrderNumber: text,
  Status: text,
  ExternalID: text,
  CustomerReference: text,
  SourceChannel: text,
  Updated: text,
  OrderStatus: text,
  CombinedPickingStatus: text,
  CombinedPackingStatus: text,
  CombinedShippingStatus: text,
  CombinedInvoiceStatus: text,
  InvoiceAmount: amount.nullish(),
  PaidAmount: amount.nullish(),
  SaleInvoicesTotalAmount: amount.nullish(),
  CombinedPaymentTotal: amount.nullish(),
});
export type SaleRow = z.output<typeof saleRow>;

/** POST /sale/order. */
export const saleOrder = z.object({
  SaleID: z.string(),
  SaleOrderNumber: text,
  Status: z.string(),
  Lines: list(z.object({ BackorderQuantity: z.coerce.number().nullish() })),
  TotalBeforeTax: amount,
  Tax: amount,
  Total: amount,
});
export type SaleOrder = z.output<typeof saleOrder>;

/** GET /sale/order: a sale without one says only that (2.4). */
const none = z
  .object({ SaleID: z.string(), Status: z.literal("NOT AVAILABLE") })
  .transform(({ SaleID, Status }): SaleOrder => ({ SaleID, SaleOrderNumber: "", Status, Lines: [], TotalBeforeTax: 0, Tax: 0, Total: 0 }));
export const presentOrder: z.ZodType<SaleOrder> = z.union([saleOrder, none]);

const money = z.object({ Total: amount.nullish(), Tax: amount.nullish() });
/** /sale/invoice tells no total of the document, only those of its lines and charges (2.7). */
const invoice = z.object({
  TaskID: text,
  Lines: list(money),
  AdditionalCharges: list(money),
  InvoiceNumber: text,
  InvoiceDate: text,
  Status: z.string(),
  TotalBeforeTax: amount.nullish(),
  Tax: amount.nullish(),
  Total: amount.nullish(),
});
export type SaleInvoice = z.output<typeof invoice>;
/** POST, PUT and GET /sale/invoice. */
export const saleInvoices = z.object({
  SaleID: z.string(),
  // Only one that is not there yet may have no ID.
  Invoices: listed(invoice.refine(({ TaskID, Status }) => TaskID !== "" || Status === "NOT AVAILABLE")),
});

/** GET /sale: its invoices with what is paid on each (2.2). */
export const saleBooks = z.object({
  Status: text,
  Invoices: listed(invoice.extend({ TaskID: z.string(), Status: text, Payments: list(z.object({ Reference: text, Amount: amount })) })),
  CreditNotes: list(z.object({ Status: text, Total: amount.nullish(), Refunds: list(z.object({ Amount: amount })) })),
});
export type SaleBooks = z.output<typeof saleBooks>;

/** GET /sale: how far its goods are, its books and what was credited. */
export const saleAsItStands = sale.extend({ Invoices: saleBooks.shape.Invoices, CreditNotes: saleBooks.shape.CreditNotes });
export type SaleAsItStands = z.output<typeof saleAsItStands>;

/** GET /sale/fulfilment: what has left, and when (2.6). */
export const saleFulfilments = z.object({
  Fulfilments: listed(
    z.object({
      FulFilmentStatus: text,
      Ship: z.object({ Status: text, Lines: list(z.object({ ShipmentDate: text, IsShipped: z.boolean().nullish() })) }).nullish(),
    }),
  ),
});
export type Fulfilment = z.output<typeof saleFulfilments>["Fulfilments"][number];

export const payment = z.object({ ID: z.string(), Reference: text, Amount: amount, Type: text, TaskID: text, DatePaid: text });
export type Payment = z.output<typeof payment>;
export const payments = listed(payment);
/** DELETE /sale/payment. */
export const deleted = z.object({ Success: flag });
