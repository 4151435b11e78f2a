/** A sale and its parts as the API shows them: every field that the blueprint's tables and examples name. */
import { showCountry } from "./countries.ts";
import { customerOf, journals, postingsOf, revenueAccount } from "./ledger.ts";
import { add, big, round } from "./money.ts";
import { invoiceStatus, paidOn, paymentsOf, statuses, taskStatus } from "./sale-status.ts";
import type { Cin7Switches } from "./switches.ts";
import type {
  Account,
  Charge,
  CreditNote,
  Fulfilment,
  Invoice,
  Json,
  Line,
  Payment,
  Product,
  RestockLine,
  Sale,
  SaleAddress,
  SaleDocument,
  StockLine,
} from "./types.ts";

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);

/** "All objects that contain ProductID also contain additional fields" (facts 2.3), in GET /sale and with IncludeProductInfo. */
function productInfo(product: Product | undefined): Json {
  return {
    ProductLength: product?.["Length"] ?? 0,
    ProductWidth: product?.["Width"] ?? 0,
    ProductHeight: product?.["Height"] ?? 0,
    ProductWeight: product?.["Weight"] ?? 0,
    WeightUnits: product?.["WeightUnits"] ?? "",
    DimensionsUnits: product?.["DimensionsUnits"] ?? "",
    ...Object.fromEntries(TEN.map((n) => [`ProductCustomField${n}`, product?.[`AdditionalAttribute${n}`] || null])),
  };
}

export type View = { account: Account; sale: Sale; combine: boolean; info: boolean };

const info = (view: View, productId: string): Json => (view.info ? productInfo(view.account.products[productId]) : {});
const money = ({ Quantity, Price, Discount, Tax, Total, TaxRule, Comment }: Line | Charge) => ({
  Quantity,
  Price,
  Discount,
  Tax,
  Total,
  TaxRule,
  Comment,
});

/** Charges as lines, where the caller wants them combined (facts 2.4). */
function content(view: View, document: SaleDocument, more: (line: Line) => Json, ofCharge: (charge: Charge) => Json): Json {
  const lines = document.lines.map((line) => ({
    ProductID: line.ProductID,
    SKU: line.SKU,
    Name: line.Name,
    ...money(line),
    AverageCost: line.AverageCost,
    ...more(line),
    ...info(view, line.ProductID),
  }));
  if (!view.combine) {
    const charges = document.charges.map((charge) => ({ Description: charge.Description, ...money(charge), ...ofCharge(charge) }));
    return { Lines: lines, AdditionalCharges: charges };
  }
  const asLines = document.charges.map((charge) => ({
    ProductID: charge.productId,
    SKU: view.account.products[charge.productId]?.SKU ?? "",
    Name: charge.Description,
    ...money(charge),
    AverageCost: 0,
    ...ofCharge(charge),
    ...info(view, charge.productId),
  }));
  return { Lines: [...lines, ...asLines], AdditionalCharges: [] };
}

const total = ({ TotalBeforeTax, Tax, Total }: SaleDocument) => ({ TotalBeforeTax, Tax, Total });
const none = () => ({});
const status = (sale: Sale, own: string): string => (sale.voided ? "VOIDED" : own);

function showPayment(payment: Payment): Json {
  const { ID, Reference, Amount, DatePaid, Account: account, CurrencyRate, DateCreated } = payment;
  return { ID, Reference, Amount, DatePaid, Account: account, CurrencyRate, DateCreated };
}

export function showQuote(view: View): Json {
  const { quote } = view.sale;
  return { Memo: quote.memo, Status: status(view.sale, quote.status), ...content(view, quote, none, none), ...total(quote) };
}

export function showOrder(view: View, shown: string): Json {
  const { order, number } = view.sale;
  const more = (line: Line) => ({
    DropShip: line.DropShip,
    BackorderQuantity: line.BackorderQuantity,
    ...(view.info && { Backorder: line.BackorderQuantity > 0 }),
  });
  return { SaleOrderNumber: number, Memo: order.memo, Status: shown, ...content(view, order, more, none), ...total(order) };
}

