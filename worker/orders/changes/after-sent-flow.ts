import { assembledFor } from "../../assembly/assembly-store.ts";
import { isOver } from "../../bigcommerce/order-status.ts";
import { speaksOfRefund } from "../../bigcommerce/refunds.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome } from "../../inbox/outcome.ts";
import type { Work } from "../../inbox/work.ts";
import { decimal, inCurrency, ZERO } from "../../lib/money.ts";
import type { Problem, ProblemKey } from "../../problems/define-problem.ts";
import { factsAt, problemsWith } from "../../problems/store.ts";
import type { SoldKept } from "../../sales/kept.ts";
import { saleLinesIn } from "../../sales/lines-store.ts";
import { includedOf } from "../reading/read-order-flow.ts";
import { isWanted } from "../sending/memory.ts";
import { readStages } from "../state.ts";
import type { OrderRow } from "../store.ts";
import { type Change, changesOf, factsLeft, factsNow, factsSent } from "./changes-of.ts";

/** The sale exists. A payment may have come; a cancel, a new total and each refund must be told (they are never silent). */
export async function afterSent(c: LinkedContext, row: OrderRow, order: Order, kept: SoldKept | null): Promise<Outcome> {
  const { orderId } = row;
  const sent = kept && isWanted(kept.draft.mark, row) ? factsSent(kept) : factsLeft(await saleLinesIn(c.db, c.tenant, row));
  const { lines, shipping } = includedOf(order);
  const change = toldOf(changesOf(sent, factsNow(order, lines, shipping)));
  // Its sale holds other orders too (F15).
  const isDaily = row.daySale !== null;
  const isGone = readStages(row.stages).includes("voided");
  const saleNumber = row.saleNumber ?? "";
  // What keeps its invoice or payments may have changed too; where nothing is left to do this asks nothing.
  const next: Work[] = [{ kind: "order.money", orderId: row.daySale ?? orderId }];
  if (speaksOfRefund(order, [])) next.push({ kind: "order.refunds", orderId });
  const ofOrder = { orderId, saleNumber };
  const notices: Problem[] = [];
  const clears: ProblemKey[] = [];
  if (change?.is === "cancelled" && !isDaily && !isGone) {
    next.push({ kind: "order.cancel", orderId });
    if (!(await factsAt(c.db, c.tenant, toldOfChange(orderId)))) notices.push(await cancelled(c, ofOrder, { waits: true }));
  } else if (change?.is === "cancelled" && isDaily) notices.push(await cancelled(c, ofOrder, { daily: true }));
  else if (change?.is === "total" && !isGone)
    notices.push({
      ...{ kind: "changed-after-sale", ...ofOrder, what: "total", ...(isDaily ? { daily: true } : {}) },
      total: inCurrency(decimal(change.now) ?? ZERO, row.currency),
    });
  else if (change?.is !== "cancelled") clears.push(toldOfChange(orderId));
  if (isGone && !isDaily && (await isOpenAgain(c, orderId, order.status_id))) notices.push({ kind: "open-again", ...ofOrder });
  else clears.push(`open-again:${orderId}`);
  return done(`Already in Cin7 Core${saleNumber ? ` as ${saleNumber}` : ""}.`, { next, notices, clears });
}

const toldOfChange = (orderId: number): ProblemKey => `changed-after-sale:${orderId}`;

async function cancelled(
  c: LinkedContext,
  { orderId, saleNumber }: { orderId: number; saleNumber: string },
  how: { waits: true } | { daily: true },
): Promise<Problem> {
  const assembled = await assembledFor(c.db, c.tenant, orderId);
  return { kind: "changed-after-sale", orderId, saleNumber, what: "cancelled", ...how, ...(assembled ? { assembled } : {}) };
}

/** Its sale is void, and goods are wanted; unless just that is told already, as somebody voided it while the order was open. */
async function isOpenAgain(c: LinkedContext, orderId: number, statusId: number): Promise<boolean> {
  if (isOver(statusId)) return false;
  const told = await problemsWith(c.db, c.tenant, "voided-after-sale", "orderId", orderId);
  return told.every(({ ended }) => ended);
}

type Told = Extract<Change, { is: "cancelled" | "total" }>;
/** The weightiest of all changes is told, one problem an order; refunds each by itself (decision 0032). */
const toldOf = (changes: readonly Change[]): Told | undefined =>
  (["cancelled", "total"] as const).flatMap((what) => changes.filter((change): change is Told => change.is === what))[0];
