/** /customer (facts 4). */
import { findCustomer, ledgerAccount, saleTaxRule } from "./books.ts";
import { readCountry } from "./countries.ts";
import { notInBook, refuse, required } from "./errors.ts";
import { flag, guid, needText, number, oneOf, rows, same, text } from "./fields.ts";
import { emit } from "./hooks.ts";
import { paged, queryFlag, queryGuid, queryTime, single, startsWith } from "./lists.ts";
import { nowIso } from "./sales.ts";
import type { Address, Contact, Ctx, Customer, Json } from "./types.ts";

const FREE: [name: string, max: number][] = [
  ["DisplayName", 256],
  ["Carrier", 256],
  ["SalesRepresentative", 256],
  ["Location", 256],
  ["Comments", 2000],
  ["TaxNumber", 256],
  ["Tags", 256],
  ["AttributeSet", 50],
  ["CustomerParentName", 256],
  ...Array.from({ length: 10 }, (_, index): [string, number] => [`AdditionalAttribute${index + 1}`, 256]),
];

export function getCustomers(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const contact = ctx.query("ContactFilter");
  const since = queryTime(ctx, "ModifiedSince");
  // Deprecated ones are hidden unless asked for (facts 9.39).
  const all = queryFlag(ctx, "IncludeDeprecated") ?? false;
  const found = Object.values(ctx.account.customers).filter(
    (row) =>
      (!id || row.ID === id) &&
      startsWith(row.Name, ctx.query("Name")) &&
      (!contact || row.Contacts.some((each) => startsWith(each.Name, contact) || same(each.Email, contact))) &&
      (since === undefined || Date.parse(row.LastModifiedOn) >= since) &&
      (all || row.Status !== "Deprecated"),
  );
  return paged(ctx, "CustomerList", found, showCustomer);
}

export const showCustomer = (customer: Customer): Json => ({ ...customer, ProductPrices: [], ChildCustomers: [] });

function readAddress(ctx: Ctx, row: Json, before: Address | undefined): Address {
  const part = (name: string, usual = "") => text(row, name) ?? usual;
  const country = text(row, "Country");
  return {
    ID: before?.ID ?? ctx.world.random.guid(),
    Line1: part("Line1") || before?.Line1 || required("Line1"),
    Line2: part("Line2", before?.Line2),
    City: part("City", before?.City),
    State: part("State", before?.State),
    Postcode: text(row, "Postcode", 20) ?? before?.Postcode ?? "",
    Country: country ? readCountry(ctx, country) : (before?.Country ?? required("Country")),
    Type: oneOf(part("Type") || before?.Type || required("Type"), "Type", ["Billing", "Business", "Shipping"]),
    DefaultForType: flag(row, "DefaultForType") ?? before?.DefaultForType ?? false,
  };
}

function readContact(ctx: Ctx, row: Json, before: Contact | undefined): Contact {
  const part = (name: keyof Contact & string, max: number) => text(row, name, max) ?? String(before?.[name] ?? "");
  return {
    ID: before?.ID ?? ctx.world.random.guid(),
    Name: part("Name", 256) || required("Name"),
    Phone: part("Phone", 50),
    MobilePhone: part("MobilePhone", 50),
    Fax: part("Fax", 50),
    Email: part("Email", 256),
    Website: part("Website", 256),
    Comment: part("Comment", 256),
    Default: flag(row, "Default") ?? before?.Default ?? false,
    IncludeInEmail: flag(row, "IncludeInEmail") ?? before?.IncludeInEmail ?? false,
    MarketingConsent: number(row, "MarketingConsent") ?? before?.MarketingConsent ?? 1,
    JobTitle: text(row, "JobTitle") ?? before?.JobTitle ?? null,
  };
}

/** Rows with an ID change, rows without are added: a repeat without IDs doubles them (L31341). */
function merged<T extends { ID: string }>(given: Json[] | undefined, before: T[], read: (row: Json, old: T | undefined) => T): T[] {
  if (!given) return before;
  const result = [...before];
  for (const row of given) {
    const id = guid(row, "ID");
    const index = result.findIndex((each) => each.ID === id);
    if (id && index < 0) refuse(`Specified ID '${id}' not found`);
    if (index < 0) result.push(read(row, undefined));
    else result[index] = read(row, result[index]);
  }
  return result;
}

