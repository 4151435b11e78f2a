import type { Sale } from "../../cin7/schemas/sale.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";

const BEGUN = /^(?!$|NOT )/;
const begun = (status: string): boolean => BEGUN.test(status.trim().toUpperCase());

/**
 * M28: what keeps a cancelled order's sale from being voided, in words; "": nothing does. It may be voided while its order is
 * at most authorised, nothing is picked, or only by our own automatic mode and not packed, and its invoice is none or a draft.
 */
export function keepsSale(now: Sale, draft: Pick<SaleDraft, "order">): string {
  const invoice = now.Invoices.some((each) => !/^(|NOT AVAILABLE|DRAFT|VOIDED)$/.test(each.Status.toUpperCase()));
  if (begun(now.CombinedShippingStatus)) return "its goods are shipped, or on their way out";
  if (begun(now.CombinedPackingStatus)) return "its goods are packed";
  if (invoice) return "its invoice is authorised";
  const byUs = draft.order !== undefined && draft.order.fulfil !== "none" && draft.order.fulfil !== undefined;
  return begun(now.CombinedPickingStatus) && !byUs ? "its goods are picked" : "";
}
