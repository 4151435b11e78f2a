/** Customers, products, reference books and stock rows. */
import type { Json } from "./types.ts";

export type Address = {
  ID: string;
  Line1: string;
  Line2: string;
  City: string;
  State: string;
  Postcode: string;
  Country: string;
  Type: string;
  DefaultForType: boolean;
};

export type Contact = {
  ID: string;
  Name: string;
  Phone: string;
  MobilePhone: string;
  Fax: string;
  Email: string;
  Website: string;
  Comment: string;
  Default: boolean;
  IncludeInEmail: boolean;
  MarketingConsent: number;
  JobTitle: string | null;
};

export type Customer = Json & {
  ID: string;
  Name: string;
  Status: string;
  Currency: string;
  PaymentTerm: string;
  AccountReceivable: string;
  RevenueAccount: string;
  TaxRule: string;
  PriceTier: string;
  IsOnCreditHold: boolean;
  LastModifiedOn: string;
  Addresses: Address[];
  Contacts: Contact[];
};

export type Component = { ComponentProductID: string; ProductCode: string; Name: string; Quantity: number };

export type Product = Json & {
  ID: string;
  SKU: string;
  Name: string;
  Category: string;
  Type: string;
  CostingMethod: string;
  DropShipMode: string;
  Status: string;
  AverageCost: number;
  Barcode: string;
  RevenueAccount: string | null;
  COGSAccount: string | null;
  InventoryAccount: string | null;
  SaleTaxRule: string | null;
  BillOfMaterial: boolean;
  AutoAssembly: boolean;
  BillOfMaterialsProducts: Component[];
  LastModifiedOn: string;
};

export type TaxRule = {
  ID: string;
  Name: string;
  Account: string;
  IsActive: boolean;
  TaxInclusive: boolean;
  TaxPercent: number;
  IsTaxForSale: boolean;
  IsTaxForPurchase: boolean;
};

export type LedgerAccount = {
  Code: string;
  Name: string;
  Type: string;
  Class: string;
  Status: string;
  Description: string;
  SystemAccount: string | null;
  SystemAccountCode: string | null;
  ForPayments: boolean;
  /** Bank and clearing accounts only. */
  BankAccountId: string | null;
  BankAccountNumber: string | null;
  Currency: string | null;
};

export type Bin = { ID: string; Name: string; IsDeprecated: boolean; IsStaging: boolean };
export type Location = { ID: string; Name: string; IsDefault: boolean; IsDeprecated: boolean; IsShopfloor: boolean; bins: Bin[] };
export type PaymentTerm = { ID: string; Name: string; Duration: number; Method: string; IsActive: boolean; IsDefault: boolean };
export type Named = { ID: string; Name: string };
export type Carrier = { CarrierID: string; Description: string };

export type StockRow = {
  locationId: string;
  binId: string | null;
  batch: string | null;
  expiry: string | null;
  onHand: number;
  allocated: number;
  onOrder: number;
  inTransit: number;
};
