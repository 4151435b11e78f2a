import type { Sale } from "../../cin7/schemas/sale.ts";

const BEGUN = /^(?!$|NOT |VOIDED)/;
const begun = (status: string): boolean => BEGUN.test(status.trim().toUpperCase());

/** A document that is in the books: neither none, nor a draft, nor void. */
export const isInBooks = (status: string): boolean => !/^(|NOT AVAILABLE|DRAFT|VOIDED)$/.test(status.trim().toUpperCase());

/** How far its goods are. */
export type Goods = "shipped" | "packed" | "picked";
const GOODS: Record<Goods, string> = {
  shipped: "its goods are shipped, or on their way out",
  packed: "its goods are packed",
  picked: "its goods are picked",
};

/**
 * M28: what of its goods keeps a cancelled order's sale from being voided; null: nothing does. Nothing is picked, or only by our own
 * automatic mode (`fulfil`, as it was sent) and not packed.
 */
export function keepsSale(
  now: Pick<Sale, "CombinedPickingStatus" | "CombinedPackingStatus" | "CombinedShippingStatus">,
  fulfil: string | null | undefined,
): Goods | null {
  if (begun(now.CombinedShippingStatus)) return "shipped";
  if (begun(now.CombinedPackingStatus)) return "packed";
  const byUs = fulfil != null && fulfil !== "none";
  return begun(now.CombinedPickingStatus) && !byUs ? "picked" : null;
}

/** The same in words, of a sale that was never done: then nobody but others can have invoiced it. */
export function keepsBegun(now: Sale, fulfil: string | null | undefined): string {
  const goods = keepsSale(now, fulfil);
  const invoice = now.Invoices.some(({ Status }) => isInBooks(Status));
  return goods && (goods !== "picked" || !invoice) ? GOODS[goods] : invoice ? "its invoice is authorised" : "";
}
