import type { OrderLine } from "../bigcommerce/schemas.ts";
import type { KnownProduct } from "./draft.ts";

/** Units that an order holds until Cin7 allocates them (F101): per SKU, in the lines' sequence, also while it is held. */
export function reservedUnits(
  lines: readonly OrderLine[],
  products: ReadonlyMap<string, KnownProduct>,
): { sku: string; quantity: number }[] {
  const units = new Map<string, number>();
  for (const line of lines) {
    const sku = line.sku.trim();
    const stocked = line.type !== "giftcertificate" && line.type !== "digital" && products.get(sku)?.type.toLowerCase() !== "service";
    if (!sku || !stocked || line.quantity <= 0) continue;
    units.set(sku, (units.get(sku) ?? 0) + line.quantity);
  }
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}
