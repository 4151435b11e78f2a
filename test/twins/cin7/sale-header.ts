/** POST, PUT and GET /sale (facts 2.3). */
import { checkCarrier, findCustomer, ledgerAccount, location, saleTaxRule } from "./books.ts";
import { readCountry } from "./countries.ts";
import { notInBook, refuse, required } from "./errors.ts";
import { attributeChanged, saleCreated } from "./events.ts";
import { day, flag, guid, midnight, needText, number, object, oneOf, same, text } from "./fields.ts";
import { needQueryGuid, queryFlag } from "./lists.ts";
import { big, round } from "./money.ts";
import { showSale } from "./sale-document.ts";
import { emptyDocument, nowIso, numbered, saleById, today, touch, writable } from "./sales.ts";
import type { Ctx, Customer, Json, Sale, SaleAddress, SaleHeader, ShippingAddress } from "./types.ts";

export const answer = (ctx: Ctx, sale: Sale): Json => showSale(ctx.account, sale, ctx.switches);

export function getSale(ctx: Ctx): Json {
  return showSale(ctx.account, saleById(ctx, needQueryGuid(ctx, "ID")), ctx.switches, {
    combine: queryFlag(ctx, "CombineAdditionalCharges") ?? false,
    hideMovements: queryFlag(ctx, "HideInventoryMovements") ?? false,
    transactions: queryFlag(ctx, "IncludeTransactions") ?? false,
    countryFormat: ctx.query("CountryFormat"),
  });
}

function readCustomer(ctx: Ctx): Customer {
  const id = guid(ctx.body, "CustomerID");
  const name = text(ctx.body, "Customer");
  const found = id ? ctx.account.customers[id] : findCustomer(ctx.account, name || required("Customer"));
  if (!found) return notInBook("Customer", id ?? name ?? "");
  if (found.Status === "Deprecated" && ctx.switches.deprecatedCustomer === "refuse") refuse(`Customer '${found.Name}' is deprecated`);
  return found;
}

function readAddress(ctx: Ctx, name: string, usual: SaleAddress): SaleAddress {
  const given = object(ctx.body, name);
  if (!given) return usual;
  return {
    Line1: needText(given, "Line1"),
    Line2: text(given, "Line2") ?? "",
    City: text(given, "City") ?? "",
    State: text(given, "State") ?? "",
    Postcode: text(given, "Postcode", 20) ?? "",
    Country: readCountry(ctx, needText(given, "Country")),
  };
}

const NOWHERE: SaleAddress = { Line1: "", Line2: "", City: "", State: "", Postcode: "", Country: "" };

function customerAddress(customer: Customer, type: string): SaleAddress {
  const own = customer.Addresses.filter((each) => each.Type === type);
  const found = own.find((each) => each.DefaultForType) ?? own[0];
  if (!found) return NOWHERE;
  const { Line1, Line2, City, State, Postcode, Country } = found;
  return { Line1, Line2, City, State, Postcode, Country };
}

function readShipping(ctx: Ctx, customer: Customer): ShippingAddress {
  const given = object(ctx.body, "ShippingAddress") ?? {};
  const address = readAddress(ctx, "ShippingAddress", customerAddress(customer, "Shipping"));
  const ShipToOther = flag(given, "ShipToOther") ?? false;
  const result = { ...address, Company: text(given, "Company", 128) ?? "", Contact: text(given, "Contact", 512) ?? "", ShipToOther };
  return result;
}

/** ShipToOther false and a Line1 that the customer lacks: the customer gets a new shipping address (L30542). */
function growCustomer(ctx: Ctx, customer: Customer, address: ShippingAddress): void {
  if (!ctx.body["ShippingAddress"] || address.ShipToOther || !address.Line1) return;
  if (customer.Addresses.some((each) => same(each.Line1, address.Line1))) return;
  const { Line1, Line2, City, State, Postcode, Country } = address;
  customer.Addresses.push({
    ID: ctx.world.random.guid(),
    Line1,
    Line2,
    City,
    State,
    Postcode,
    Country,
    Type: "Shipping",
    DefaultForType: false,
  });
  customer.LastModifiedOn = nowIso(ctx);
}

function readRate(ctx: Ctx, customer: Customer): number {
  const rate = number(ctx.body, "CurrencyRate");
  if (rate === undefined) return customer.Currency === ctx.account.company.Currency ? 1 : required("CurrencyRate");
  return rate > 0 ? round(big(rate), 5) : refuse("CurrencyRate must be greater than 0");
}

function readAttributes(body: Json): Record<string, string> {
  const given = object(body, "AdditionalAttributes") ?? {};
  const names = Array.from({ length: 10 }, (_, index) => `AdditionalAttribute${index + 1}`);
  return Object.fromEntries(names.map((name, index) => [name, text(given, name, 256, `Additional Attribute ${index + 1}`) ?? ""]));
}