export const showStockLine = (view: View, line: StockLine, withBox: boolean): Json => ({
  ProductID: line.ProductID,
  SKU: line.SKU,
  Name: line.Name,
  Location: line.Location,
  LocationID: line.LocationID,
  ...(withBox && { Box: line.Box }),
  Quantity: line.Quantity,
  BatchSN: line.BatchSN,
  ExpiryDate: line.ExpiryDate,
  ...info(view, line.ProductID),
});

export function showShip(view: View, task: Fulfilment): Json {
  return {
    Status: status(view.sale, task.ship.status),
    RequireBy: task.ship.requireBy,
    ShippingAddress: showAddress(view.sale.header.ShippingAddress, undefined),
    ShippingNotes: task.ship.notes || view.sale.header.ShippingNotes,
    Lines: task.ship.lines,
  };
}

export function showFulfilment(view: View, task: Fulfilment): Json {
  const { sale, account } = view;
  const invoice = sale.invoices.find((each) => each.linkedFulfilment === String(task.number) && each.status !== "VOIDED");
  const only = sale.type === "Simple Sale" ? sale.invoices.find((each) => each.status !== "VOIDED") : undefined;
  return {
    TaskID: task.taskId,
    FulfillmentNumber: task.number,
    LinkedInvoiceNumber: (invoice ?? only)?.number ?? "",
    FulFilmentStatus: taskStatus(account, sale, task),
    Pick: { Status: status(sale, task.pick.status), Lines: task.pick.lines.map((line) => showStockLine(view, line, false)) },
    Pack: { Status: status(sale, task.pack.status), Lines: task.pack.lines.map((line) => showStockLine(view, line, true)) },
    Ship: showShip(view, task),
  };
}

const accountOf = (view: View) => (row: Line | Charge) => ({ Account: revenueAccount(view.account, view.sale, row) });

export function showInvoice(view: View, invoice: Invoice, whole: boolean): Json {
  const { sale } = view;
  return {
    TaskID: invoice.taskId,
    ...(!whole && { CombineAdditionalCharges: view.combine }),
    InvoiceNumber: invoice.number,
    Memo: invoice.memo,
    Status: status(sale, invoiceStatus(sale, invoice)),
    InvoiceDate: invoice.date,
    InvoiceDueDate: invoice.due,
    CurrencyConversionRate: invoice.rate,
    BillingAddressLine1: invoice.billing1,
    BillingAddressLine2: invoice.billing2,
    LinkedFulfillmentNumber: invoice.linkedFulfilment,
    ...content(view, invoice, accountOf(view), accountOf(view)),
    ...(whole && {
      Payments: paymentsOf(sale, invoice.taskId, "Payment").map(showPayment),
      ...total(invoice),
      Paid: paidOn(sale, invoice),
    }),
  };
}

const showRestock = (view: View, line: RestockLine, whole: boolean): Json => ({
  ...showStockLine({ ...view, info: false }, line, false),
  ...(!whole && { RestockLocation: line.RestockLocation, RestockLocationID: line.RestockLocationID }),
});

export function showCreditNote(view: View, note: CreditNote, whole: boolean): Json {
  const { sale } = view;
  return {
    TaskID: note.taskId,
    ...(!whole && { CombineAdditionalCharges: view.combine }),
    CreditNoteInvoiceNumber: note.invoiceNumber,
    Memo: note.memo,
    Status: status(sale, note.status),
    CreditNoteDate: note.date,
    CreditNoteNumber: note.number,
    CreditNoteConversionRate: note.rate,
    ...content(view, note, accountOf(view), accountOf(view)),
    ...(whole && { Refunds: paymentsOf(sale, note.taskId, "Refund").map(showPayment) }),
    // A draft one shows an empty Restock (facts 2.8).
    Restock: note.status === "DRAFT" ? [] : note.restock.map((line) => showRestock(view, line, whole)),
    ...(whole && total(note)),
  };
}

const joined = (...parts: string[]): string => parts.filter(Boolean).join(" ").slice(0, 256);

