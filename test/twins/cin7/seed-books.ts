/** The reference books that both demo companies start with; the chart of accounts is the one of the journals (J1 to J20). */
import { fixedGuid } from "./constants.ts";
import type { Account, Json, LedgerAccount, PaymentTerm, TaxRule } from "./types.ts";

const KIND = {
  tax: 1,
  bank: 2,
  location: 3,
  bin: 4,
  term: 5,
  carrier: 6,
  category: 7,
  brand: 8,
  unit: 9,
  contact: 10,
  address: 11,
  set: 12,
  customer: 13,
  product: 14,
  family: 15,
};
export const seedGuid = (kind: keyof typeof KIND, company: number, n: number): string => fixedGuid(KIND[kind] + company * 256, n);

type Row = [
  code: string,
  name: string,
  type: string,
  kind: string,
  more?: { pay?: boolean; bank?: string; system?: [string, string]; text?: string },
];

const chartRows = (currency: string): Row[] => [
  ["090", "Bank", "BANK", "ASSET", { pay: true, bank: currency }],
  ["200", "Sales", "REVENUE", "REVENUE"],
  ["205", "Discounts given", "REVENUE", "REVENUE"],
  ["260", "Shipping income", "REVENUE", "REVENUE"],
  ["261", "Other charges", "REVENUE", "REVENUE"],
  ["310", "Cost of Goods Sold", "DIRECTCOSTS", "EXPENSE"],
  ["404", "Payment fees", "EXPENSE", "EXPENSE"],
  ["497", "Foreign currency gains and losses", "EXPENSE", "EXPENSE", { system: ["Realized currency gains", "REALISEDCURRENCYGAIN"] }],
  ["610", "Accounts Receivable", "CURRENT", "ASSET", { system: ["Accounts receivable", "DEBTORS"] }],
  ["630", "Inventory", "CURRENT", "ASSET"],
  ["713", "Card clearing", "BANK", "ASSET", { pay: true, bank: currency }],
  ["715", "Card clearing USD", "BANK", "ASSET", { pay: true, bank: "USD" }],
  ["800", "Accounts Payable", "CURRLIAB", "LIABILITY", { system: ["Accounts payable", "CREDITORS"] }],
  ["810", "Customer prepayments", "CURRLIAB", "LIABILITY"],
  ["820", "Tax payable", "CURRLIAB", "LIABILITY", { system: ["GST / VAT", "GST"] }],
  ["840", "Gift certificates", "CURRLIAB", "LIABILITY", { pay: true }],
  ["841", "Store credit", "CURRLIAB", "LIABILITY", { pay: true }],
  ["631", "Work in progress", "CURRENT", "ASSET"],
  ["860", "Rounding", "EXPENSE", "EXPENSE", { system: ["Rounding", "ROUNDING"] }],
];

const chart = (company: number, currency: string): LedgerAccount[] =>
  chartRows(currency).map(([Code, Name, Type, Class, more = {}], index) => ({
    Code,
    Name,
    Type,
    Class,
    Status: "ACTIVE",
    Description: more.text ?? Name,
    SystemAccount: more.system?.[0] ?? null,
    SystemAccountCode: more.system?.[1] ?? null,
    ForPayments: more.pay ?? false,
    BankAccountId: more.bank ? seedGuid("bank", company, index + 1) : null,
    BankAccountNumber: more.bank ? `06-0000-${Code}` : null,
    Currency: more.bank ?? null,
  }));

const RULES: Record<string, [name: string, percent: number][]> = {
  AUD: [
    ["GST on Income", 10],
    ["GST Free Income", 0],
    ["Tax Exempt", 0],
    ["GST Free Exports", 0],
    ["VAT 20%", 20],
    ["Sales Tax 8.25%", 8.25],
  ],
  GBP: [
    ["VAT 20%", 20],
    ["VAT 5%", 5],
    ["Zero Rated Income", 0],
    ["Tax Exempt", 0],
  ],
};