/** What is left out falls back to the customer, also on PUT: it is not a patch (facts 2.3, 9.32). */
function readHeader(ctx: Ctx, customer: Customer, place: string): SaleHeader {
  const { body, account } = ctx;
  const contact = customer.Contacts.find((each) => each.Default) ?? customer.Contacts[0];
  const carrier = text(body, "Carrier") ?? String(customer["Carrier"] ?? "");
  checkCarrier(ctx, carrier);
  const terms = text(body, "Terms") || customer.PaymentTerm;
  const tier = text(body, "PriceTier", 50) || customer.PriceTier;
  const representative = text(body, "SalesRepresentative") ?? "";
  const known = account.contacts.some((each) => same(String(each["Name"]), representative));
  if (representative && !known && ctx.switches.salesRepresentative === "refuse") {
    refuse(`'${representative}' was not found in Company Contacts reference book`);
  }
  const DefaultAccount = text(body, "DefaultAccount", 50) || customer.RevenueAccount;
  return {
    Contact: text(body, "Contact") ?? contact?.Name ?? "",
    Phone: text(body, "Phone", 50) ?? contact?.Phone ?? "",
    Email: text(body, "Email") ?? contact?.Email ?? "",
    DefaultAccount: ledgerAccount(account, DefaultAccount).Code,
    SkipQuote: flag(body, "SkipQuote") ?? false,
    BillingAddress: readAddress(ctx, "BillingAddress", customerAddress(customer, "Billing")),
    ShippingAddress: readShipping(ctx, customer),
    ShippingNotes: text(body, "ShippingNotes", 1024) ?? "",
    TaxRule: saleTaxRule(account, text(body, "TaxRule", 50) || customer.TaxRule).Name,
    TaxInclusive: flag(body, "TaxInclusive") ?? false,
    Terms: account.terms.find((each) => same(each.Name, terms))?.Name ?? notInBook("Payment term", terms),
    PriceTier: account.priceTiers.find((each) => same(each, tier)) ?? notInBook("Price tier", tier),
    ShipBy: day(body, "ShipBy") ?? null,
    Location: place,
    SaleOrderDate: day(body, "SaleOrderDate") ?? midnight(today(ctx)),
    Note: text(body, "Note", 1024) ?? "",
    CustomerReference: text(body, "CustomerReference") ?? "",
    CurrencyRate: readRate(ctx, customer),
    SalesRepresentative: representative,
    Carrier: carrier,
    ExternalID: text(body, "ExternalID") || null,
    AdditionalAttributes: readAttributes(body),
  };
}

function saleType(ctx: Ctx): Sale["type"] {
  const wanted = text(ctx.body, "SaleType", 50);
  const named = oneOf(wanted || ctx.switches.defaultSaleType, "SaleType", ["Simple", "Advanced"]);
  if (flag(ctx.body, "ServiceOnly") && ctx.switches.serviceOnly === "accept") return "Service Sale";
  return named === "Advanced" || ctx.switches.advancedAlways ? "Advanced Sale" : "Simple Sale";
}

/** A nested Order, Quote or Invoices in the body is dropped without a word (facts 2.3). */
export function postSale(ctx: Ctx): Json {
  const { account, switches } = ctx;
  const customer = readCustomer(ctx);
  const type = saleType(ctx);
  const named = text(ctx.body, "Location");
  const free = type === "Service Sale" && !switches.serviceOnlyNeedsLocation;
  const usual = account.locations.find((each) => each.IsDefault)?.Name ?? "";
  const place = location(account, named || (free ? usual : required("Location")));
  const header = readHeader(ctx, customer, place.Name);
  const taken = header.ExternalID && switches.duplicateExternalId === "refuse";
  if (taken && Object.values(account.sales).some((each) => each.header.ExternalID === header.ExternalID)) {
    refuse("Specified attribute 'ExternalID' already exists");
  }
  const sale: Sale = {
    id: ctx.world.random.guid(),
    type,
    number: "",
    created: nowIso(ctx),
    updated: "",
    turn: 0,
    voided: false,
    customerId: customer.ID,
    locationId: place.ID,
    header,
    quote: emptyDocument(),
    order: emptyDocument(),
    fulfilments: [],
    invoices: [],
    creditNotes: [],
    payments: [],
  };
  if (switches.orderNumberAt === "creation") giveNumber(ctx, sale);
  account.sales[sale.id] = sale;
  growCustomer(ctx, customer, header.ShippingAddress);
  touch(ctx, sale);
  saleCreated(ctx, sale);
  return answer(ctx, sale);
}

export function giveNumber(ctx: Ctx, sale: Sale): void {
  if (sale.number) return;
  ctx.account.counters.order += 1;
  sale.number = numbered("SO", ctx.account.counters.order);
}

export function putSale(ctx: Ctx): Json {
  const sale = writable(saleById(ctx, guid(ctx.body, "ID") ?? required("ID")));
  const customer = readCustomer(ctx);
  const place = location(ctx.account, text(ctx.body, "Location") || required("Location"));
  const header = readHeader(ctx, customer, place.Name);
  const begun = sale.order.status === "AUTHORISED" || sale.invoices.some((each) => each.status === "AUTHORISED");
  if (begun && ctx.switches.putOnAuthorised === "refuse") refuse("Sale can not be changed. Order Status is AUTHORISED");
  if (begun && ctx.switches.putOnAuthorised === "no-effect") return answer(ctx, sale);
  const before = sale.header;
  // What the authorised documents rest on stays as it is.
  const fixed = {
    TaxRule: before.TaxRule,
    TaxInclusive: before.TaxInclusive,
    CurrencyRate: before.CurrencyRate,
    Location: before.Location,
    SkipQuote: before.SkipQuote,
  };
  sale.header = begun ? { ...header, ...fixed } : header;
  if (!begun) {
    sale.customerId = customer.ID;
    sale.locationId = place.ID;
  }
  growCustomer(ctx, customer, header.ShippingAddress);
  touch(ctx, sale);
  for (let n = 1; n <= 10; n++) {
    const [old, fresh] = [before, header].map((each) => each.AdditionalAttributes[`AdditionalAttribute${n}`] ?? "");
    if (old !== fresh) attributeChanged(ctx, sale, n, old ?? "", fresh ?? "");
  }
  return answer(ctx, sale);
}
