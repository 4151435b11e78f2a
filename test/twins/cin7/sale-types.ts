/** A sale and its documents. */

/** Where the units of an order line are reserved. */
export type Allocation = { locationId: string; binId: string | null; batch: string | null; quantity: number };

export type Line = {
  ProductID: string;
  SKU: string;
  Name: string;
  Quantity: number;
  Price: number;
  Discount: number;
  Tax: number;
  Total: number;
  AverageCost: number;
  TaxRule: string;
  Account: string;
  Comment: string;
  DropShip: boolean;
  BackorderQuantity: number;
  allocations: Allocation[];
};

export type Charge = {
  Description: string;
  Quantity: number;
  Price: number;
  Discount: number;
  Tax: number;
  Total: number;
  TaxRule: string;
  Account: string;
  Comment: string;
  productId: string;
};

export type Totals = { TotalBeforeTax: number; Tax: number; Total: number };
export type Content = Totals & { lines: Line[]; charges: Charge[] };
type DocumentStatus = "NOT AVAILABLE" | "DRAFT" | "AUTHORISED" | "VOIDED";
export type SaleDocument = Content & { status: DocumentStatus; memo: string; combine: boolean };

export type StockLine = {
  ProductID: string;
  SKU: string;
  Name: string;
  Location: string;
  LocationID: string;
  Quantity: number;
  BatchSN: string;
  ExpiryDate: string | null;
  Box: string;
};

export type ShipLine = {
  ID: string;
  ShipmentDate: string;
  Carrier: string;
  Boxes: string;
  TrackingNumber: string;
  TrackingURL: string;
  IsShipped: boolean;
};

export type Fulfilment = {
  taskId: string;
  number: number;
  pick: { status: DocumentStatus; lines: StockLine[] };
  pack: { status: DocumentStatus; lines: StockLine[] };
  ship: {
    status: DocumentStatus | "PARTIALLY AUTHORISED";
    requireBy: string | null;
    notes: string;
    lines: ShipLine[];
    boxesGone: string[];
  };
};

export type Invoice = SaleDocument & {
  taskId: string;
  number: string;
  date: string;
  due: string;
  rate: number;
  billing1: string;
  billing2: string;
  linkedFulfilment: string;
};

export type RestockLine = StockLine & { RestockLocation: string; RestockLocationID: string; restockDate: string | null };
export type CreditNote = SaleDocument & {
  taskId: string;
  number: string;
  date: string;
  rate: number;
  invoiceNumber: string;
  restock: RestockLine[];
};

export type Payment = {
  ID: string;
  TaskID: string;
  Type: "Prepayment" | "Payment" | "Refund";
  Reference: string;
  Amount: number;
  DatePaid: string;
  Account: string;
  CurrencyRate: number;
  DateCreated: string;
  CreditID: string | null;
};

export type SaleAddress = { Line1: string; Line2: string; City: string; State: string; Postcode: string; Country: string };
export type ShippingAddress = SaleAddress & { Company: string; Contact: string; ShipToOther: boolean };

export type SaleHeader = {
  Contact: string;
  Phone: string;
  Email: string;
  DefaultAccount: string;
  SkipQuote: boolean;
  BillingAddress: SaleAddress;
  ShippingAddress: ShippingAddress;
  ShippingNotes: string;
  TaxRule: string;
  TaxInclusive: boolean;
  Terms: string;
  PriceTier: string;
  ShipBy: string | null;
  Location: string;
  SaleOrderDate: string;
  Note: string;
  CustomerReference: string;
  CurrencyRate: number;
  SalesRepresentative: string;
  Carrier: string;
  ExternalID: string | null;
  AdditionalAttributes: Record<string, string>;
};

export type Sale = {
  id: string;
  type: "Simple Sale" | "Advanced Sale" | "Service Sale";
  number: string;
  created: string;
  updated: string;
  /** Order of writing: tells apart sales of one millisecond, newest first in lists. */
  turn: number;
  voided: boolean;
  customerId: string;
  locationId: string;
  header: SaleHeader;
  quote: SaleDocument;
  order: SaleDocument;
  fulfilments: Fulfilment[];
  invoices: Invoice[];
  creditNotes: CreditNote[];
  payments: Payment[];
};
