import { findByMark, isVoid, searchSales } from "../../cin7/sale.ts";
import type { SaleRow } from "../../cin7/schemas/sale.ts";
import type { Looked } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { haltOf } from "../../inbox/vendor-answer.ts";
import { isDaySale } from "../../lib/day-sale.ts";
import { reached } from "../../sales/documents-store.ts";
import { laterGeneration } from "../../sales/generations-store.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { isOurs, markOf } from "../marks.ts";
import { numberIn } from "../order-number.ts";
import type { OrderRow } from "../store.ts";
import { isServiceSale, type SaleIds } from "./service-sale.ts";

/** The sale of this draft by its mark; `suspects`: also what somebody else may have made of the order (design 3.3, 3.5). */
export async function lookForSale(c: LinkedContext, row: OrderRow, draft: SaleDraft, suspects: boolean): Promise<Looked<SaleIds>> {
  const found = await findByMark(c.cin7, draft.mark);
  if (found.is !== "read") return haltOf(found, c);
  const ours = found.value;
  const own = ours.find((each) => !isVoid(each));
  if (own)
    return {
      is: "found",
      value: { saleId: own.SaleID.toLowerCase(), saleNumber: own.OrderNumber, service: isServiceSale(own.Type, draft) },
    };
  // The same number, however it is written: another connection may have brought it, after the order was placed.
  const createdSince = new Date(Date.parse(row.placedAt) - DAY_MS).toISOString();
  const byReference = suspects ? await searchSales(c.cin7, isDaySale(draft.orderId) ? draft.reference : draft.orderId, createdSince) : null;
  if (byReference && byReference.is !== "read") return haltOf(byReference, c);
  const later = byReference && laterSale(c, row, byReference.value);
  if (later) {
    // Created again later on, which an old database has forgotten: that sale is the one.
    await laterGeneration(c.db, c.tenant, row, later, new Date(c.now()).toISOString());
    return { is: "wait", at: c.now(), why: "Its sale was created again before; it is found by that one." };
  }
  if (ours[0]) {
    // Known from now on, so that *Process* can see that it is void and create the sale again.
    const ids = { cin7Id: ours[0].SaleID.toLowerCase(), number: ours[0].OrderNumber };
    await reached(c, row, [{ kind: "sale", state: "void", ...ids }]);
    return { is: "problem", problem: { kind: "sale-voided", orderId: draft.orderId, saleNumber: ours[0].OrderNumber } };
  }
  if (!byReference) return { is: "absent" };

  // Without an ID of ours: nothing is created.
  const { referencePrefix } = c.settings.document.sale;
  const suspect = byReference.value.find(
    ({ CustomerReference, ExternalID, Status }) =>
      (CustomerReference === draft.reference || numberIn(CustomerReference, referencePrefix) === draft.orderId) &&
      !isOurs(ExternalID) &&
      Status !== "VOIDED",
  );
  if (!suspect) return { is: "absent" };
  return { is: "problem", problem: { kind: "maybe-imported-elsewhere", orderId: draft.orderId, saleNumber: suspect.OrderNumber } };
}

const DAY_MS = 86_400_000;

/** The last generation of the order's sale that is not void, if it is later than the row's. */
function laterSale(c: LinkedContext, row: OrderRow, rows: readonly SaleRow[]): number | null {
  const generations = rows
    .filter((each) => !isVoid(each))
    .map((each) => markOf(each.ExternalID))
    .filter((mark) => mark?.store === c.tenant.store && mark.orderId === row.orderId)
    .map((mark) => mark?.generation ?? 0);
  const last = Math.max(0, ...generations);
  return last > row.generation ? last : null;
}
