import * as z from "zod";

/** The fields of Cin7 Core payloads that we use; unknown fields are ignored. Shapes: facts/cin7-core.md 2 to 5. */
const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value == null ? "" : String(value)));
const amount = z.union([z.number(), z.string()]);
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);

/** POST /sale and GET /sale. The order number may be empty until authorisation (2.3). */
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

export const saleRow = z.object({
  SaleID: z.string(),
  Type: text,
  OrderNumber: text,
  Status: text,
  ExternalID: text,
  CustomerReference: text,
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
export const saleList = z.object({ Total: z.coerce.number(), SaleList: list(saleRow) });

/** POST and GET /sale/order. */
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

const money = z.object({ Total: amount.nullish(), Tax: amount.nullish() });
/** /sale/invoice tells no total of the document, only those of its lines and charges (2.7). */
const invoice = z.object({
  TaskID: z.string(),
  Lines: list(money),
  AdditionalCharges: list(money),
  InvoiceNumber: text,
  Status: z.string(),
  TotalBeforeTax: amount.nullish(),
  Tax: amount.nullish(),
  Total: amount.nullish(),
});
/** GET /sale: its invoices with what is paid on each (2.2). */
export const saleBooks = z.object({
  Status: text,
  Invoices: list(invoice.extend({ Status: text, Payments: list(z.object({ Reference: text, Amount: amount })) })),
});
/** POST, PUT and GET /sale/invoice. */
export type SaleInvoice = z.output<typeof invoice>;
export const saleInvoices = z.object({ SaleID: z.string(), Invoices: list(invoice) });

/** GET /sale/fulfilment: what has left, and when (2.6). */
export const saleFulfilments = z.object({
  Fulfilments: list(
    z.object({
      FulFilmentStatus: text,
      Ship: z.object({ Status: text, Lines: list(z.object({ ShipmentDate: text, IsShipped: z.boolean().nullish() })) }).nullish(),
    }),
  ),
});

/** GET /me: only what a posting needs (5). */
export const me = z.object({ LockDate: text });

export const payment = z.object({ ID: z.string(), Reference: text, Amount: amount, Type: text, TaskID: text });
export const payments = list(payment);

/** GET /ref/paymentterm: by what an invoice is due (5). */
export const paymentTerms = z.object({
  PaymentTermList: list(z.object({ Name: text, Duration: z.coerce.number().catch(0), Method: text })),
});

const customer = z.object({
  ID: z.string(),
  Name: z.string(),
  Status: text,
  Currency: text,
  PaymentTerm: text,
  AccountReceivable: text,
  RevenueAccount: text,
  TaxRule: text,
  PriceTier: text,
  Contacts: list(z.object({ Name: text, Email: text })),
});
export type Customer = z.output<typeof customer>;
export const customerList = z.object({ Total: z.coerce.number(), CustomerList: list(customer) });

const product = z.object({
  ID: z.string(),
  SKU: z.string(),
  Name: text,
  Type: text,
  Status: text,
  RevenueAccount: text,
  BillOfMaterial: z.boolean().nullish(),
  AutoAssembly: z.boolean().nullish(),
  BOMType: text,
});
export type Product = z.output<typeof product>;
export const productList = z.object({ Total: z.coerce.number(), Products: list(product) });

/** GET /stockTakeList: its rows are under the key of another list (12, 2.10). */
export const stocktakeList = z.object({ StockAdjustmentList: list(z.object({ Location: text, Status: text })) });

export const ZERO_GUID = "00000000-0000-0000-0000-000000000000";

/** GET /ref/productavailability: a row for each bin and batch; rows of nothing are left out (3.6). */
const units = z.coerce.number();
export const productAvailability = z.object({
  ProductAvailabilityList: list(z.object({ ID: z.string(), Location: text, OnHand: units, Allocated: units, Available: units })),
});

/** GET /product with IncludeBOM: what a kit is made of (3.5). */
export const billOfMaterials = z.object({
  Products: list(
    z
      .object({
        ID: z.string(),
        QuantityToProduce: units.catch(1),
        BillOfMaterialsProducts: list(
          z.object({
            ComponentProductID: z.string(),
            ProductCode: text,
            Quantity: units,
            WastagePercent: units.catch(0),
            WastageQuantity: units.catch(0),
          }),
        ),
      })
      .transform((p) => ({
        ID: p.ID,
        perRun: p.QuantityToProduce,
        parts: p.BillOfMaterialsProducts.map((part) => ({
          productId: part.ComponentProductID.toLowerCase(),
          sku: part.ProductCode,
          quantity: part.Quantity,
          wastagePercent: part.WastagePercent,
          wastageQuantity: part.WastageQuantity,
        })),
      })),
  ),
});

/** POST, GET and DELETE /finishedGoods. `Errors` in an answer: it came only part of the way (3.5). */
export const finishedGoods = z.object({
  TaskID: z.string(),
  AssemblyNumber: text,
  Status: text,
  ProductID: z.string(),
  Quantity: units,
  Notes: text,
  Errors: list(z.union([z.string(), z.object({ Exception: text }).transform((e) => e.Exception)])),
});
export type FinishedGoods = z.output<typeof finishedGoods>;
export const finishedGoodsList = z.object({
  FinishedGoods: list(z.object({ TaskID: z.string(), ProductID: z.string(), Status: text, Notes: text })),
});
