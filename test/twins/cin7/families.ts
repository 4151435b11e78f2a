/** /productFamily and /product/attachments (facts 3.2, 3.3): families group products that exist. */
import { refuse, required } from "./errors.ts";
import { guid, needText, number, rows, same, text } from "./fields.ts";
import { contains, needQueryGuid, paged, queryGuid, queryTime, single } from "./lists.ts";
import { big, round } from "./money.ts";
import { productDefaults } from "./product-fields.ts";
import { nowIso } from "./sales.ts";
import type { Ctx, Family, Json } from "./types.ts";

const TEXTS =
  "Brand ShortDescription Description AttributeSet DiscountRule Tags COGSAccount RevenueAccount InventoryAccount PurchaseTaxRule SaleTaxRule DropShipMode HSCode CountryOfOrigin CountryOfOriginCode Option2Name Option3Name".split(
    " ",
  );
const NUMBERS = ["MinimumBeforeReorder", "ReorderQuantity", ...Array.from({ length: 10 }, (_, index) => `PriceTier${index + 1}`)];
const NEEDED = ["SKU", "Name", "Category", "CostingMethod", "DefaultLocation", "UOM", "Option1Name"] as const;

function showFamily(ctx: Ctx, family: Family): Json {
  // Computed comma lists: a comma inside a value cannot be told apart (facts 3.2).
  const values = (n: number) => [...new Set(family.Products.map((row) => String(row[`Option${n}`] ?? "")).filter(Boolean))].join(",");
  const Products = family.Products.map((row) => {
    const product = ctx.account.products[String(row["ID"])];
    return {
      ID: row["ID"],
      SKU: product?.SKU ?? "",
      Name: product?.Name ?? "",
      Option1: row["Option1"],
      Option2: row["Option2"] ?? "",
      Option3: row["Option3"] ?? "",
    };
  });
  return { ...family, Products, Option1Values: values(1), Option2Values: values(2), Option3Values: values(3), Attachments: [] };
}

export function getFamilies(ctx: Ctx): Json {
  const id = queryGuid(ctx, "ID");
  const since = queryTime(ctx, "ModifiedSince");
  const found = Object.values(ctx.account.families).filter(
    (row) =>
      (!id || row.ID === id) &&
      contains(row.Name, ctx.query("Name")) &&
      contains(row.SKU, ctx.query("Sku")) &&
      (since === undefined || Date.parse(row.LastModifiedOn) >= since),
  );
  return paged(ctx, "ProductFamilies", found, (row) => showFamily(ctx, row));
}

/** Members are added or changed, never removed (L6631). */
function members(ctx: Ctx, before: readonly Json[]): Json[] {
  const result = before.map((row) => ({ ...row }));
  for (const row of rows(ctx.body, "Products") ?? []) {
    const ID = guid(row, "ID") ?? required("ID");
    if (!ctx.account.products[ID]) refuse(`Product '${ID}' was not found in reference book`);
    const fresh = { ID, Option1: needText(row, "Option1"), Option2: text(row, "Option2") ?? "", Option3: text(row, "Option3") ?? "" };
    const old = result.find((each) => each["ID"] === ID);
    if (old) Object.assign(old, fresh);
    else result.push(fresh);
  }
  return result;
}

function write(ctx: Ctx, before: Family | undefined): Json {
  const { body, account } = ctx;
  const defaults = productDefaults();
  const needed = Object.fromEntries(NEEDED.map((name) => [name, text(body, name) || before?.[name] || required(name)]));
  const Name = String(needed["Name"]);
  if (Object.values(account.families).some((each) => each !== before && same(each.Name, Name)))
    refuse("Product family with specified 'Name' already exists");
  const family: Family = {
    ...Object.fromEntries(TEXTS.map((name) => [name, text(body, name, 4000) ?? before?.[name] ?? defaults[name] ?? ""])),
    ...Object.fromEntries(NUMBERS.map((name) => [name, round(big(number(body, name) ?? Number(before?.[name] ?? 0)))])),
    ...needed,
    ID: before?.ID ?? ctx.world.random.guid(),
    SKU: String(needed["SKU"]),
    Name,
    Products: members(ctx, before?.Products ?? []),
    LastModifiedOn: nowIso(ctx),
  };
  account.families[family.ID] = family;
  return single("ProductFamilies", showFamily(ctx, family));
}

export const postFamily = (ctx: Ctx): Json => write(ctx, undefined);
export const putFamily = (ctx: Ctx): Json =>
  write(ctx, ctx.account.families[guid(ctx.body, "ID") ?? required("ID")] ?? refuse("Product family with specified ID not found"));

/** Bare arrays, IsDefault as text (facts 3.3). */
const list = (ctx: Ctx, productId: string): Json[] =>
  (ctx.account.attachments[productId] ?? []).map((row) => ({ ...row, IsDefault: String(row["IsDefault"]) }));
export const getAttachments = (ctx: Ctx): Json[] => list(ctx, needQueryGuid(ctx, "ProductID"));

export function postAttachment(ctx: Ctx): Json[] {
  const productId = guid(ctx.body, "ProductID") ?? required("ProductID");
  if (!ctx.account.products[productId]) refuse("Product with specified ID not found");
  if (!ctx.body["FileDownloadUrl"] && !ctx.body["Content"]) required("Content");
  const ID = ctx.world.random.guid();
  const FileName = needText(ctx.body, "FileName");
  const ContentType = /\.png$/i.test(FileName) ? "image/png" : "image/jpeg";
  const DownloadUrl = `https://inventory.dearsystems.com/Attachment/Download?ID=${ID}&ContentType=${ContentType}&FileName=${encodeURIComponent(FileName)}&isPublic=True`;
  ctx.account.attachments[productId] ??= [];
  ctx.account.attachments[productId].push({
    ID,
    ContentType,
    IsDefault: ctx.body["IsDefault"] === true || ctx.body["IsDefault"] === "true",
    FileName,
    DownloadUrl,
  });
  return list(ctx, productId);
}

export function deleteAttachment(ctx: Ctx): Json[] {
  const id = needQueryGuid(ctx, "ID");
  const owner = Object.entries(ctx.account.attachments).find(([, some]) => some.some((row) => row["ID"] === id));
  if (!owner) return refuse("Attachment with specified ID not found");
  ctx.account.attachments[owner[0]] = owner[1].filter((row) => row["ID"] !== id);
  return list(ctx, owner[0]);
}
