/** /product and /ref/productavailability (facts 3.1, 3.5, 3.6). */
import { ledgerAccount, productBySku, putProduct, saleTaxRule } from "./books.ts";
import { notInBook, refuse, required } from "./errors.ts";
import { flag, guid, needNumber, number, object, oneOf, rows, same, text } from "./fields.ts";
import { emit } from "./hooks.ts";
import { contains, paged, queryFlag, queryGuid, queryTime, single, startsWith } from "./lists.ts";
import { big, round } from "./money.ts";
import { FLAGS, NUMBERS, productDefaults, TEXTS } from "./product-fields.ts";
import { nowIso } from "./sales.ts";
import type { Account, Component, Ctx, Json, Product } from "./types.ts";

const TIERS = Array.from({ length: 10 }, (_, index) => `PriceTier${index + 1}`);

function showProduct(ctx: Ctx, product: Product): Json {
  // Sub-arrays come back empty unless asked for (facts 3.1).
  const asked = (name: string) => queryFlag(ctx, name) ?? false;
  const bom = ctx.body["SKU"] !== undefined || asked("IncludeBOM");
  const tiers = Object.fromEntries(ctx.account.priceTiers.map((name, index) => [name, product[`PriceTier${index + 1}`] ?? 0]));
  return {
    ...product,
    PriceTiers: tiers,
    BillOfMaterialsProducts: bom
      ? product.BillOfMaterialsProducts.map((each) => ({ ...each, WastagePercent: 0, WastageQuantity: 0, CostPercentage: 0 }))
      : [],
    BillOfMaterialsServices: [],
    BOMType: product.BillOfMaterial ? "Assembly" : "None",
    Suppliers: [],
    ReorderLevels: [],
    Movements: [],
    Attachments: asked("IncludeAttachments") ? (ctx.account.attachments[product.ID] ?? []) : [],
    CustomPrices: [],
  };
}

export function getProducts(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const since = queryTime(ctx, "ModifiedSince");
  const all = queryFlag(ctx, "IncludeDeprecated") ?? false;
  const match = ctx.switches.skuMatch === "prefix" ? startsWith : contains;
  const [sku, name] = [ctx.query("Sku"), ctx.query("Name")];
  const found = Object.values(ctx.account.products).filter(
    (row) =>
      (!id || row.ID === id) &&
      match(row.SKU, sku) &&
      match(row.Name, name) &&
      (since === undefined || Date.parse(row.LastModifiedOn) >= since) &&
      (all || row.Status !== "Deprecated"),
  );
  return paged(ctx, "Products", found, (row) => showProduct(ctx, row));
}

/** Referenced books must exist; nothing is made on the fly (facts 3.1). */
function checkBooks(ctx: Ctx, product: Product): void {
  const { account } = ctx;
  const has = (list: readonly { Name: string }[], name: unknown) => list.some((row) => same(row.Name, String(name)));
  if (!has(account.categories, product.Category)) refuse("Category not found.", 400, 404);
  if (!has(account.units, product["UOM"])) refuse(`Unit of measure with name '${product["UOM"]}' was not found in reference book`);
  if (product["Brand"] && !has(account.brands, product["Brand"])) refuse(`Brand '${product["Brand"]}' was not found in reference book`);
  for (const name of ["RevenueAccount", "COGSAccount", "InventoryAccount", "ExpenseAccount"])
    if (product[name]) ledgerAccount(account, String(product[name]));
  if (product.SaleTaxRule) saleTaxRule(account, product.SaleTaxRule);
  const place = product["DefaultLocation"];
  if (place && !has(account.locations, place)) notInBook("Location", String(place));
}

