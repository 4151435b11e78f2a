import { assembledFor } from "../../assembly/assembly-store.ts";
import { speaksOfRefund } from "../../bigcommerce/refunds.ts";
import type { Order } from "../../bigcommerce/schemas.ts";
import type { LinkedContext } from "../../inbox/flow.ts";
import { done, type Outcome } from "../../inbox/outcome.ts";
import type { Work } from "../../inbox/work.ts";
import { decimal, inCurrency, ZERO } from "../../lib/money.ts";
import type { SoldKept } from "../../sales/kept.ts";
import { saleLinesIn } from "../../sales/lines-store.ts";
import { includedOf } from "../reading/read-order-flow.ts";
import { isWanted } from "../sending/memory.ts";
import type { OrderRow } from "../store.ts";
import { type Change, changesOf, factsLeft, factsNow, factsSent } from "./changes-of.ts";

/** The sale exists. A payment may have come; a cancel, a new total and each refund must be told (they are never silent). */
export async function afterSent(c: LinkedContext, row: OrderRow, order: Order, kept: SoldKept | null): Promise<Outcome> {
  const { orderId } = row;
  const sent = kept && isWanted(kept.draft.mark, row) ? factsSent(kept) : factsLeft(await saleLinesIn(c.db, c.tenant, row));
  const { lines, shipping } = includedOf(order);
  const change = toldOf(changesOf(sent, factsNow(order, lines, shipping)));
  const what = change?.is;
  const saleNumber = row.saleNumber ?? "";
  // Its sale holds other orders too (F15).
  const daily = row.daySale === null ? {} : { daily: true };
  const assembled = what === "cancelled" ? await assembledFor(c.db, c.tenant, orderId) : "";
  const total = change?.is === "total" ? { total: inCurrency(decimal(change.now) ?? ZERO, row.currency) } : {};
  const more = { ...total, ...(assembled ? { assembled } : {}) };
  const notices = what ? [{ kind: "changed-after-sale" as const, orderId, saleNumber, what, ...daily, ...more }] : [];
  // What keeps its invoice or payments may have changed too; where nothing is left to do this asks nothing.
  const next: Work[] = [{ kind: "order.money", orderId: row.daySale ?? orderId }];
  if (speaksOfRefund(order, [])) next.push({ kind: "order.refunds", orderId });
  const clears = notices.length === 0 ? [`changed-after-sale:${orderId}`] : [];
  return done(`Already in Cin7 Core${saleNumber ? ` as ${saleNumber}` : ""}.`, { next, notices, clears });
}

type Told = Extract<Change, { is: "cancelled" | "total" }>;
/** The weightiest of all changes is told, one problem an order; refunds each by itself (decision 0032). */
const toldOf = (changes: readonly Change[]): Told | undefined =>
  (["cancelled", "total"] as const).flatMap((what) => changes.filter((change): change is Told => change.is === what))[0];
