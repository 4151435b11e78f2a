/** What the twin starts with: `empty` (one company, books only), `demo` (two companies, one of them stocked), `large`. */
import { type CatalogueRow, DEMO_CATALOGUE, largeCatalogue } from "../demo-catalogue.ts";
import { ALBION, HARBOUR } from "./constants.ts";
import { big, round } from "./money.ts";
import { productDefaults } from "./product-fields.ts";
import { books, seedGuid } from "./seed-books.ts";
import type { Account, Customer, Product, Store } from "./types.ts";

export type Scenario = "empty" | "demo" | "large" | "fleet" | "prove";

type Identity = {
  accountId: string;
  company: string;
  currency: string;
  keys: string[];
  country: string;
  zone: { iana: string; windows: string };
  rule: string;
};

const AUSTRALIAN: Identity = {
  ...HARBOUR,
  keys: [HARBOUR.applicationKey, HARBOUR.secondKey],
  country: "Australia",
  zone: { iana: "Australia/Melbourne", windows: "AUS Eastern Standard Time" },
  rule: "GST on Income",
};
const BRITISH: Identity = {
  ...ALBION,
  keys: [ALBION.applicationKey],
  country: "United Kingdom",
  zone: { iana: "Europe/London", windows: "GMT Standard Time" },
  rule: "VAT 20%",
};

function account(n: number, who: Identity): Account {
  return {
    id: who.accountId,
    applicationKeys: who.keys,
    company: { Company: who.company, Currency: who.currency, zone: who.zone, LockDate: null, DefaultSaleTaxRuleName: who.rule },
    switches: {},
    counters: { order: 0, invoice: 0, credit: 0, stocktake: 0, turn: 0 },
    ...books(n, who.currency, who.country),
    customers: {},
    products: {},
    families: {},
    attachments: {},
    stock: {},
    sales: {},
    postings: [],
    credits: [],
    stocktakes: [],
    webhooks: [],
  };
}

function customer(to: Account, company: number, n: number, name: string, email: string, at: string, more: Partial<Customer> = {}): void {
  const ID = seedGuid("customer", company, n);
  const own: Customer = {
    ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`AdditionalAttribute${index + 1}`, ""])),
    ID,
    Name: name,
    DisplayName: name,
    Status: "Active",
    Currency: to.company.Currency,
    PaymentTerm: "Prepaid",
    AccountReceivable: "610",
    RevenueAccount: "200",
    TaxRule: to.company.DefaultSaleTaxRuleName,
    PriceTier: "Retail",
    Carrier: "",
    SalesRepresentative: "",
    Location: "Main Warehouse",
    Discount: 0,
    Comments: "",
    TaxNumber: "",
    CreditLimit: 0,
    Tags: "",
    AttributeSet: "",
    LastModifiedOn: at,
    IsOnCreditHold: false,
    IsLegalEntity: false,
    CustomerParentID: null,
    CustomerParentName: "",
    IsBillParent: false,
    Addresses: [],
    Contacts: [],
    ...more,
  };
  const blank = {
    Phone: "",
    MobilePhone: "",
    Fax: "",
    Website: "",
    Comment: "",
    IncludeInEmail: true,
    MarketingConsent: 1,
    JobTitle: null,
  };
  if (email) own.Contacts = [{ ...blank, ID: seedGuid("contact", company, 100 + n), Name: name, Email: email, Default: true }];
  to.customers[ID] = own;
}

function product(to: Account, company: number, n: number, row: CatalogueRow, at: string): Product {
  const ID = seedGuid("product", company, n);
  return {
    ...productDefaults(),
    ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`PriceTier${index + 1}`, index === 0 ? round(big(row.price)) : 0])),
    ID,
    SKU: row.sku,
    Name: row.name,
    Category: row.category,
    Brand: row.brand,
    Type: "Stock",
    CostingMethod: "FIFO",
    UOM: "Item",
    DefaultLocation: "Main Warehouse",
    Weight: row.weight,
    Barcode: `93${String(n).padStart(11, "0")}`,
    Status: "Active",
    Tags: "web",
    // 6.00 and a little more, so that costs can be told apart in a journal.
    AverageCost: round(big(6).plus(big(n % 50).times("0.05")), 2),
    RevenueAccount: "200",
    COGSAccount: "310",
    InventoryAccount: "630",
    SaleTaxRule: row.taxClass === 1 ? "GST Free Income" : to.company.DefaultSaleTaxRuleName,
    LastModifiedOn: at,
  } as Product;
}

