import type { OrderLine } from "../../bigcommerce/schemas.ts";
import { decimal } from "../../lib/money.ts";
import type { KnownProduct } from "./sale-draft.ts";

/**
 * Roles of a bundle's lines (M26). Stock is taken once: by the parent where Cin7 has it as kit or BOM (`in-parent`: a child
 * without a line of its own; `priced-part`: one with a price, which becomes a line without stock), else by the children
 * (`child`), while the `parent` carries its price without stock. Lines outside of bundles, and an assembled parent, have none.
 */
export type BundleRole = "parent" | "in-parent" | "priced-part" | "child";

/** By line ID; lines of quantity 0 were removed and stand for nothing. */
export function bundleRoles(lines: readonly OrderLine[], products: ReadonlyMap<string, KnownProduct>): Map<number, BundleRole> {
  const roles = new Map<number, BundleRole>();
  const alive = lines.filter((line) => line.quantity > 0);
  for (const child of alive) {
    const parent = alive.find((line) => line.id === child.parent_order_product_id);
    if (!parent) continue;
    const assembled = products.get(parent.sku.trim())?.bom === true;
    const priced = decimal(child.total_inc_tax)?.gt(0) ?? false;
    roles.set(child.id, assembled ? (priced ? "priced-part" : "in-parent") : "child");
    if (!assembled) roles.set(parent.id, "parent");
  }
  return roles;
}
