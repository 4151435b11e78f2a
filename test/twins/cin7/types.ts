/** What the twin holds. Fields that the API shows keep the API's spelling; fields of our own begin with a small letter. */
import type { World } from "../world.ts";
import type { Carrier, Customer, LedgerAccount, Location, Named, PaymentTerm, Product, StockRow, TaxRule } from "./book-types.ts";
import type { Allocation, Sale } from "./sale-types.ts";
import type { Cin7Switches } from "./switches.ts";

export type * from "./book-types.ts";
export type * from "./sale-types.ts";

export type Json = Record<string, unknown>;

export type Posting = {
  id: string;
  saleId: string;
  taskId: string;
  kind: "invoice" | "credit note" | "payment" | "refund" | "prepayment" | "cost of goods" | "restock" | "stocktake" | "assembly";
  /** The payment, or the document's number: what makes the lines of one journal. */
  source: string;
  debit: string;
  credit: string;
  amount: number;
  date: string;
  reference: string;
  text: string;
  type: string;
};

export type Credit = {
  CreditID: string;
  CustomerID: string;
  CustomerName: string;
  Account: string;
  Amount: number;
  RemainingAmount: number;
  Currency: string;
  ConvRate: number;
  Date: string;
  Description: string;
};

export type Webhook = {
  ID: string;
  Type: string;
  Name: string;
  IsActive: boolean;
  ExternalURL: string;
  ExternalAuthorizationType: string;
  ExternalUserName: string;
  ExternalPassword: string;
  ExternalBearerToken: string;
  ExternalHeaders: { Key: string; Value: string }[];
};

export type Delivery = { id: string; accountId: string; webhookId: string; body: string; attempt: number; due: number };

export type Stocktake = {
  TaskID: string;
  number: string;
  status: "DRAFT" | "COMPLETED";
  locationId: string;
  created: string;
  updated: string;
};

export type FinishedGoods = {
  id: string;
  number: string;
  status: "DRAFT" | "AUTHORISED" | "IN PROGRESS" | "COMPLETED" | "VOIDED";
  productId: string;
  locationId: string;
  wipAccount: string;
  wipDate: string | null;
  account: string;
  quantity: number;
  completionDate: string | null;
  batch: string;
  notes: string;
  /** Components that have left their shelves. */
  picked: (Allocation & { productId: string })[];
  errors: string[];
};

export type Family = Json & { ID: string; SKU: string; Name: string; LastModifiedOn: string; Products: Json[] };

export type Company = {
  Company: string;
  Currency: string;
  zone: { iana: string; windows: string };
  LockDate: string | null;
  DefaultSaleTaxRuleName: string;
};

export type Account = {
  id: string;
  applicationKeys: string[];
  company: Company;
  switches: Partial<Cin7Switches>;
  counters: Record<"order" | "invoice" | "credit" | "stocktake" | "turn", number>;
  taxRules: TaxRule[];
  chart: LedgerAccount[];
  locations: Location[];
  terms: PaymentTerm[];
  carriers: Carrier[];
  priceTiers: string[];
  categories: Named[];
  brands: Named[];
  units: Named[];
  attributeSets: Json[];
  contacts: Json[];
  addresses: Json[];
  customers: Record<string, Customer>;
  products: Record<string, Product>;
  families: Record<string, Family>;
  attachments: Record<string, Json[]>;
  stock: Record<string, StockRow[]>;
  sales: Record<string, Sale>;
  postings: Posting[];
  credits: Credit[];
  stocktakes: Stocktake[];
  /** Missing in data of before there were any. */
  finishedGoods?: FinishedGoods[];
  webhooks: Webhook[];
};

export type Store = { accounts: Record<string, Account>; deliveries: Delivery[] };

/** What every handler gets. */
export type Ctx = {
  world: World;
  store: Store;
  account: Account;
  switches: Cin7Switches;
  /** Query parameters by any spelling (facts 1.1: names are not case sensitive). */
  query: (name: string) => string | undefined;
  body: Json;
};