function stock(to: Account, company: number, rows: readonly CatalogueRow[], at: string): void {
  const name = (kind: "category" | "brand", names: Set<string>, offset: number) =>
    [...names].map((Name, index) => ({ ID: seedGuid(kind, company, offset + index), Name }));
  to.categories.push(...name("category", new Set(rows.map((row) => row.category)), 10));
  to.brands.push(...name("brand", new Set(rows.map((row) => row.brand)), 10));
  const [main, shop] = to.locations;
  if (!main || !shop) throw new Error("no locations");
  const empty = { batch: null, expiry: null, allocated: 0, onOrder: 0, inTransit: 0 };
  rows.forEach((row, index) => {
    const own = product(to, company, index + 1, row, at);
    to.products[own.ID] = own;
    const bin = main.bins[index % 3]?.ID ?? null;
    to.stock[own.ID] = [
      { ...empty, locationId: main.ID, binId: bin, onHand: 40 + (index % 7) * 10 },
      { ...empty, locationId: shop.ID, binId: null, onHand: 5 + (index % 4) },
    ];
  });
}

/** One family for each product with variants, at most three options (facts 3.2). */
function families(to: Account, company: number, rows: readonly CatalogueRow[], at: string): void {
  const ids = Object.keys(to.products);
  const groups = Map.groupBy(
    rows.map((row, index) => ({ row, id: ids[index] })).filter(({ row }) => row.options.length > 0),
    ({ row }) => row.family.sku,
  );
  let n = 0;
  for (const [sku, members] of groups) {
    const first = members[0]?.row;
    if (!first) continue;
    n += 1;
    const ID = seedGuid("family", company, n);
    const { Brand: _brand, ...defaults } = productDefaults();
    const option = (index: number) => first.options[index]?.name ?? "";
    const plain = Object.fromEntries(
      [
        "ShortDescription",
        "Description",
        "AttributeSet",
        "DiscountRule",
        "Tags",
        "PurchaseTaxRule",
        "DropShipMode",
        "HSCode",
        "CountryOfOrigin",
        "CountryOfOriginCode",
      ].map((name) => [name, defaults[name]]),
    );
    to.families[ID] = {
      ...plain,
      ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`PriceTier${index + 1}`, index === 0 ? round(big(first.price)) : 0])),
      ID,
      SKU: sku,
      Name: first.family.name,
      Category: first.category,
      Brand: first.brand,
      CostingMethod: "FIFO",
      DefaultLocation: "Main Warehouse",
      UOM: "Item",
      MinimumBeforeReorder: 0,
      ReorderQuantity: 0,
      COGSAccount: "310",
      RevenueAccount: "200",
      InventoryAccount: "630",
      SaleTaxRule: to.company.DefaultSaleTaxRuleName,
      Option1Name: option(0),
      Option2Name: option(1),
      Option3Name: option(2),
      Products: members.map(({ row, id }) => ({
        ID: id,
        Option1: row.options[0]?.value ?? "",
        Option2: row.options[1]?.value ?? "",
        Option3: row.options[2]?.value ?? "",
      })),
      LastModifiedOn: at,
    };
  }
}

export function scenario(name: Scenario, now: number): Store {
  const at = new Date(now).toISOString();
  const harbour = account(0, AUSTRALIAN);
  if (name === "empty") return { accounts: { [harbour.id]: harbour }, deliveries: [] };
  const albion = account(1, BRITISH);
  const rows = name === "large" ? largeCatalogue() : DEMO_CATALOGUE;
  stock(harbour, 0, rows, at);
  families(harbour, 0, rows, at);
  stock(albion, 1, DEMO_CATALOGUE.slice(0, 10), at);
  customer(harbour, 0, 1, "Web customer", "", at);
  customer(harbour, 0, 2, "Web customer USD", "", at, { Currency: "USD" });
  customer(harbour, 0, 3, "Ana Keller", "ana.keller@example.org", at);
  customer(harbour, 0, 4, "Corner Store Pty Ltd", "orders@cornerstore.example.org", at, { PaymentTerm: "30 days", PriceTier: "Wholesale" });
  customer(harbour, 0, 5, "Slow Payer", "slow@example.org", at, { IsOnCreditHold: true });
  customer(albion, 1, 1, "Web customer", "", at);
  return { accounts: { [harbour.id]: harbour, [albion.id]: albion }, deliveries: [] };
}
