/** Looks names up in the reference books: exact, without regard to case (facts 10). Unknown → 400. */
import { notInBook, refuse } from "./errors.ts";
import { same } from "./fields.ts";
import type { Account, Bin, Ctx, Customer, LedgerAccount, Location, Product, TaxRule } from "./types.ts";

export function taxRule(account: Account, name: string): TaxRule {
  const found = account.taxRules.find((rule) => same(rule.Name, name));
  return found ?? notInBook("Tax rule", name);
}

/** Must be active and flagged for sales (facts 2.5). */
export function saleTaxRule(account: Account, name: string): TaxRule {
  const rule = taxRule(account, name);
  if (!rule.IsActive || !rule.IsTaxForSale) refuse(`Tax rule '${name}' is not active or is not applicable for sales`);
  return rule;
}

export function ledgerAccount(account: Account, code: string, what = "Account"): LedgerAccount {
  const found = account.chart.find((each) => same(each.Code, code));
  return found?.Status === "ACTIVE" ? found : notInBook(what, code);
}

export const findLocation = (account: Account, name: string): Location | undefined =>
  account.locations.find((location) => same(location.Name, name));

export function location(account: Account, name: string): Location {
  const found = findLocation(account, name) ?? notInBook("Location", name);
  return found.IsDeprecated ? refuse(`Location '${name}' is deprecated`) : found;
}

/** By the ID of a location or of a bin: bins are rows of their own (facts 3.7). */
export function place(account: Account, id: string): { location: Location; bin: Bin | null } | undefined {
  for (const each of account.locations) {
    if (same(each.ID, id)) return { location: each, bin: null };
    const bin = each.bins.find((row) => same(row.ID, id));
    if (bin) return { location: each, bin };
  }
  return undefined;
}

/** "Main Warehouse: A-01" or a plain location name, as pick lines show them (facts 2.6). */
export function placeByName(account: Account, name: string): { location: Location; bin: Bin | null } | undefined {
  const whole = findLocation(account, name);
  if (whole) return { location: whole, bin: null };
  for (const each of account.locations) {
    const bin = each.bins.find((row) => same(`${each.Name}: ${row.Name}`, name));
    if (bin) return { location: each, bin };
  }
  return undefined;
}

export const locationById = (account: Account, id: string): Location => {
  const found = account.locations.find((each) => each.ID === id);
  if (!found) throw new Error(`no location ${id}`);
  return found;
};

export const placeName = (at: Location, bin: Bin | null): string => (bin ? `${at.Name}: ${bin.Name}` : at.Name);

export const findCustomer = (account: Account, name: string): Customer | undefined =>
  Object.values(account.customers).find((customer) => same(customer.Name, name));

/** SKU → product, rebuilt when products come or change: 30,000 variants are looked up once per order line. */
const indexes = new WeakMap<Record<string, Product>, Map<string, Product>>();
const keyOf = (sku: string) => sku.trim().toLowerCase();

export function productBySku(account: Account, sku: string): Product | undefined {
  let index = indexes.get(account.products);
  if (!index) {
    index = new Map(Object.values(account.products).map((product) => [keyOf(product.SKU), product]));
    indexes.set(account.products, index);
  }
  return index.get(keyOf(sku));
}

export function putProduct(account: Account, product: Product): void {
  account.products[product.ID] = product;
  indexes.delete(account.products);
}

/** A charge names a Service product by its Name (facts 2.4). */
export function serviceProduct(account: Account, name: string): Product | undefined {
  return Object.values(account.products).find((product) => product.Type === "Service" && same(product.Name, name));
}

export const notFoundCharge = (name: string): never => notInBook("Additional charge", name);

export function checkCarrier(ctx: Ctx, carrier: string): void {
  if (!carrier || ctx.switches.unknownCarrier === "accept") return;
  if (!ctx.account.carriers.some((row) => same(row.Description, carrier))) notInBook("Carrier", carrier);
}
