import type { Product, Store, Variant } from "./state.ts";

/** Products and variants in the API's shapes (facts 7.2, 7.4). */

export function variantView(product: Product, variant: Variant) {
  return {
    id: variant.id,
    product_id: product.id,
    sku: variant.sku,
    sku_id: variant.sku_id,
    price: variant.price,
    calculated_price: variant.price ?? product.price,
    sale_price: null,
    retail_price: null,
    map_price: 0,
    weight: variant.weight,
    calculated_weight: variant.weight ?? product.weight,
    width: null,
    height: null,
    depth: null,
    is_free_shipping: false,
    fixed_cost_shipping_price: null,
    purchasing_disabled: false,
    purchasing_disabled_message: "",
    image_url: "",
    cost_price: product.cost_price,
    upc: "",
    mpn: "",
    gtin: "",
    inventory_level: variant.inventory_level,
    inventory_warning_level: 0,
    bin_picking_number: "",
    option_values: variant.option_values,
  };
}

function options(product: Product) {
  const known = new Map<number, { id: number; product_id: number; display_name: string; values: Map<number, string> }>();
  for (const value of product.variants.flatMap((variant) => variant.option_values)) {
    const option = known.get(value.option_id) ?? {
      id: value.option_id,
      product_id: product.id,
      display_name: value.option_display_name,
      values: new Map(),
    };
    option.values.set(value.id, value.label);
    known.set(value.option_id, option);
  }
  return [...known.values()].map(({ values, ...option }, sort_order) => ({
    ...option,
    type: "rectangles",
    sort_order,
    config: {},
    option_values: [...values].map(([id, label], index) => ({ id, label, sort_order: index, value_data: null, is_default: false })),
  }));
}

/** Names to ids, once per catalogue: the list of 10,000 products is asked page by page. */
const known = new WeakMap<Store["products"], { brand: Map<string, number>; category: Map<string, number> }>();

function idsOf({ products }: Store) {
  const cached = known.get(products);
  if (cached) return cached;
  const map = (key: "brand" | "category") => {
    const names = [...new Set(Object.values(products).map((product) => product[key]))];
    return new Map(names.map((name, index) => [name, index + 20]));
  };
  const fresh = { brand: map("brand"), category: map("category") };
  known.set(products, fresh);
  return fresh;
}

export function productView(
  store: Store,
  product: Product,
  include: readonly string[],
  fields: readonly string[] | null,
): Record<string, unknown> {
  const full: Record<string, unknown> = {
    id: product.id,
    name: product.name,
    type: product.type,
    sku: product.sku,
    description: "",
    weight: product.weight,
    width: 0,
    depth: 0,
    height: 0,
    price: product.price,
    cost_price: product.cost_price,
    retail_price: 0,
    sale_price: 0,
    map_price: 0,
    tax_class_id: product.tax_class_id,
    product_tax_code: "",
    calculated_price: product.price,
    categories: [idsOf(store).category.get(product.category) ?? 20],
    brand_id: idsOf(store).brand.get(product.brand) ?? 0,
    option_set_id: null,
    option_set_display: "right",
    inventory_level: product.variants.reduce((all, variant) => all + variant.inventory_level, 0),
    inventory_warning_level: 0,
    inventory_tracking: product.inventory_tracking,
    reviews_rating_sum: 0,
    reviews_count: 0,
    total_sold: 0,
    fixed_cost_shipping_price: 0,
    is_free_shipping: false,
    is_visible: true,
    is_featured: false,
    related_products: [-1],
    warranty: "",
    bin_picking_number: "",
    layout_file: "product.html",
    upc: "",
    mpn: "",
    gtin: "",
    date_last_imported: "",
    search_keywords: "",
    availability: "available",
    availability_description: "",
    gift_wrapping_options_type: "any",
    gift_wrapping_options_list: [],
    sort_order: 0,
    condition: "New",
    is_condition_shown: false,
    order_quantity_minimum: 0,
    order_quantity_maximum: 0,
    page_title: "",
    meta_keywords: [],
    meta_description: "",
    date_created: product.date_created,
    date_modified: product.date_modified,
    view_count: 0,
    preorder_release_date: null,
    preorder_message: "",
    is_preorder_only: false,
    is_price_hidden: false,
    price_hidden_label: "",
    custom_url: { url: `/${product.sku.toLowerCase()}/`, is_customized: false },
    base_variant_id: product.variants.length === 1 && product.variants[0]?.option_values.length === 0 ? product.variants[0].id : null,
    open_graph_type: "product",
    open_graph_title: "",
    open_graph_description: "",
    open_graph_use_meta_description: true,
    open_graph_use_product_name: true,
    open_graph_use_image: true,
  };
  const view = fields ? Object.fromEntries(Object.entries(full).filter(([name]) => name === "id" || fields.includes(name))) : full;
  if (include.includes("variants")) view["variants"] = product.variants.map((variant) => variantView(product, variant));
  if (include.includes("options")) view["options"] = options(product);
  if (include.includes("modifiers")) view["modifiers"] = [];
  if (include.includes("images")) view["images"] = [];
  if (include.includes("custom_fields")) view["custom_fields"] = [];
  return view;
}
