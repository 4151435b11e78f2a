import { saleList, type saleRow } from "../../cin7/schemas.ts";
import type { Looked } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { haltOf } from "../../inbox/halt.ts";
import { isDaySale } from "../../lib/day-sale.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { markOf } from "../marks.ts";
import { numberIn } from "../order-number.ts";
import { laterGeneration, type OrderRow, reached } from "../store.ts";
import { isServiceSale, type SaleIds } from "./service-sale.ts";

/** Rows count only when the whole ExternalID is equal; all pages are read (design 3.3). */
export async function lookForSale(c: LinkedContext, row: OrderRow, draft: SaleDraft, suspects: boolean): Promise<Looked<SaleIds>> {
  const found = await allRows(c, { ExternalID: draft.mark });
  if (found.is !== "rows") return found;
  const ours = found.rows.filter((row) => row.ExternalID === draft.mark);
  const living = ours.filter((row) => row.Status !== "VOIDED");
  const [own] = living;
  if (own)
    return {
      is: "found",
      value: { saleId: own.SaleID.toLowerCase(), saleNumber: own.OrderNumber, service: isServiceSale(own.Type, draft) },
    };
  // The same number, however it is written: another connection may have brought it, after the order was placed.
  const createdSince = new Date(Date.parse(row.placedAt) - DAY_MS).toISOString();
  const byReference = suspects
    ? await allRows(c, { Search: isDaySale(draft.orderId) ? draft.reference : draft.orderId, CreatedSince: createdSince })
    : null;
  if (byReference && byReference.is !== "rows") return byReference;
  const later = byReference && laterSale(c, row, byReference.rows);
  if (later) {
    // Created again later on, which an old database has forgotten: that sale is the one.
    await laterGeneration(c.db, c.tenant, row, later, new Date(c.now()).toISOString());
    return { is: "wait", at: c.now(), why: "Its sale was created again before; it is found by that one." };
  }
  if (ours[0]) {
    // Known from now on, so that *Process* can see that it is void and create the sale again.
    const ids = { saleId: ours[0].SaleID.toLowerCase(), saleNumber: ours[0].OrderNumber };
    await reached(c.db, c.tenant, row, ["voided"], ids, new Date(c.now()).toISOString());
    return { is: "problem", problem: { kind: "sale-voided", orderId: draft.orderId, saleNumber: ours[0].OrderNumber } };
  }
  if (!byReference) return { is: "absent" };

  // Without an ID of ours: nothing is created.
  const { referencePrefix } = c.settings.document.sale;
  const suspect = byReference.rows.find(
    ({ CustomerReference, ExternalID, Status }) =>
      (CustomerReference === draft.reference || numberIn(CustomerReference, referencePrefix) === draft.orderId) &&
      !ExternalID.startsWith("ls:") &&
      Status !== "VOIDED",
  );
  if (!suspect) return { is: "absent" };
  return { is: "problem", problem: { kind: "maybe-imported-elsewhere", orderId: draft.orderId, saleNumber: suspect.OrderNumber } };
}

/** The last generation of the order's sale that is not void, if it is later than the row's. */
function laterSale(c: LinkedContext, row: OrderRow, rows: readonly Row[]): number | null {
  const generations = rows
    .filter((each) => each.Status !== "VOIDED")
    .map((each) => markOf(each.ExternalID))
    .filter((mark) => mark?.store === c.tenant.store && mark.orderId === row.orderId)
    .map((mark) => mark?.generation ?? 0);
  const last = Math.max(0, ...generations);
  return last > row.generation ? last : null;
}

type Row = import("zod").output<typeof saleRow>;
type Rows = { is: "rows"; rows: Row[] } | Extract<Looked<never>, { is: "wait" | "trouble" | "denied" | "refused" | "problem" }>;
const PAGE = 1000;
const DAY_MS = 86_400_000;

async function allRows(c: LinkedContext, query: Record<string, string | number>): Promise<Rows> {
  const rows: Row[] = [];
  for (let page = 1; page <= 20; page++) {
    const answer = await c.cin7.get("/saleList", { ...query, Page: page, Limit: PAGE });
    const halt = haltOf(answer, c);
    if (halt) return halt;
    const list = saleList.safeParse(answer.is === "ok" ? answer.body : null);
    if (!list.success) return { is: "trouble", why: "Cin7 Core's answer could not be understood." };
    rows.push(...list.data.SaleList);
    if (list.data.SaleList.length < PAGE) break;
  }
  return { is: "rows", rows };
}
