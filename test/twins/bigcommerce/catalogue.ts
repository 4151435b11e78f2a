import { Hono } from "hono";
import { productView, variantView } from "./catalogue-views.ts";
import { pageOf, v3List, v3Problem } from "./codecs.ts";
import type { ApiEnv } from "./twin.ts";

/** `/v3/catalog` reads (facts 7.1, 7.4). */

const list = (value: string | undefined) => (value === undefined ? null : value.split(",").map((each) => each.trim()));
const numbers = (value: string | undefined) => list(value)?.map(Number) ?? null;
const folded = (text: string) => text.toLowerCase();

const PRODUCT_QUERY = [
  "id",
  "id:in",
  "id:min",
  "id:greater",
  "sku",
  "sku:in",
  "name",
  "name:like",
  "keyword",
  "is_visible",
  "date_modified:min",
  "type",
];
const COMMON = ["page", "limit", "include", "include_fields", "exclude_fields", "sort", "direction"];
/** `options` and `modifiers` cut a page to ten (facts 7.1). */
const SMALL_PAGE = 10;

export function catalogueRoutes(): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();

  routes.get("/catalog/products", (c) => {
    const query = c.req.query();
    const unknown = Object.keys(query).find((name) => !PRODUCT_QUERY.includes(name) && !COMMON.includes(name));
    if (unknown) return v3Problem(c, 422, `The filter: ${unknown} is not a valid filter parameter.`);
    const store = c.get("store");
    const ids = numbers(query["id:in"] ?? query["id"]);
    const skus = list(query["sku:in"] ?? query["sku"])?.map(folded) ?? null;
    const named = query["name"] ?? query["name:like"]?.replaceAll("%", "") ?? query["keyword"];
    const since = query["date_modified:min"] ? Date.parse(query["date_modified:min"]) : null;
    const above = Number(query["id:greater"] ?? Number(query["id:min"] ?? 1) - 1);
    const rows = Object.values(store.products).filter(
      (product) =>
        product.id > above &&
        (!ids || ids.includes(product.id)) &&
        (!skus || skus.includes(folded(product.sku))) &&
        (!named || folded(product.name).includes(folded(named))) &&
        (!query["type"] || product.type === query["type"]) &&
        (since === null || Date.parse(product.date_modified) >= since),
    );
    if (query["sort"] === "id" && query["direction"] === "desc") rows.reverse();
    const include = list(query["include"]) ?? [];
    const page = pageOf(c);
    if (include.includes("options") || include.includes("modifiers")) page.limit = Math.min(page.limit, SMALL_PAGE);
    const fields = list(query["include_fields"]);
    return v3List(c, rows, page, (product) => productView(store, product, include, fields));
  });

  routes.get("/catalog/products/:id{\\d+}", (c) => {
    const store = c.get("store");
    const product = store.products[c.req.param("id")];
    if (!product) return v3Problem(c, 404, "A product was not found with the specified id.");
    return c.json({ data: productView(store, product, list(c.req.query("include")) ?? [], list(c.req.query("include_fields"))), meta: {} });
  });

  routes.get("/catalog/products/:id{\\d+}/variants", (c) => {
    const product = c.get("store").products[c.req.param("id")];
    if (!product) return v3Problem(c, 404, "A product was not found with the specified id.");
    return v3List(
      c,
      product.variants.map((variant) => variantView(product, variant)),
    );
  });

  routes.get("/catalog/variants", (c) => {
    const query = c.req.query();
    const skus = list(query["sku:in"] ?? query["sku"])?.map(folded) ?? null;
    const ids = numbers(query["id:in"] ?? query["id"]);
    const products = numbers(query["product_id:in"] ?? query["product_id"]);
    const wanted = Object.values(c.get("store").products).filter((product) => !products || products.includes(product.id));
    const rows = wanted.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
    const found = rows.filter(({ variant }) => (!skus || skus.includes(folded(variant.sku))) && (!ids || ids.includes(variant.id)));
    return v3List(c, found, pageOf(c), ({ product, variant }) => variantView(product, variant));
  });

  routes.get("/catalog/summary", (c) => {
    const store = c.get("store");
    const products = Object.values(store.products);
    const variants = products.flatMap((product) => product.variants.map((variant) => variantView(product, variant)));
    const prices = variants.map((variant) => Number(variant.calculated_price));
    const data = {
      inventory_count: variants.reduce((all, variant) => all + Number(variant.inventory_level), 0),
      variant_count: variants.length,
      inventory_value:
        Math.round(variants.reduce((all, each) => all + Number(each.inventory_level) * Number(each.calculated_price), 0) * 100) / 100,
      highest_variant_price: Math.max(0, ...prices.slice(0, 50_000)),
      average_variant_price: prices.length === 0 ? 0 : Math.round((prices.reduce((a, b) => a + b, 0) / prices.length) * 10_000) / 10_000,
      lowest_variant_price: prices.length === 0 ? "0" : String(Math.min(...prices.slice(0, 50_000))),
      oldest_variant_date: products[0]?.date_created ?? "",
      newest_variant_date: products.at(-1)?.date_created ?? "",
      primary_category_id: 1,
      primary_category_name: products[0]?.category ?? "",
    };
    return c.json({ data, meta: {} });
  });
  return routes;
}
