import type { OrderLine } from "../../bigcommerce/schemas.ts";
import type { UnknownSku } from "../../contract/index.ts";
import { bundleRoles } from "./bundles.ts";
import type { KnownProduct } from "./sale-draft.ts";

/** Roles of bundle lines that go to Cin7 without stock: another line of the bundle takes it (M26). */
const WITHOUT_STOCK: ReadonlySet<string | undefined> = new Set(["parent", "in-parent", "priced-part"]);

/**
 * Units that an order holds until Cin7 allocates them (F101): per SKU, in the lines' sequence, also while it is held. Only
 * what goes as stock: no service, no certificate, no download; a bundle once; a SKU that Cin7 does not know only where such
 * an order is held, else it goes as a line without stock (decision 1.8).
 */
export function reservedUnits(
  lines: readonly OrderLine[],
  products: ReadonlyMap<string, KnownProduct>,
  unknownSku: UnknownSku,
): { sku: string; quantity: number }[] {
  const units = new Map<string, number>();
  const roles = bundleRoles(lines, products);
  for (const line of lines) {
    const sku = line.sku.trim();
    if (!sku || line.quantity <= 0 || line.type === "giftcertificate" || line.type === "digital") continue;
    if (WITHOUT_STOCK.has(roles.get(line.id)) || !isStock(products.get(sku), unknownSku)) continue;
    units.set(sku, (units.get(sku) ?? 0) + line.quantity);
  }
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}

const isStock = (product: KnownProduct | undefined, unknownSku: UnknownSku): boolean =>
  product ? product.type.toLowerCase() !== "service" : unknownSku === "hold";
