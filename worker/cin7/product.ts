import type { Cin7 } from "./client.ts";
import { type List, readList, readPage, rowsOf } from "./pages.ts";
import { type Call, get, mapped, type Read, write } from "./reading.ts";
import { type Bill, billOfMaterials, type Product, type ProductChoice, product, productChoice, productList } from "./schemas/product.ts";

/** Products (cin7-core.md 3.1, 3.5). */

/** The one that is sold under exactly this SKU: the filter matches by prefix or substring. Null: there is none. */
export async function productBySku(cin7: Cin7, sku: string): Promise<Read<Product | null>> {
  const read = await get(cin7, "/product", { Sku: sku, Limit: 100 }, productList);
  return mapped(read, ({ Products }) => Products.find((p) => p.SKU.trim() === sku && p.Status !== "Deprecated") ?? null);
}

const only = (id: string) => ({ ID: id, Page: 1, Limit: 1 });
export async function readProduct(cin7: Cin7, id: string): Promise<Read<Product | null>> {
  const read = await get(cin7, "/product", only(id), productList);
  return mapped(read, ({ Products }) => Products.find((p) => p.ID.toLowerCase() === id) ?? null);
}

/** What a kit is made of. */
export async function readBill(cin7: Cin7, id: string): Promise<Read<Bill | null>> {
  const read = await get(cin7, "/product", { ID: id, IncludeBOM: true, Page: 1, Limit: 1 }, billOfMaterials);
  return mapped(read, ({ Products }) => Products.find((p) => p.ID.toLowerCase() === id) ?? null);
}

const WHOLE: List<Product> = { path: "/product", key: "Products", row: product, whole: true };

/** A page of all products, or of those that changed since (ISO 8601). Deprecated ones too: hidden, they would stay as they were. */
export async function productPage(cin7: Cin7, page: number, since?: string): Promise<Read<{ products: Product[]; isLast: boolean }>> {
  const query = { ...(since === undefined ? {} : { ModifiedSince: since }), IncludeDeprecated: true };
  return mapped(await readPage(cin7, WHOLE, query, page), ({ rows, isLast }) => ({ products: rows, isLast }));
}

const CHOICES: List<ProductChoice> = { path: "/product", key: "Products", row: productChoice };

export const productsByName = (cin7: Cin7, name: string): Promise<Read<ProductChoice[]>> => readList(cin7, CHOICES, { Name: name }, 2);

export async function productById(cin7: Cin7, id: string): Promise<Read<ProductChoice | null>> {
  const read = await readList(cin7, CHOICES, { ID: id, IncludeDeprecated: "true" }, 1);
  return mapped(read, (rows) => rows.find((row) => row.id === id.toLowerCase()) ?? null);
}

export const createProduct = (cin7: Cin7, body: unknown): Call<ProductChoice> =>
  write(cin7, "POST", "/product", { body }, (answer) => rowsOf(answer, CHOICES.key, CHOICES.row)?.rows[0] ?? null);