export const displayLines = (address: SaleAddress): [string, string] => [
  joined(address.Line1, address.Line2),
  joined(address.City, address.State, address.Postcode, address.Country),
];

function showAddress<T extends SaleAddress>(address: T, format: string | undefined): Json {
  const [DisplayAddressLine1, DisplayAddressLine2] = displayLines(address);
  return { DisplayAddressLine1, DisplayAddressLine2, ...address, Country: showCountry(address.Country, format) };
}

type SaleOptions = { combine?: boolean; hideMovements?: boolean; transactions?: boolean; countryFormat?: string | undefined };

const movements = (account: Account, sale: Sale): Json[] =>
  sale.fulfilments.flatMap((task) =>
    task.pack.lines
      .filter((line) => task.ship.boxesGone.includes(line.Box))
      .map((line) => ({
        TaskID: task.taskId,
        ProductID: line.ProductID,
        Date: task.ship.lines.at(-1)?.ShipmentDate ?? sale.header.SaleOrderDate,
        COGS: 0,
        ...productInfo(account.products[line.ProductID]),
      })),
  );

export function showSale(account: Account, sale: Sale, switches: Cin7Switches, options: SaleOptions = {}): Json {
  const view: View = { account, sale, combine: options.combine ?? false, info: true };
  const { header } = sale;
  const { QuoteStatus: _quote, OrderStatus, CreditNoteStatus: _note, ...shown } = statuses(account, sale, switches);
  const customer = customerOf(account, sale);
  const costs = journals(account, sale.id).filter((journal) => journal.kind === "cost of goods" || journal.kind === "restock");
  const cost = (kind: string) => add(...costs.filter((each) => each.kind === kind).flatMap((each) => each.lines.map((line) => line.debit)));
  const { TaxInclusive, BillingAddress, ShippingAddress, AdditionalAttributes, ...plain } = header;
  return {
    ID: sale.id,
    Customer: customer.Name,
    CustomerID: customer.ID,
    ...plain,
    BillingAddress: showAddress(BillingAddress, options.countryFormat),
    ShippingAddress: showAddress(ShippingAddress, options.countryFormat),
    BaseCurrency: account.company.Currency,
    CustomerCurrency: customer.Currency,
    TaxCalculation: TaxInclusive ? "Inclusive" : "Exclusive",
    LastModifiedOn: sale.updated,
    COGSAmount: add(cost("cost of goods"), -cost("restock")),
    ...shown,
    CombinedTrackingNumbers: trackingNumbers(sale),
    Type: sale.type,
    SourceChannel: "",
    ServiceOnly: sale.type === "Service Sale",
    Quote: { ...showQuote(view), Prepayments: sale.payments.filter((each) => each.Type === "Prepayment").map(showPayment) },
    Order: showOrder(view, OrderStatus),
    Fulfilments: sale.fulfilments.map((task) => showFulfilment(view, task)),
    Invoices: sale.invoices.map((invoice) => showInvoice(view, invoice, true)),
    CreditNotes: sale.creditNotes.map((note) => showCreditNote(view, note, true)),
    ManualJournals: { Status: "NOT AVAILABLE", Lines: [] },
    AdditionalAttributes: Object.fromEntries(
      TEN.map((n) => [`AdditionalAttribute${n}`, AdditionalAttributes[`AdditionalAttribute${n}`] ?? ""]),
    ),
    Attachments: [],
    InventoryMovements: options.hideMovements ? [] : movements(account, sale),
    ...(options.transactions && { Transactions: transactionsOf(account, sale) }),
  };
}

export const trackingNumbers = (sale: Sale): string =>
  [...new Set(sale.fulfilments.flatMap((task) => task.ship.lines.map((line) => line.TrackingNumber)).filter(Boolean))]
    .join(", ")
    .slice(0, 256);

const transactionsOf = (account: Account, sale: Sale): Json[] =>
  postingsOf(account, sale.id).map((posting) => ({
    TaskID: posting.taskId,
    TransactionID: posting.id,
    Debit: posting.debit,
    Credit: posting.credit,
    Description: posting.text,
    Amount: round(big(posting.amount), 2),
    EffectiveDate: posting.date,
  }));