function read(ctx: Ctx, before: Customer | undefined): Customer {
  const { body, account } = ctx;
  const need = (name: "Currency" | "PaymentTerm" | "AccountReceivable" | "RevenueAccount" | "TaxRule") =>
    text(body, name) || before?.[name] || required(name);
  const Name = text(body, "Name") || before?.Name || required("Name");
  const other = findCustomer(account, Name);
  if (other && other !== before) refuse("Specified attribute 'Name' already exists");
  const Status = oneOf(text(body, "Status") || before?.Status || required("Status"), "Status", ["Active", "Deprecated"]);
  const receivable = ledgerAccount(account, need("AccountReceivable"));
  if (receivable.SystemAccount !== "Accounts receivable") refuse(`Account '${receivable.Code}' is not Accounts receivable account`);
  const term = need("PaymentTerm");
  const tier = text(body, "PriceTier") || before?.PriceTier || account.priceTiers[0] || "";
  const free = Object.fromEntries(FREE.map(([name, max]) => [name, text(body, name, max) ?? before?.[name] ?? ""]));
  return {
    ...free,
    ID: before?.ID ?? ctx.world.random.guid(),
    Name,
    DisplayName: free["DisplayName"] || Name,
    Status,
    Currency: need("Currency"),
    PaymentTerm: account.terms.find((each) => same(each.Name, term) && each.IsActive)?.Name ?? notInBook("Payment term", term),
    AccountReceivable: receivable.Code,
    RevenueAccount: ledgerAccount(account, need("RevenueAccount")).Code,
    TaxRule: saleTaxRule(account, need("TaxRule")).Name,
    PriceTier: account.priceTiers.find((each) => same(each, tier)) ?? notInBook("Price tier", tier),
    Discount: number(body, "Discount") ?? before?.["Discount"] ?? 0,
    CreditLimit: number(body, "CreditLimit") ?? before?.["CreditLimit"] ?? 0,
    IsOnCreditHold: flag(body, "IsOnCreditHold") ?? before?.IsOnCreditHold ?? false,
    IsLegalEntity: flag(body, "IsLegalEntity") ?? before?.["IsLegalEntity"] ?? false,
    IsBillParent: flag(body, "IsBillParent") ?? before?.["IsBillParent"] ?? false,
    CustomerParentID: guid(body, "CustomerParentID") ?? before?.["CustomerParentID"] ?? null,
    Addresses: merged(rows(body, "Addresses"), before?.Addresses ?? [], (row, old) => readAddress(ctx, row, old)),
    Contacts: merged(rows(body, "Contacts"), before?.Contacts ?? [], (row, old) => readContact(ctx, row, old)),
    LastModifiedOn: nowIso(ctx),
  };
}

function store(ctx: Ctx, customer: Customer): Json {
  ctx.account.customers[customer.ID] = customer;
  emit(ctx, "Customer/Updated", () => {
    // The event's customer and contacts are shorter than the API's (L28337).
    const { Addresses, DisplayName, CustomerParentName, CustomerParentID, IsOnCreditHold, IsLegalEntity, IsBillParent, ...own } = customer;
    const Contacts = customer.Contacts.map(({ MarketingConsent: _unsent, ...row }) => ({ ...row, CustomerID: customer.ID }));
    return {
      NumberOfCustomers: 1,
      CustomerDetailsList: [{ Customer: { ...own, Contacts: undefined }, Addresses, Contacts }],
      EventType: "Customer/Updated",
    };
  });
  return single("CustomerList", showWritten(customer));
}

/** POST and PUT answer addresses and contacts with the customer's ID. */
const showWritten = (customer: Customer): Json => ({
  ...showCustomer(customer),
  Addresses: customer.Addresses.map((row) => ({ ...row, CustomerID: customer.ID })),
  Contacts: customer.Contacts.map((row) => ({ ...row, CustomerID: customer.ID })),
});

export const postCustomer = (ctx: Ctx): Json => store(ctx, read(ctx, undefined));

export function putCustomer(ctx: Ctx): Json {
  const id = guid(ctx.body, "ID") ?? needText(ctx.body, "ID");
  return store(ctx, read(ctx, ctx.account.customers[id] ?? refuse("Customer with specified ID not found")));
}