function readComponents(account: Account, body: Json): Component[] | undefined {
  return rows(body, "BillOfMaterialsProducts")?.map((row) => {
    const id = guid(row, "ComponentProductID");
    const part = id ? account.products[id] : productBySku(account, text(row, "ProductCode") ?? "");
    if (!part) return refuse(`Product '${id ?? text(row, "ProductCode")}' was not found in reference book`);
    return { ComponentProductID: part.ID, ProductCode: part.SKU, Name: part.Name, Quantity: needNumber(row, "Quantity") };
  });
}

function readPrices(ctx: Ctx, before: Product | undefined): Json {
  const { body } = ctx;
  const named = object(body, "PriceTiers");
  const prices: Json = {};
  TIERS.forEach((tier, index) => {
    const own = ctx.account.priceTiers[index] ?? "";
    const value = number(body, tier) ?? (named && Object.hasOwn(named, own) ? number(named, own) : undefined);
    prices[tier] = value === undefined ? (before?.[tier] ?? 0) : round(big(value));
  });
  const given = named || TIERS.some((tier) => body[tier] !== undefined);
  if (!before && !given) refuse("PriceTiers value cannot be empty");
  return prices;
}

function read(ctx: Ctx, before: Product | undefined): Product {
  const { body, account } = ctx;
  const need = (name: string, max: number): string => text(body, name, max) || String(before?.[name] ?? "") || required(name);
  const SKU = need("SKU", 50);
  const other = productBySku(account, SKU);
  if (other && other !== before) refuse("Specified attribute 'SKU' already exists");
  const base = before ?? productDefaults();
  const own = <T>(names: readonly string[], take: (name: string) => T | undefined) =>
    Object.fromEntries(names.map((name) => [name, take(name) ?? base[name]]));
  const product = {
    ...base,
    ...own(Object.keys(TEXTS), (name) => text(body, name, TEXTS[name])),
    ...own(NUMBERS, (name) => number(body, name)),
    ...own(FLAGS, (name) => flag(body, name)),
    ...readPrices(ctx, before),
    ID: before?.ID ?? ctx.world.random.guid(),
    SKU,
    Name: need("Name", 256),
    Category: need("Category", 256),
    // Fixed after creation.
    Type: before?.Type ?? oneOf(text(body, "Type") || "Stock", "Type", ["Stock", "Service"]),
    CostingMethod: need("CostingMethod", 50),
    UOM: need("UOM", 50),
    Status: oneOf(need("Status", 50), "Status", ["Active", "Setup required", "Deprecated"]),
    BillOfMaterialsProducts: readComponents(account, body) ?? before?.BillOfMaterialsProducts ?? [],
    LastModifiedOn: nowIso(ctx),
  } as Product;
  checkBooks(ctx, product);
  if (product.BillOfMaterial && !product.BillOfMaterialsProducts.length && !before)
    refuse("Required attribute BillOfMaterialsProducts is not provided.");
  return product;
}

/** Not in the event's example (L28521). */
const UNSENT = /^(Carton|BillOfMaterials|Suppliers|ReorderLevels|Movements|Attachments|CustomPrices)/;

function store(ctx: Ctx, product: Product, event: string): Json {
  putProduct(ctx.account, product);
  emit(ctx, "Product/Updated", () => {
    const shown = Object.fromEntries(Object.entries(showProduct(ctx, product)).filter(([name]) => !UNSENT.test(name)));
    const only = { AlwaysShowQuantity: 0, WarrantyName: null, CreatedDate: product.LastModifiedOn.replace("Z", "") };
    return { NumberOfProducts: 1, ProductDetailsList: [{ Event: event, ...shown, ...only }], EventType: "Product/Updated" };
  });
  return single("Products", showProduct(ctx, product));
}

export const postProduct = (ctx: Ctx): Json => store(ctx, read(ctx, undefined), "Creation");

/** Left-out scalars stay, given lists are replaced (facts 3.1). */
export function putProductDocument(ctx: Ctx): Json {
  const id = guid(ctx.body, "ID") ?? required("ID");
  return store(ctx, read(ctx, ctx.account.products[id] ?? refuse("Product with specified ID not found")), "Update");
}
