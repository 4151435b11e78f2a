import type { Product } from "../cin7/schemas/product.ts";

/** How a product comes to be: as finished goods from a bill of materials of type Assembly, or not by us (cin7-core.md 3.5). */
export function assemblyOf(product: Pick<Product, "BillOfMaterial" | "AutoAssembly" | "BOMType">): "" | "asked" | "auto" {
  const made = product.BillOfMaterial === true && /^(|assembly)$/i.test(product.BOMType.trim());
  return made ? (product.AutoAssembly === true ? "auto" : "asked") : "";
}
