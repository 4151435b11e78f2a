import { assembledFor } from "../../assembly/assembly-store.ts";
import { isVoid, readSale } from "../../cin7/sale.ts";
import { quietMsOf } from "../../env.ts";
import { resolveOnce, writing } from "../../inbox/claim.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { blocked, later, type Outcome, skipped } from "../../inbox/outcome.ts";
import { haltOf, refusedAs, stop } from "../../inbox/vendor-answer.ts";
import { iso } from "../../lib/days.ts";
import { reached } from "../../sales/documents-store.ts";
import { holdReasons } from "../hold-words.ts";
import type { SaleDraft } from "../mapping/sale-draft.ts";
import { orderStep, saleStep, voidStep } from "../marks.ts";
import { lookForSale } from "../sending/find-sale-step.ts";
import { type SaleIds, saleIds } from "../sending/service-sale.ts";
import { move, type OrderRow } from "../store.ts";
import { voidOnce } from "../void-sale-step.ts";
import { keepsBegun } from "./may-void.ts";

/**
 * The order was cancelled in BigCommerce after its sale was begun and before it was done (M28): nothing further is written.
 * What was begun is looked for first; the sale is voided, once, where nothing of it has left its drafts, else a person is
 * told exactly what is in Cin7. Null: surely nothing is there, so the order is simply not taken.
 */
export async function stopCancelled(c: LinkedContext, row: OrderRow, draft: SaleDraft): Promise<Outcome | null> {
  const refused = refusedAs(row.orderId, "void");
  const found = await resolveOnce<SaleIds>(writing(c), {
    step: saleStep(row.orderId, row.generation),
    mark: draft.mark,
    kept: saleIds,
    look: () => lookForSale(c, row, draft, false),
  });
  if (found.is === "absent") return null;
  if (found.is === "problem" && found.problem.kind === "sale-voided") return over(c, row, found.problem.saleNumber);
  if (found.is !== "written") return stop(found, c, refused);
  const number = row.saleNumber ? {} : { number: found.value.saleNumber };
  await reached(c, row, [{ kind: "sale", state: "open", cin7Id: found.value.saleId, ...number }]);

  // An order document that is perhaps on its way could still ship the goods behind our look.
  const open = c.claims.of(orderStep(row.orderId, row.generation));
  const quiet = open && open.answer == null ? open.startedAt + quietMsOf(c.config) : 0;
  if (c.now() < quiet) return later(quiet, "It was cancelled; we wait until the last try has surely arrived or not.");
  const read = await readSale(c.cin7, found.value.saleId);
  if (read.is !== "read") return stop(haltOf(read, c), c, refused);
  const now = read.value;
  const saleNumber = now.Order?.SaleOrderNumber || (row.saleNumber ?? "");
  if (isVoid(now)) return over(c, row, saleNumber);
  const why = keepsBegun(now, draft.order?.fulfil);
  if (why) {
    const assembled = await assembledFor(c.db, c.tenant, row.orderId);
    const problem = { kind: "cancel-waits" as const, orderId: row.orderId, saleNumber, why, ...(assembled ? { assembled } : {}) };
    await move(c.db, c.tenant, row.orderId, { state: "held", note: holdReasons([problem]) }, iso(c.now()));
    return blocked([problem]);
  }
  const voided = await voidOnce(c, voidStep(row.orderId, row.generation), found.value.saleId);
  return voided.is === "written" ? over(c, row, saleNumber) : stop(voided, c, refused);
}

async function over(c: LinkedContext, row: OrderRow, saleNumber: string): Promise<Outcome> {
  const assembled = await assembledFor(c.db, c.tenant, row.orderId);
  const stays = assembled ? ` What was assembled for it stays in stock: ${assembled}.` : "";
  const text = `It was cancelled in BigCommerce; ${saleNumber || "its sale"} in Cin7 Core is voided.${stays}`;
  await reached(c, row, [{ kind: "sale", state: "void" }], { state: "not-taken", note: text, reserved: [] });
  return skipped("cancelled", text);
}