const taxRules = (company: number, currency: string): TaxRule[] => {
  const sale = (RULES[currency] ?? []).map(([Name, TaxPercent], index) => ({
    ID: seedGuid("tax", company, index + 1),
    Name,
    Account: "820",
    IsActive: true,
    TaxInclusive: false,
    TaxPercent,
    IsTaxForSale: true,
    IsTaxForPurchase: Name === "Tax Exempt",
  }));
  const others = { Account: "820", TaxInclusive: false, TaxPercent: 10 };
  return [
    ...sale,
    { ...others, ID: seedGuid("tax", company, 90), Name: "Tax on Purchases", IsActive: true, IsTaxForSale: false, IsTaxForPurchase: true },
    { ...others, ID: seedGuid("tax", company, 91), Name: "Old sales tax", IsActive: false, IsTaxForSale: true, IsTaxForPurchase: false },
  ];
};

const terms = (company: number): PaymentTerm[] =>
  (
    [
      ["Prepaid", 0, "number of days"],
      ["7 days", 7, "number of days"],
      ["30 days", 30, "number of days"],
      ["20th of next month", 20, "day of next month"],
      ["End of next month", 0, "last day of next month"],
    ] as const
  ).map(([Name, Duration, Method], index) => ({
    ID: seedGuid("term", company, index + 1),
    Name,
    Duration,
    Method,
    IsActive: true,
    IsDefault: index === 0,
  }));

const named = (kind: "category" | "brand" | "unit", company: number, names: readonly string[]) =>
  names.map((Name, index) => ({ ID: seedGuid(kind, company, index + 1), Name }));

const TEN = Array.from({ length: 10 }, (_, index) => index + 1);

function attributeSet(company: number): Json {
  const one = { Name: "Care", Type: "Text", Values: "" };
  return {
    ID: seedGuid("set", company, 1),
    Name: "Shop",
    ...Object.fromEntries(TEN.map((n) => [`Attribute${n}Name`, n === 1 ? "Care" : ""])),
    ...Object.fromEntries(TEN.map((n) => [`Attribute${n}Type`, n === 1 ? "Text" : "Not used"])),
    ...Object.fromEntries(TEN.map((n) => [`Attribute${n}Values`, ""])),
    Attributes: [one],
  };
}

type Books = Pick<
  Account,
  | "chart"
  | "taxRules"
  | "terms"
  | "carriers"
  | "priceTiers"
  | "categories"
  | "brands"
  | "units"
  | "attributeSets"
  | "contacts"
  | "addresses"
  | "locations"
>;

export function books(company: number, currency: string, country: string): Books {
  const bin = (n: number, Name: string) => ({ ID: seedGuid("bin", company, n), Name, IsDeprecated: false, IsStaging: false });
  const place = (n: number, Name: string, more: object) => ({
    ID: seedGuid("location", company, n),
    Name,
    IsDefault: false,
    IsDeprecated: false,
    IsShopfloor: false,
    bins: [],
    ...more,
  });
  const contact = (n: number, Name: string, Type: string) => ({
    ContactID: seedGuid("contact", company, n),
    Name,
    Phone: "",
    Fax: "",
    Email: `${Name.toLowerCase().replaceAll(" ", ".")}@example.org`,
    Website: "",
    Comment: "",
    Type,
    DefaultForType: true,
  });
  return {
    chart: chart(company, currency),
    taxRules: taxRules(company, currency),
    terms: terms(company),
    carriers: ["Australia Post", "Express", "Pickup"].map((Description, index) => ({
      CarrierID: seedGuid("carrier", company, index + 1),
      Description,
    })),
    priceTiers: ["Retail", "Wholesale", "Tier 3", "Tier 4", "Tier 5", "Tier 6", "Tier 7", "Tier 8", "Tier 9", "Tier 10"],
    categories: named("category", company, ["Other", "Services"]),
    brands: named("brand", company, []),
    units: named("unit", company, ["Item", "Kg"]),
    attributeSets: [attributeSet(company)],
    contacts: [contact(1, "Robin Sale", "Sale"), contact(2, "Kim Billing", "Billing")],
    addresses: [
      {
        AddressID: seedGuid("address", company, 1),
        Line1: "1 Wharf Road",
        Line2: "",
        CitySuburb: country === "Australia" ? "Sydney" : "Bristol",
        StateProvince: country === "Australia" ? "NSW" : "Bristol",
        ZipPostCode: country === "Australia" ? "2000" : "BS1 4DJ",
        Country: country,
        Type: "Billing",
        DefaultForType: true,
      },
    ],
    locations: [
      place(1, "Main Warehouse", { IsDefault: true, bins: [bin(1, "A-01"), bin(2, "A-02")] }),
      place(2, "Shop Floor", { IsShopfloor: true }),
    ],
  };
}
